"""The courier as the kiosk's staff page has it: under the same one session as the agent's talk."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from edge.desk.courier import Exported, Heard, Tell
from edge.desk.site import Site
from edge.ground.problem import BUSY, Problem
from sync.agent import courier

WAIT_SECONDS = 120.0


class SiteCourier:
    """One site's courier."""

    def __init__(self, site: Site, lock: FileLock) -> None:
        self._site, self._lock = site, lock

    def export(self, folder: Path, tell: Tell) -> Exported:
        """Write all that the county does not hold yet."""
        with self._session():
            return courier.export(self._site, folder, tell)

    def replies(self, folder: Path) -> list[Path]:
        """Return the county's files on a stick."""
        return courier.replies(folder)

    def hear(self, path: Path) -> Heard:
        """Take over what a reply brings."""
        with self._session():
            return courier.hear(self._site, path)

    @contextmanager
    def _session(self) -> Iterator[None]:
        try:
            with self._lock.acquire(timeout=WAIT_SECONDS):
                yield
        except Timeout as fault:
            raise Problem(BUSY) from fault
