"""Counts of how an item's form is used, for a day: no person, no answer, no visit, no time of the day.

A count stands under `<field>.<what>`; the form as a whole has no field, so `.begun`. Counts only grow, so the newest
total of a day says all that older ones said.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

import msgspec

SHOWN, ANSWERED, WRONG, LEFT, HELPED = "shown", "answered", "wrong", "left", "helped"
BEGUN, LODGED, PRACTISED = "begun", "lodged", "practised"
WAYS = ("search", "event", "department", "first")
"""How a person came to an item: by words, by what happened, by department, after the first look."""
CHECK = "@check"
"""Stands for the page on which all answers are looked through."""
SECONDS = (10, 30, 60, 120)
SLOWER = "slower"
MOST_COUNTS, LONGEST_NAME = 1000, 80
Count = Annotated[int, msgspec.Meta(ge=0, le=2**40)]
Counts = dict[str, int]


class DayUse(msgspec.Struct, array_like=True, frozen=True):
    """How one version of an item was used on one day (ISO, in China) on one machine, in one of its lives.

    `revision` grows whenever a count does: of two totals of a day the one with the higher revision holds.
    """

    incarnation: bytes
    day: str
    item: str
    version: Count
    revision: Count
    counts: dict[str, Count]


def name(field: str, what: str) -> str:
    """Return under which name something is counted; `field` is empty for the whole form."""
    return f"{field}.{what}"


def within(seconds: float) -> str:
    """Return the coarse span of a time: "10" for under ten seconds, and so on, or "slower"."""
    return next((str(limit) for limit in SECONDS if seconds < limit), SLOWER)


def added(one: Mapping[str, int], other: Mapping[str, int]) -> Counts:
    """Return the sums."""
    return {key: one.get(key, 0) + other.get(key, 0) for key in (*one, *(key for key in other if key not in one))}


def is_sound(use: DayUse, latest: date) -> bool:
    """Tell if what a machine says can be kept: a day that is not later than `latest`, names and numbers in bounds."""
    try:
        day = date.fromisoformat(use.day)
    except ValueError:
        return False
    short = all(len(key) <= LONGEST_NAME for key in (*use.counts, use.item))
    return short and len(use.counts) <= MOST_COUNTS and day.isoformat() == use.day and day <= latest
