"""A hub's database, a clock and chance that a test can move, for what needs no more of a hub."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from edge.ground.clock import Chance
from edge.ground.database import Store, migrate


class HandClock:
    """Stands still until it is moved."""

    def __init__(self, start: datetime = datetime(2026, 11, 24, 6, 20, tzinfo=UTC)) -> None:
        self._now = start
        self._ticks = 1000.0

    def now(self) -> datetime:
        """Return the time it was moved to."""
        return self._now

    def monotonic(self) -> float:
        """Return seconds that only grow."""
        return self._ticks

    def pass_time(self, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Move; backwards is a wrong clock being set right, the monotonic one stays."""
        step = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        self._now += step
        self._ticks += max(0.0, step.total_seconds())


def chance_of(seed: int) -> Chance:
    """Return a chance that is the same in each run."""
    count = 0

    def give(size: int) -> bytes:
        nonlocal count
        made = b""
        while len(made) < size:
            count += 1
            made += sha256(f"{seed}/{count}".encode()).digest()
        return made[:size]

    return give


@dataclass
class Office:
    """What accounts need of a hub."""

    store: Store
    clock: HandClock
    chance: Chance
    folder: Path


def open_office(folder: Path, clock: HandClock | None = None, seed: int = 1) -> Office:
    """Open the database in a folder."""
    store = Store(folder / "hub.db")
    migrate(store, "hub", files("sync.hub") / "schema")
    return Office(store, clock or HandClock(), chance_of(seed), folder)
