"""A trip to a stick and back, in a thread of its own: the page asks how far it has come. One at a time."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from edge.desk.courier import Exported, Heard, Tell
from edge.ground.logbook import get_logger
from edge.ground.problem import INTERNAL, Kind, Problem

_log = get_logger("courier")
Read = dict[str, Heard | Kind]
"""File → what it brought, or why it was refused."""


@dataclass
class Trip:
    """How far a trip has come: `done` of `total`, then what it brought, or why it was refused."""

    done: int = 0
    total: int = 0
    going: bool = True
    exported: Exported | None = None
    read: Read = field(default_factory=dict)
    refused: Kind | None = None


class Trips:
    """The trip under way, and the last one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: Trip | None = None

    def last(self) -> Trip | None:
        """Return how the last trip stands in this moment, or None before the first one."""
        found = self._last
        if found is None:
            return None
        going = found.going   # looked at first: whatever it brought stands there before it ends
        return replace(found, going=going)

    def start(self, run: Callable[[Tell], Exported | Read]) -> bool:
        """Begin; False when another one is under way."""
        with self._lock:
            if self._last is not None and self._last.going:
                return False
            trip = self._last = Trip()
        threading.Thread(target=_go, args=(trip, run), name="courier", daemon=True).start()
        return True


def _go(trip: Trip, run: Callable[[Tell], Exported | Read]) -> None:
    def tell(done: int, total: int) -> None:
        trip.done, trip.total = done, total

    try:
        found = run(tell)
        if isinstance(found, Exported):
            trip.exported = found
        else:
            trip.read = found
    except Problem as problem:
        trip.refused = problem.kind
    # a fault of ours must not leave a page that says "going" for ever
    except Exception:  # noqa: BLE001
        _log.exception("a trip broke")
        trip.refused = INTERNAL
    finally:
        trip.going = False
