"""Telling how far the queue has come: how many of how many the hub holds, and how long the rest will take."""

from dataclasses import dataclass

from edge.desk.site import Progress, Site
from edge.ground.database import Connection
from edge.records import blobs, lane
from sync.agent import cargo
from sync.protocol.cargo import HEAD_BYTES

LEAST_SECONDS = 3.0   # before that a speed is a guess


@dataclass
class Telling:
    """One queue from its first message to its last, in memory only."""

    began: float | None = None    # by the running time
    done: int = 0
    sent_bytes: int = 0

    def begin(self, site: Site) -> None:
        """Note that a round begins; the first of a queue starts the count."""
        db = site.store.read()
        if self.began is None:
            waiting = lane.waiting(db)
            if not waiting and not pieces_left(db):
                return
            self.began, self.done, self.sent_bytes = site.clock.monotonic(), 0, 0
            site.progress = Progress(0, waiting)

    def answered(self, site: Site, sent_bytes: int, held: int) -> None:
        """Note an answer to a message of so many bytes, after which the hub holds `held` envelopes more."""
        if self.began is None:
            return
        db = site.store.read()
        waiting, chunks = lane.waiting(db), pieces_left(db)
        self.done, self.sent_bytes = self.done + max(0, held), self.sent_bytes + sent_bytes
        if not waiting and not chunks:
            self.end(site)
            return
        left = left_bytes(db)
        took = site.clock.monotonic() - self.began
        seconds = round(left * took / self.sent_bytes) if took >= LEAST_SECONDS and self.sent_bytes else None
        site.progress = Progress(self.done, self.done + waiting, chunks, seconds)

    def end(self, site: Site) -> None:
        """Note that the queue is empty or the line is gone: nothing more is being sent."""
        self.began, site.progress = None, None


def left_bytes(db: Connection) -> int:
    """Return about how many bytes all that waits to go up will take, in frames."""
    waiting = lane.waiting(db)
    records = lane.bytes_behind(db, lane.acked(db)[0]) + waiting * cargo.RECORD_HEAD_BYTES if waiting else 0
    pieces = pieces_left(db)
    return records + (blobs.bytes_left(db) + pieces * HEAD_BYTES if pieces else 0)


def pieces_left(db: Connection) -> int:
    """Return how many pieces of photos the hub lacks and would take."""
    return blobs.items_left(db) if cargo.understood(db) else 0
