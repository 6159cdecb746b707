"""Crowd: how many exchanges at once, and when whoever finds no room should come back. Source: docs/protocol.md 9.

A whole county finds a returning hub within seconds. What it cannot serve at once it refuses before it looks into it,
and spreads over the time that it needs for all. Nothing here is durable.
"""

import threading
from collections import deque
from dataclasses import dataclass, field

MOST_AT_ONCE = 4
LEAST_SECONDS, MOST_SECONDS = 2, 600
SPAN_SECONDS = 60.0          # what happened before says nothing of now
SLOWEST_PER_SECOND = 15.0    # assumed until something was served
EXCHANGES_PER_SECOND = 20    # what a quiet county may cost
LEAST_IDLE_SECONDS = 60
CROWDED_BATCH_BYTES = 64 * 1024


@dataclass
class Crowd:
    """Who is inside, and who was sent away lately. All moments by the running time, in seconds."""

    most: int = MOST_AT_ONCE
    _inside: int = 0
    _served: deque[float] = field(default_factory=deque)
    _away: deque[float] = field(default_factory=deque)   # who was sent away, by when they come back
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def enter(self) -> bool:
        """Take a place if there is one; give it back with `leave`."""
        with self._lock:
            if self._inside >= self.most:
                return False
            self._inside += 1
            return True

    def leave(self, now: float) -> None:
        """Give a place back after an exchange."""
        with self._lock:
            self._inside -= 1
            self._served.append(now)
            if self._away:
                self._away.popleft()   # most likely one of them

    def send_away(self, now: float) -> int:
        """Return after how many seconds one who found no room should come back; each adds a part of it of its own."""
        with self._lock:
            self._forget(now)
            asked = self._seconds_for_all(now)
            self._away.append(now + 1.5 * asked)
            return asked

    def pressing(self, now: float) -> bool:
        """Return whether many were sent away and are still to come."""
        with self._lock:
            self._forget(now)
            return len(self._away) > self.most

    def seconds_for_all(self, now: float) -> int:
        """Return how long all who were sent away will need, as fast as it goes now."""
        with self._lock:
            self._forget(now)
            return self._seconds_for_all(now)

    def _seconds_for_all(self, now: float) -> int:
        first = self._served[0] if self._served else now
        per_second = max(SLOWEST_PER_SECOND, len(self._served) / max(0.2, now - first))
        return max(LEAST_SECONDS, min(MOST_SECONDS, round(len(self._away) / per_second / 2)))

    def _forget(self, now: float) -> None:
        while self._served and self._served[0] < now - SPAN_SECONDS:
            self._served.popleft()
        while self._away and self._away[0] < now:
            self._away.popleft()


def idle_seconds(devices: int) -> int:
    """Return how long a device with nothing to say may stay silent in a county of so many."""
    return max(LEAST_IDLE_SECONDS, devices // EXCHANGES_PER_SECOND)
