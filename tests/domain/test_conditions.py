"""Conditions: characters and not bytes, null for what is missing, faults for what is wrong, no command line loaded."""

import subprocess
import sys
from datetime import date

import pytest

from edge.domain.conditions import ConditionFault, condition, functions

DAY = date(2026, 11, 23)


def value(source: str, **known: object) -> object:
    return condition(source).value(known, DAY)


def test_length_counts_characters() -> None:
    assert value("length(name)", name="王秀英") == 3
    assert value("length(name)", name="𠮷野") == 2
    assert value("size(name)", name="王秀英") == 9  # why size() is refused in items


@pytest.mark.parametrize(("source", "expected"), [
    ("age(id) >= 80", None), ("id == 'x'", False), ("id != 'x'", True), ("length(id) > 2", None), ("!flag", None),
    ("part(id, 0, 18) == other", True), ("flag || sure", True), ("sure || flag", True), ("flag && sure", None),
    ("outcome.grade in ['1']", False), ("outcome.absent == 1", None), ("absent.name == 1", None), ("id > 3", None),
])
def test_what_is_missing_is_null_and_never_guessed(source: str, expected: object) -> None:
    assert value(source, id=None, other=None, flag=None, sure=True, outcome={"grade": None}) is expected


def test_a_must_is_broken_only_when_all_that_it_names_is_known() -> None:
    must = condition("a == b")
    assert must.fails({"a": 1, "b": 2}, DAY)
    assert not must.fails({"a": 1, "b": None}, DAY)
    assert not must.fails({"a": 1, "b": 1}, DAY)


def test_an_expression_that_is_wrong_although_nothing_is_missing_says_so() -> None:
    with pytest.raises(ConditionFault, match="a > 3"):
        value("a > 3", a="text")
    with pytest.raises(ConditionFault):
        condition("a ==")


TAKES = {"part": 3, "turns": 2, "later": 2, "total": 2, "tally": 3, "distinct": 2, "months": 2}


def test_functions_answer_null_for_anything_strange() -> None:
    strange: list[object] = [None, 1, "x", [], {}, True, "2026-13-01"]
    for name, function in functions(DAY).items():
        for one in strange:
            function(*(one,) * TAKES.get(name, 1))  # must not raise: an exception inside would be printed by the engine


def test_days_and_parts() -> None:
    assert value("later(today, 60)", today="2026-11-23") == "2027-01-22"
    assert value("turns(id, 80)", id="110105194401010025") == "2024-01-01"
    assert value("month(day)", day="2026-03-05") == 3
    assert value("year(day)", day="2026-03-05") == 2026
    assert value("part(id, 19, 20)", id="11010519800101002442B1") == "2"
    assert value("part(id, 19, 20)", id="123") is None
    assert value("lines(places)", places="一\n\n 二 ") == 2
    assert value("sex(id)", id="11010519491231002X") == "female"


def test_each_condition_is_compiled_once() -> None:
    assert condition("a == 1 && b == 2") is condition("a == 1 && b == 2")


def test_the_command_line_of_the_package_is_never_loaded() -> None:
    program = ("import sys; from edge.domain.catalogue import shipped_catalogue; shipped_catalogue(); "
               "from edge.domain.conditions import condition; condition('1 == 1'); "
               "print([m for m in ('typer', 'rich', 'prompt_toolkit', 'cel.cli', 'pydantic') if m in sys.modules])")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
