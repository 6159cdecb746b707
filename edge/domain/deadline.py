"""Working days by the State Council's yearly holiday arrangement.

A year without data counts Monday to Friday only, and every answer that touched such a year says so (`provisional`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from edge.domain.text import Text

ONE_DAY = timedelta(days=1)


class Holiday(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Days off that belong together, first and last included."""

    name: Text
    first: date
    last: date


class CalendarYear(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The State Council's yearly arrangement: holidays, and weekend days that are worked instead."""

    year: int
    source: str
    holidays: tuple[Holiday, ...]
    worked: tuple[date, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Due:
    """A day by which something is due; `provisional` when a year on the way has no published arrangement yet."""

    day: date
    provisional: bool


@dataclass(frozen=True)
class WorkingDays:
    """Which days are worked."""

    off: frozenset[date]
    worked: frozenset[date]
    years: frozenset[int]

    @classmethod
    def from_data(cls, years: Iterable[CalendarYear]) -> "WorkingDays":
        """Build from calendar data. A day that is both off and worked counts as worked: the later list corrects."""
        off: set[date] = set()
        worked: set[date] = set()
        known: set[int] = set()
        for year in years:
            known.add(year.year)
            worked.update(year.worked)
            for holiday in year.holidays:
                span = (holiday.last - holiday.first).days
                off.update(holiday.first + timedelta(days=n) for n in range(span + 1))
        return cls(frozenset(off - worked), frozenset(worked), frozenset(known))

    def is_worked(self, day: date) -> bool:
        """Tell if offices are open on `day`."""
        if day in self.worked:
            return True
        return day.weekday() < 5 and day not in self.off

    def is_known(self, day: date) -> bool:
        """Tell if the year of `day` has a published arrangement."""
        return day.year in self.years

    def due(self, start: date, days: int) -> Due:
        """Return the `days`-th working day after `start`; the day of `start` itself is never counted.

        Source: 民法典 201: the first day of a period counted in days is not included.

        Raises:
            ValueError: `days` is negative.
        """
        if days < 0:
            raise ValueError("a deadline lies in the future: days must not be negative")
        day, left, provisional = start, days, False
        while left:
            day += ONE_DAY
            provisional = provisional or not self.is_known(day)
            left -= self.is_worked(day)
        return Due(day, provisional)

    def add(self, start: date, days: int) -> date:
        """Return the `days`-th working day after `start`."""
        return self.due(start, days).day

    def between(self, start: date, end: date) -> int:
        """Return how many working days lie after `start` up to and including `end`; 0 when `end` is not later."""
        return sum(self.is_worked(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
