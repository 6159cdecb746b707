"""The project's own files, as the tests of this folder look at them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("edge", "sync")
CODE_FOLDERS = (*PACKAGES, "tests", "bench", "install")


def inside(path: Path) -> str:
    """Return the path inside the project, with slashes."""
    return path.relative_to(ROOT).as_posix()


def files(*folders: str, suffix: str = "") -> list[Path]:
    """Return the files of these folders, sorted; what Python leaves behind is no file of the project."""
    found = (path for folder in folders for path in (ROOT / folder).rglob(f"*{suffix}"))
    return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)


def modules(*folders: str) -> list[Path]:
    """Return the Python files of these folders, of all code folders when none is named."""
    return files(*(folders or CODE_FOLDERS), suffix=".py")


def parsed(path: Path) -> ast.Module:
    """Return the module's syntax tree."""
    return ast.parse(path.read_text("utf-8"), inside(path))


def docstring_lines(node: ast.AST) -> set[int]:
    """Return the numbers of the lines that docstrings take, in the node and everything in it."""
    lines: set[int] = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = inner.body[0] if inner.body else None
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                lines.update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return lines


def strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of every string that is no docstring; of an f-string its fixed parts."""
    documentation = docstring_lines(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.lineno not in documentation:
            yield node.lineno, node.value
