"""How many requests one caller may make in a while; counted in memory, forgotten on a restart."""

import threading
from collections import deque
from collections.abc import Callable

MOST_CALLERS = 4096


class Pace:
    """At most `most` requests within `seconds` from each caller."""

    def __init__(self, most: int, seconds: float, monotonic: Callable[[], float]) -> None:
        self._most, self._seconds, self._monotonic = most, seconds, monotonic
        self._moments: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def allows(self, caller: str) -> bool:
        """Count a request and tell if it is within the pace; what is refused is not counted."""
        now = self._monotonic()
        with self._lock:
            moments = self._moments.setdefault(caller, deque())
            while moments and moments[0] <= now - self._seconds:
                moments.popleft()
            if len(moments) >= self._most:
                return False
            moments.append(now)
            if len(self._moments) > MOST_CALLERS:
                self._forget_quiet(now)
            return True

    def _forget_quiet(self, now: float) -> None:
        quiet = [one for one, moments in self._moments.items() if not moments or moments[-1] <= now - self._seconds]
        for caller in quiet:
            del self._moments[caller]
