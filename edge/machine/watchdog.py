"""Tell whoever supervises this process that it is alive, for as long as it really is.

The protocol is systemd's: datagrams to the socket in NOTIFY_SOCKET. A process that hangs says nothing any more, and is
started again. Source: sd_notify(3), sd_watchdog_enabled(3).
"""

import os
import socket
import threading
from collections.abc import Callable, Mapping

from edge.ground.logbook import get_logger

READY, ALIVE, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"
USUAL_SECONDS = 60.0
_log = get_logger("watchdog")


def tell(words: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Send one datagram to the supervisor; False where there is none."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address or not hasattr(socket, "AF_UNIX"):
        return False
    if address.startswith("@"):
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        try:
            line.sendto(words.encode(), address)
        except OSError as fault:
            _log.warning("nobody supervises", extra={"facts": {"fault": type(fault).__name__}})
            return False
    return True


def period_seconds(environment: Mapping[str, str] = os.environ) -> float:
    """Return how often a sign of life is due: half of what the supervisor waits."""
    asked = environment.get("WATCHDOG_USEC", "")
    return (int(asked) / 1e6 if asked.isdecimal() and int(asked) else USUAL_SECONDS) / 2


def watch_until(stop: threading.Event, alive: Callable[[], bool]) -> None:
    """Say that this process is alive as long as `alive` says so, until `stop` is set."""
    tell(READY)
    was_alive = True
    while not stop.is_set():
        now_alive = alive()
        if now_alive:
            tell(ALIVE)
        elif was_alive:
            _log.error("alive but stuck: no sign of life is given any more")
        was_alive = now_alive
        stop.wait(period_seconds())
    tell(STOPPING)


class Beats(threading.Event):
    """The event that ends all threads, which also sees who still looks at it: whoever does is not stuck."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        super().__init__()
        self._monotonic = monotonic
        self._seen: dict[str, float] = {}

    def _beat(self) -> None:
        self._seen[threading.current_thread().name] = self._monotonic()

    def is_set(self) -> bool:
        """Return whether all is to end, and note who asked."""
        self._beat()
        return super().is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait, and note who waits."""
        self._beat()
        return super().wait(timeout)

    def silent(self, name: str) -> float:
        """Return for how many seconds a thread has not looked; 0 for one that never did."""
        return self._monotonic() - self._seen[name] if name in self._seen else 0.0
