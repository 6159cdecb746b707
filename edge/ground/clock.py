"""Time and chance, the only door to both.

Everything else is handed a `Clock` and a `Chance`, so that a test can live through thirty days offline in a second
and a wrong clock on a kiosk (they are wrong by years) can delay something but never decide anything.
"""

import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

LAST = datetime(9990, 1, 1, tzinfo=UTC)
CHINA = timezone(timedelta(hours=8), "CST")

Chance = Callable[[int], bytes]
"""Called with n, returns n bytes that nobody can guess."""


class Clock(Protocol):
    """What a module may know of time."""

    def now(self) -> datetime:
        """Return the wall time, aware, in UTC. It may be wrong; it decides nothing but waiting and display."""
        ...

    def monotonic(self) -> float:
        """Return seconds since some fixed moment of this boot; never goes backwards."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the wall time, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds since the machine was switched on, or near it."""
        return time.monotonic()


def system_chance(size: int) -> bytes:
    """Return `size` bytes from the operating system's generator."""
    return os.urandom(size)


def seconds(moment: datetime) -> int:
    """Return whole seconds since 1970-01-01 UTC: how moments are stored and sent."""
    return int(moment.timestamp())


def moment(stored: int) -> datetime:
    """Return the aware UTC moment of a stored number of seconds.

    A number from outside that no calendar knows becomes a day near the end of all calendars, with room behind it for
    a time zone and a deadline: a wrong clock never stops a form.
    """
    try:
        return min(datetime.fromtimestamp(stored, UTC), LAST)
    except (OverflowError, ValueError, OSError):
        return LAST


def local_day(when: datetime) -> date:
    """Return the day in China of a UTC moment: legal days are counted there, whatever zone the machine is set to."""
    return when.astimezone(CHINA).date()
