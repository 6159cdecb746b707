"""Dates without typing: a touch makes the year, the month or the day one more or one less."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

from edge.domain.county import County
from edge.domain.form import Field
from edge.domain.typed_day import FIRST_YEAR, LAST_YEAR

DAY_PARTS = ("year", "month", "day")
STEPS = {f"{way}{number}": (number - 1, 1 if way == "more" else -1) for way in ("more", "less") for number in (1, 2, 3)}
"""What the buttons send: which part, and whether it grows or shrinks."""
LONGEST_WAIT = 40


def stepped(asked: Field, raw: Mapping[str, str], go: str, county: County, today: date) -> dict[str, str]:
    """Return the parts of a date after one touch; what is empty or no number begins with today."""
    which, by = STEPS[go]
    if asked.workday and which == 2:
        return _written(_next_workday(_day(raw, today), by, county, today))
    year = _number(raw.get("year", ""), FIRST_YEAR, LAST_YEAR, today.year)
    month, day = _number(raw.get("month", ""), 1, 12, today.month), _number(raw.get("day", ""), 1, 31, today.day)
    if not any(raw.get(part, "").strip() for part in DAY_PARTS):
        by = 0   # the first touch shows today, so that nobody counts from nothing
    if which == 0:
        year = min(max(year + by, FIRST_YEAR), LAST_YEAR)
    elif which == 1:
        month = (month - 1 + by) % 12 + 1
    longest = monthrange(year, month)[1]
    day = (min(day, longest) - 1 + by) % longest + 1 if which == 2 else min(day, longest)
    return {"year": str(year), "month": str(month), "day": str(day)}


def _number(text: str, least: int, most: int, otherwise: int) -> int:
    plain = text.strip()
    number = int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 4 else 0
    return number if least <= number <= most else otherwise


def _day(raw: Mapping[str, str], today: date) -> date:
    try:
        day = date(*(int(raw.get(part, "")) for part in DAY_PARTS))
    except (ValueError, OverflowError):   # a year of twenty figures is no number for the calendar
        return today
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else today


def _next_workday(day: date, by: int, county: County, today: date) -> date:
    """Return the working day after or before a day, never before tomorrow."""
    days = county.working_days()
    for ahead in range(1, LONGEST_WAIT):
        found = day + timedelta(days=by * ahead)
        if found > today and days.is_worked(found):
            return found
    return _next_workday(today, 1, county, today) if by < 0 else day


def _written(day: date) -> dict[str, str]:
    return {"year": str(day.year), "month": str(day.month), "day": str(day.day)}
