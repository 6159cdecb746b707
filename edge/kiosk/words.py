"""Days, times and numbers as people say them, in the language of the visit.

The pages show China's time whatever the machine's own zone is: a clerk who set the zone wrong must not shift a
deadline.
"""

from datetime import date, datetime

from edge.ground.clock import CHINA
from edge.kiosk.guard import visit
from edge.kiosk.saying import _

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def local(moment: datetime) -> datetime:
    """Return the moment in China's time."""
    return moment.astimezone(CHINA)


def day(value: date) -> str:
    """Return 11月30日, or 30 November."""
    if visit().lang == "en":
        return f"{value.day} {MONTHS[value.month - 1]}"
    return f"{value.month}月{value.day}日"


def full_day(value: date) -> str:
    """Return 2026年11月30日, or 30 November 2026."""
    return f"{day(value)} {value.year}" if visit().lang == "en" else f"{value.year}年{day(value)}"


def weekday(value: date) -> str:
    """Return 星期一."""
    names = (_("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日"))
    return names[value.weekday()]


def day_and_weekday(value: date) -> str:
    """Return 11月30日（星期一）."""
    return _("%(date)s（%(weekday)s）", date=day(value), weekday=weekday(value))


def clock(moment: datetime) -> str:
    """Return 14:26."""
    return local(moment).strftime("%H:%M")


def when(moment: datetime, now: datetime) -> str:
    """Return 今天 14:26, 昨天 18:05, or 11月23日 14:26; no other relative time."""
    there, here = local(moment), local(now)
    days = (here.date() - there.date()).days
    if days == 0:
        return _("今天 %(time)s", time=clock(moment))
    if days == 1:
        return _("昨天 %(time)s", time=clock(moment))
    return _("%(date)s %(time)s", date=day(there.date()), time=clock(moment))


def exact(moment: datetime) -> str:
    """Return 2026年11月23日 14:26."""
    return _("%(date)s %(time)s", date=full_day(local(moment).date()), time=clock(moment))


def split(told: str) -> tuple[str, str]:
    """Return the first sentence, which is said in bold, and the rest."""
    for end in ("。", ". "):
        first, found, rest = told.partition(end)
        if found and rest:
            return first + end.strip(), rest
    return told, ""
