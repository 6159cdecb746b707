"""Pace: how much to send at once and how long to wait. Pure. Source: docs/protocol.md 9."""

from dataclasses import dataclass, replace
from datetime import timedelta

START_BYTES = 16 * 1024
LARGEST_BYTES = 1024 * 1024
AIM_SECONDS = 20.0
QUICK_SECONDS = 1.0
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=30)
IDLE_WAIT = timedelta(seconds=10)   # how old the county's word may grow while the line is up


@dataclass(frozen=True)
class Pace:
    """The present batch size in bytes and how many rounds failed in a row."""

    batch_bytes: int = START_BYTES
    failures: int = 0

    def succeeded(self, took_seconds: float, largest_bytes: int) -> "Pace":
        """Return the pace after a round that was answered.

        A batch grows by half while it stays under the aim of 20 s, and fourfold while it took under a second: a good
        line is found in few rounds, a bad one never gets a batch that it cannot carry.
        """
        factor = 4.0 if took_seconds < QUICK_SECONDS else 1.5 if took_seconds < AIM_SECONDS else 1.0
        limit = max(START_BYTES, min(LARGEST_BYTES, largest_bytes))
        return Pace(min(limit, int(self.batch_bytes * factor)), 0)

    def failed(self) -> "Pace":
        """Return the pace after a round that was not answered: half the batch, never so small that nothing is
        carried.
        """
        return replace(self, batch_bytes=max(1024, self.batch_bytes // 2), failures=self.failures + 1)

    def wait(self, chance: float) -> timedelta:
        """Return how long to wait after the last failure: full jitter, 5 s doubling up to 30 min.

        Args:
            chance: from 0 up to but not including 1.
        """
        ceiling = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(self.failures - 1, 20)) if self.failures else timedelta(0)
        return ceiling * chance
