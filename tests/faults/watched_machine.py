"""One machine of a crowd, on a line that can be cut and that notes what it hears."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from edge.desk.site import Site
from edge.ground.problem import HUB_UNREACHABLE, Problem
from edge.records import lane
from sync.agent.hub_link import HubLink


@dataclass
class Heard:
    """What all machines heard in one wave."""

    answered: int = 0
    refusals: list[tuple[float, int]] = field(default_factory=list)   # (seconds until it came, seconds it asks for)
    broken: int = 0
    pulled: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _pull: tuple[int, Callable[[], None]] | None = None

    def pull_at(self, answers: int, plug: Callable[[], None]) -> None:
        """Pull a plug with that many answers, before whoever heard the last of them can act on it."""
        self._pull = answers, plug

    def note_answer(self) -> None:
        """Count an answer."""
        with self._lock:
            self.answered += 1
            if self._pull and self.answered == self._pull[0]:
                self._pull[1]()
                self.pulled = True

    def note_break(self) -> None:
        """Count a message that broke off."""
        with self._lock:
            self.broken += 1


class WatchedLine(HubLink):
    """The real link behind a switch that cuts all lines at once; it notes what it hears."""

    def __init__(self, url: str, up: threading.Event, heard: Heard) -> None:
        super().__init__(url)
        self._up, self.heard = up, heard

    def exchange(self, path: str, message: bytes) -> bytes:
        """Carry one message."""
        if not self._up.is_set():
            raise Problem(HUB_UNREACHABLE, "nobody serves", {"at_the_door": True, "reached": False})
        began = time.monotonic()
        try:
            reply = super().exchange(path, message)
        except Problem as problem:
            if problem.facts.get("http_status") == 503:
                asked = problem.facts.get("retry_after_seconds")
                self.heard.refusals.append((time.monotonic() - began, asked if isinstance(asked, int) else 0))
            else:
                self.heard.note_break()
            raise
        self.heard.note_answer()
        return reply

    def reachable(self) -> bool:
        """Return whether the lines are up and somebody listens."""
        return self._up.is_set() and super().reachable()


@dataclass
class Machine:
    """One machine, switched on."""

    site: Site
    link: WatchedLine
    thread: threading.Thread

    def left(self) -> int:
        """Return how many forms wait here."""
        return lane.waiting(self.site.store.read())
