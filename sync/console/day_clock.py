"""The working-day clock: how many days of the answer period are used, today's, and those left.

It counts from the day of capture on the machine, not from the sync (一次性告知, 5 working days).
"""

from dataclasses import dataclass
from datetime import date

from edge.domain.deadline import ONE_DAY, WorkingDays
from sync.console import words
from sync.console.say import say as _

MOST_CELLS = 10
MOST_DAYS = 35


@dataclass(frozen=True)
class DayClock:
    """The short form: `cells` are used, today, left, last or done; `urgency` is late, near or ""."""

    cells: list[str]
    words: str
    urgency: str


@dataclass(frozen=True)
class Day:
    """One day of the long form."""

    number: str
    words: str
    kind: str


@dataclass(frozen=True)
class LongClock:
    """The long form: the headline, every day from capture to the last, and what follows."""

    left: str
    days: list[Day]
    provisional: bool


def short_clock(start: date, reply_by: date, total: int, waiting: bool, today: date, worked: WorkingDays) -> DayClock:
    """Return the clock of a row; `total` is the item's answer period in working days."""
    count = max(1, min(total, MOST_CELLS))
    if not waiting:
        return DayClock(["done"] * count, _("已答复"), "")
    if today > reply_by:
        return DayClock(["last"] * count, _("过了 %(day)s", day=words.day(reply_by, today)), "late")
    if today == reply_by:
        return DayClock(["last"] * count, _("今天 24:00"), "late")
    gone = min(worked.between(start, today), count)
    cells = ["used"] * gone + ["left"] * (count - gone)
    if gone and worked.is_worked(today):
        cells[gone - 1] = "today"
    near = worked.between(today, reply_by) <= 1
    return DayClock(cells, words.day(reply_by, today), "near" if near else "")


def long_clock(start: date, reply_by: date, today: date, worked: WorkingDays) -> LongClock:
    """Return the clock of a case, day by day; no days where the machine's clock makes them absurd."""
    if today > reply_by:
        left = _("过了期限")
    elif today == reply_by:
        left = _("今天 24:00 到期")
    else:
        left = _("还有 %(days)d 个工作日", days=worked.between(today, reply_by))
    span = (reply_by - start).days
    if not 0 <= span <= MOST_DAYS:
        return LongClock(left, [], False)
    days, number = [], 0
    for step in range(span + 1):
        day = start + step * ONE_DAY
        number += worked.is_worked(day) if step else 0
        days.append(_day(day, number, start, reply_by, today, worked))
    return LongClock(left, days, not all(worked.is_known(start + step * ONE_DAY) for step in range(span + 1)))


def _day(day: date, number: int, start: date, last: date, today: date, worked: WorkingDays) -> Day:
    at = str(day.day)
    if day == start:
        return Day(at, _("今天收件") if day == today else _("收件"), "start")
    if day == last:
        return Day(at, _("今天到期") if day == today else _("%(n)d 到期", n=number), "over" if day <= today else "last")
    if not worked.is_worked(day):
        return Day(at, words.weekday(day) if day.weekday() > 4 else _("放假"), "off")
    return Day(at, _("%(n)d 今天", n=number) if day == today else str(number), "today" if day == today else "")
