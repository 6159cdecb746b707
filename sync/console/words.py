"""Moments, spans and codes as the console's pages write them: short, digits only, China's time."""

from datetime import date, datetime, timedelta

from edge.domain.receipt import group
from edge.ground.clock import CHINA, local_day
from edge.ground.clock import moment as from_stored
from sync.console.say import say as _

__all__ = ["clock", "day", "exact", "from_stored", "group", "span", "weekday", "when"]


def clock(moment: datetime) -> str:
    """Return 14:26."""
    return moment.astimezone(CHINA).strftime("%H:%M")


def day(value: date, today: date | None = None) -> str:
    """Return 11-23, or 2025-11-23 when `today` lies in another year."""
    return value.strftime("%m-%d") if today is None or value.year == today.year else value.isoformat()


def exact(moment: datetime) -> str:
    """Return 2026-11-23 14:26:05."""
    return moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


def when(moment: datetime, now: datetime) -> str:
    """Return 今天 14:26 or 11-23 14:26."""
    there, here = local_day(moment), local_day(now)
    if there == here:
        return _("今天 %(time)s", time=clock(moment))
    return f"{day(there, here)} {clock(moment)}"


def span(length: timedelta) -> str:
    """Return 3 天 4 时, 2 时 5 分, 6 分 or 不到 1 分; the two largest units."""
    minutes = int(length.total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return _("%(days)d 天 %(hours)d 时", days=days, hours=hours) if hours else _("%(days)d 天", days=days)
    if hours:
        return _("%(hours)d 时 %(minutes)d 分", hours=hours, minutes=rest) if rest else _("%(hours)d 时", hours=hours)
    return _("%(minutes)d 分", minutes=minutes) if minutes else _("不到 1 分")


def weekday(value: date) -> str:
    """Return 周一."""
    return (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))[value.weekday()]
