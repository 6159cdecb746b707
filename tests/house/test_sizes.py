"""Small modules, small functions, and a word at the head of each module."""

import ast

from tests.house.tree import docstring_lines, inside, modules, parsed

MODULE_LINES = 400
FUNCTION_LINES = 39


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef, source: list[str]) -> int:
    """Return how many lines of the function are code: neither documentation, nor comment, nor blank."""
    silent = docstring_lines(function)
    numbers = range(function.lineno, (function.end_lineno or function.lineno) + 1)
    texts = (source[number - 1].strip() for number in numbers if number not in silent)
    return sum(1 for text in texts if text and not text.startswith("#"))


def is_table(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Return whether the function only hands back one literal, which may be as long as its data."""
    body = [node for node in function.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
    literals = ast.Dict | ast.List | ast.Tuple | ast.Set
    return len(body) == 1 and isinstance(body[0], ast.Return) and isinstance(body[0].value, literals)


def long_functions(tree: ast.Module, source: str) -> list[str]:
    """Return name and length of every function that is longer than the house allows."""
    lines = source.splitlines()
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    sizes = [(f"{f.name} (line {f.lineno})", code_lines(f, lines)) for f in functions if not is_table(f)]
    return [f"{name}: {size} lines" for name, size in sizes if size > FUNCTION_LINES]


def test_no_module_is_longer_than_400_lines() -> None:
    sizes = {inside(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert {name: size for name, size in sizes.items() if size > MODULE_LINES} == {}


def test_every_function_is_shorter_than_40_lines_of_code() -> None:
    long = {inside(path): long_functions(parsed(path), path.read_text("utf-8")) for path in modules()}
    assert {name: found for name, found in long.items() if found} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        inside(path) for path in modules() if path.read_text("utf-8").strip() and not ast.get_docstring(parsed(path))
    ]
    assert silent == []


def test_the_length_of_a_function_counts_code_only() -> None:
    body = "\n".join(f"    x{n} = {n}" for n in range(39))
    source = f'def long():\n    """Says\n    something."""\n\n    # why\n{body}\n'
    assert long_functions(ast.parse(source), source) == ["long (line 1): 40 lines"]
    assert long_functions(ast.parse(source.replace("    x0 = 0\n", "")), source.replace("    x0 = 0\n", "")) == []


def test_a_table_of_data_may_be_long() -> None:
    entries = "\n".join(f"        {n}: {n}," for n in range(60))
    source = f"def table():\n    return {{\n{entries}\n    }}\n"
    assert long_functions(ast.parse(source), source) == []
