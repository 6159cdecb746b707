"""Conditions of items: CEL, compiled once, with an unanswered question as null and "cannot be known yet" as an answer.

An expression sees every answer under its field's key (null while it is not given or its question is not shown),
`today` ("2026-11-23"), `local` (the county's data for this item) and `params` (the same of every item). What a
comparison with null would mean is never guessed: where an expression fails and something that it names is null or
absent, its value is None, "not known yet". Where nothing is missing the expression itself is wrong: `ConditionFault`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from edge.domain.cel_engine import Engine, Program, load_engine
from edge.domain.identity import age_on, anniversary, birth_date, sex
from edge.ground.ids import JSON

Functions = dict[str, Callable[..., Any]]
CEL_ERRORS = (TypeError, ValueError, KeyError, IndexError, RuntimeError)
BUILT_IN = frozenset(
    {"has", "size", "int", "string", "double", "contains", "startsWith", "endsWith", "matches", "max", "min"})
"""Functions of CEL that items may use; size is named only to be refused with a better word than "unknown"."""


class ConditionFault(ValueError):
    """An expression that cannot be read, or that fails although nothing is missing."""


@cache
def _engine() -> Engine:
    return load_engine()


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def length(value: object) -> int | None:
    """Return the number of characters or members. CEL's own size() counts the bytes of a text: 王秀英 would be 9."""
    return len(value) if isinstance(value, (str, list)) else None


def part(value: object, start: object, end: object) -> str | None:
    """Return the characters from `start` (0 is the first) up to but without `end`; None where there are not so many."""
    if not (isinstance(value, str) and isinstance(start, int) and isinstance(end, int)):
        return None
    return value[start:end] if 0 <= start < end <= len(value) else None


def turns(id_number: object, years: object) -> str | None:
    """Return the day ("2027-01-05") on which the person with this ID number reaches an age."""
    born = birth_date(id_number) if isinstance(id_number, str) else None
    if born is None or not isinstance(years, int) or not 0 <= years <= 200:
        return None
    return anniversary(born, years).isoformat()


def later(day: object, days: object) -> str | None:
    """Return the day that lies `days` days after `day`."""
    start = _day(day)
    if start is None or not isinstance(days, int) or abs(days) > 100_000:
        return None
    return (start + timedelta(days=days)).isoformat()


def lines(value: object) -> int | None:
    """Return how many lines of a long text hold something."""
    return sum(bool(line.strip()) for line in value.split("\n")) if isinstance(value, str) else None


def _column(rows: object, key: object) -> list[Any] | None:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return None
    return [row.get(key) for row in rows]


def total(rows: object, key: object) -> int | None:
    """Return the sum of one number over the rows of a group; rows that were not asked for it count as 0."""
    found = _column(rows, key)
    numbers = [one for one in found or () if isinstance(one, int)]
    return None if found is None or len(numbers) + found.count(None) < len(found) else sum(numbers)


def tally(rows: object, key: object, value: object) -> int | None:
    """Return how many rows of a group have this answer."""
    found = _column(rows, key)
    return None if found is None else sum(one == value and type(one) is type(value) for one in found)


def distinct(rows: object, key: object) -> bool | None:
    """Tell if no two rows of a group have the same answer; rows without one do not count."""
    found = _column(rows, key)
    given = [repr(one) for one in found or () if one is not None]
    return None if found is None else len(given) == len(set(given))


def _month(value: object) -> int | None:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", value):
        return None
    return int(value[:4]) * 12 + int(value[5:7])


def months(first: object, last: object) -> int | None:
    """Return how many months lie from one month or day to another: 0 for the same month, less than 0 backwards."""
    start, end = _month(first), _month(last)
    return None if start is None or end is None else end - start


@lru_cache(maxsize=8)
def functions(today: date) -> Functions:
    """Return the functions of the product. All are total: what they cannot answer is null, never an exception."""
    return {
        "length": length,
        "lines": lines,
        "part": part,
        "turns": turns,
        "later": later,
        "total": total,
        "tally": tally,
        "distinct": distinct,
        "months": months,
        "age": lambda number: age_on(number, today) if isinstance(number, str) else None,
        "sex": lambda number: sex(number) if isinstance(number, str) else None,
        "year": lambda day: found.year if (found := _day(day)) else None,
        "month": lambda day: found.month if (found := _day(day)) else None,
    }


FUNCTION_NAMES = frozenset(functions(date(2000, 1, 1)))


@dataclass(frozen=True)
class Condition:
    """A compiled expression and the names that it uses."""

    source: str
    program: Program
    variables: frozenset[str]
    functions: frozenset[str]

    def value(self, known: Mapping[str, Any], today: date) -> JSON:
        """Return the value of the expression, or None where it cannot be known yet.

        Raises:
            ConditionFault: it fails although everything that it names is there.
        """
        named: dict[str, Any] = {name: known.get(name) for name in self.variables}
        try:
            result: JSON = self.program.execute(_engine().Context(named, functions(today)))
        except CEL_ERRORS as fault:
            if isinstance(fault, KeyError) or _gap(named):
                return None
            raise ConditionFault(f"{self.source}: {fault}") from fault
        return result

    def holds(self, known: Mapping[str, Any], today: date) -> bool:
        """Tell if it is certainly so."""
        return self.value(known, today) is True

    def fails(self, known: Mapping[str, Any], today: date) -> bool:
        """Tell if it is certainly not so: it is false, and every answer that it names has been given."""
        if any(known.get(name) is None for name in self.variables & known.keys()):
            return False
        return self.value(known, today) is False


def _gap(named: Mapping[str, Any]) -> bool:
    """Tell if something that the expression names is missing, at the top or one level down (outcome.grade, a row)."""
    return any(_holds_none(value) for value in named.values())


def _holds_none(value: object) -> bool:
    if isinstance(value, list):
        return any(isinstance(row, dict) and None in row.values() for row in value)
    return value is None or (isinstance(value, dict) and None in value.values())


@lru_cache(maxsize=65_536)
def condition(source: str) -> Condition:
    """Return the compiled expression; each source is compiled once.

    Raises:
        ConditionFault: it cannot be read.
    """
    try:
        program = _engine().compile(source)
    except ValueError as fault:
        words = re.sub(r"\s+", " ", str(fault).split("\n")[0])
        raise ConditionFault(words[:200]) from fault
    names = program.references()
    # comprehension variables count as names; they are bound inside and never reach `known`
    inner = set(re.findall(r"\.(?:exists|all|map|filter|exists_one)\(\s*([a-z_]\w*)\s*,", source))
    called = {name for name in names["functions"] if name[0] not in "_@!-" and not name.endswith("_")}
    return Condition(source, program, frozenset(names["variables"]) - inner, frozenset(called))
