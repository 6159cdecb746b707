"""Names that mean something, no work left lying, no silenced check without its reason."""

import re
from pathlib import Path

import pytest

from tests.house.tree import CODE_FOLDERS, ROOT, files, inside, modules

THIS = Path(__file__).resolve()
EMPTY_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "service",
    "handler",
    "handlers",
    "process",
    "misc",
    "common",
}
LEFT_LYING = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
UNFINISHED = re.compile(r"NotImplementedError|\bpytest\.(?:skip|xfail|mark\.skip\w*|mark\.xfail)\b|pragma: no cover")
SILENCED = re.compile(r"#\s*(?:type: ignore|noqa: (?:BLE001|S\d+|TID251)|nosec)\b")
REASON = re.compile(r"#\s*(?>type: ignore(?:\[[^\]]*\])?|noqa: \w+(?:, ?\w+)*|nosec(?: B\d+)*)\W+\w")
TEXT_SUFFIXES = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".sql",
    ".yaml",
    ".yml",
    ".md",
    ".sh",
    ".toml",
    ".json",
    ".service",
    ".spec",
    ".ps1",
}


def silenced_without_reason(text: str) -> list[str]:
    """Return every line that silences a check and says why neither on the line nor in a comment right above it."""
    lines = text.splitlines()
    above = ["", *lines]
    return [
        f"{number}: {line.strip()}"
        for number, line in enumerate(lines, 1)
        if SILENCED.search(line) and not REASON.search(line) and not above[number - 1].strip().startswith("#")
    ]


def own_texts() -> list[Path]:
    """Return every text file of ours; vendored files are others' work."""
    everywhere = [*files(*CODE_FOLDERS, "static", "docs"), *(p for p in ROOT.iterdir() if p.is_file())]
    return [p for p in everywhere if p.suffix in TEXT_SUFFIXES and "vendor" not in p.parts and p != THIS]


def own_modules() -> list[Path]:
    """Return every module but this one, which has to spell what it looks for."""
    return [path for path in modules() if path != THIS]


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = [inside(path) for path in modules() if path.stem in EMPTY_NAMES]
    folders = {inside(path.parent) for path in modules() if path.parent.name in EMPTY_NAMES}
    assert [*named, *sorted(folders)] == []


def test_nothing_is_left_lying() -> None:
    found = [f"{inside(p)}: {m[0]}" for p in own_texts() for m in LEFT_LYING.finditer(p.read_text("utf-8"))]
    assert found == []


def test_no_test_is_skipped_and_nothing_is_unfinished() -> None:
    found = [f"{inside(p)}: {m[0]}" for p in own_modules() for m in UNFINISHED.finditer(p.read_text("utf-8"))]
    assert found == []


def test_a_silenced_check_says_why() -> None:
    silent = {inside(path): silenced_without_reason(path.read_text("utf-8")) for path in own_modules()}
    assert {name: lines for name, lines in silent.items() if lines} == {}


@pytest.mark.parametrize(
    ("line", "faults"),
    [
        ("x = y  # type: ignore[assignment]", 1),
        ("x = y  # type: ignore[assignment]  # the library's stub is wrong", 0),
        ("except Exception:  # noqa: BLE001", 1),
        ("except Exception:  # noqa: BLE001 - the worker must outlive any job", 0),
        ("# a job may raise anything\nexcept Exception:  # noqa: BLE001", 0),
    ],
)
def test_the_search_for_reasons_sees_them(line: str, faults: int) -> None:
    assert len(silenced_without_reason(line)) == faults
