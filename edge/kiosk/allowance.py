"""How often somebody may ask: so many at once, then so many a second."""

import threading
from collections.abc import Callable


class Allowance:
    """A stock of requests that fills up again with time. Safe to use from many threads."""

    def __init__(self, monotonic: Callable[[], float], most: float, a_second: float) -> None:
        self._monotonic = monotonic
        self._most = most
        self._a_second = a_second
        self._left = most
        self._at = monotonic()
        self._lock = threading.Lock()

    def has(self) -> bool:
        """Tell if one is left."""
        with self._lock:
            self._fill()
            return self._left >= 1

    def take(self) -> bool:
        """Use one up; False when none was left."""
        with self._lock:
            self._fill()
            if self._left < 1:
                return False
            self._left -= 1
            return True

    def is_full(self) -> bool:
        """Tell if nobody has used it for a while."""
        with self._lock:
            self._fill()
            return self._left >= self._most

    def _fill(self) -> None:
        now = self._monotonic()
        self._left = min(self._most, self._left + (now - self._at) * self._a_second)
        self._at = now


class Allowances:
    """One allowance for each name, and one for all together. Names that come in masses share the last place."""

    def __init__(self, monotonic: Callable[[], float], each: tuple[float, float], together: tuple[float, float],
                 most_names: int) -> None:
        self._monotonic = monotonic
        self._each = each
        self._together = Allowance(monotonic, *together)
        self._crowd = Allowance(monotonic, *each)
        self._most_names = most_names
        self._named: dict[str, Allowance] = {}
        self._lock = threading.Lock()

    def take(self, name: str) -> bool:
        """Use one up of this name and of all together; False when either had none left."""
        return self._of(name).take() and self._together.take()

    def _of(self, name: str) -> Allowance:
        with self._lock:
            if name not in self._named:
                if len(self._named) >= self._most_names:
                    self._named = {key: one for key, one in self._named.items() if not one.is_full()}
                if len(self._named) >= self._most_names:
                    return self._crowd
                self._named[name] = Allowance(self._monotonic, *self._each)
            return self._named[name]
