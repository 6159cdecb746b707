"""One machine of a crowd, on a line that can be cut and that notes what it hears."""

import threading
import time
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
                self.heard.broken += 1
            raise
        self.heard.answered += 1
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
        db = self.site.store.read()
        return lane.head(db).n - lane.acked(db)[0]
