"""Time and chance of the simulated county: both are the test's."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.fakes.wire import PulledPlug

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@dataclass
class Time:
    """The true time of the county."""

    at: datetime = START
    passed: float = 1000.0

    def go(self, span: timedelta) -> None:
        """Let time pass."""
        self.at += span
        self.passed += span.total_seconds()


@dataclass
class Watch:
    """A clock that may be wrong by years; its seconds since the start are right."""

    time: Time
    wrong_by: timedelta = field(default_factory=timedelta)

    plug_at: int | None = None   # the n-th look at the clock is the last thing that happens

    def now(self) -> datetime:
        """Return what this clock shows."""
        if self.plug_at is not None:
            self.plug_at -= 1
            if self.plug_at <= 0:
                self.plug_at = None
                raise PulledPlug
        return self.time.at + self.wrong_by

    def monotonic(self) -> float:
        """Return the seconds since the machine was switched on."""
        return self.time.passed


class Dice:
    """Chance that repeats from run to run; told so, the plug is pulled in the middle of whatever asks for some."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._left: int | None = None

    def pull_plug_at(self, asking: int) -> None:
        """Let the n-th asking from now on be the last thing that happens, inside whatever transaction is open then."""
        self._left = asking

    def forget_plans(self) -> None:
        """Let the power stay."""
        self._left = None

    def __call__(self, size: int) -> bytes:
        if self._left is not None:
            self._left -= 1
            if self._left <= 0:
                self._left = None
                raise PulledPlug
        return self._random.randbytes(size)
