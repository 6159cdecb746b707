"""Cargo: chunks that go up with a question, and what the hub's answer says about them. Source: docs/protocol.md 13.

The first time chunks are sent without being asked for, so that one round trip drains many; from then on the hub's WANT
steers. What it said is durable: neither a cut nor a restart sends again what is held.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from edge.desk.declare import declare_lost
from edge.desk.receive import receive_item
from edge.desk.site import Site
from edge.domain.blob import MOST_CHUNKS, fits, read_list, within
from edge.domain.envelope import Envelope, Faulty
from edge.ground.database import Connection
from edge.records import arriving, blobs, facts
from edge.records.blobs import Stored
from sync.protocol.cargo import HEAD_BYTES, Chunk, Want
from sync.protocol.exchange import Run

MOST_BLOBS = 200
MOST_WANTS = 8
SHARE = 4                         # every fourth byte of a batch is kept for chunks
LEAST_SHARED_BYTES = 16 * 1024    # in a smaller batch records travel alone
MANIFEST_BYTES = 4 * 1024         # no photo is as small
RECORD_HEAD_BYTES = 6             # of a frame and of an envelope
SPEAKS = "hub_capabilities"
BLOBS = "blobs"


def record_bytes(one: Envelope) -> int:
    """Return how many bytes an envelope takes in a message, with its payload or without."""
    return RECORD_HEAD_BYTES + len(one.header_bytes) + len(one.payload or one.payload_hash)


@dataclass
class Limits:
    """What binds chunks and never records.

    `blob_bytes` is the most that chunks may take, None for no limit: windows and daily budgets of a link. `aboard` is
    what earlier messages of the same file carry, as (blob, item); what is taken is added.
    """

    blob_bytes: int | None = None
    aboard: set[tuple[bytes, int]] = field(default_factory=set)


class Load:
    """The chunks of one question, taken in the transaction that writes the question down."""

    def __init__(self, site: Site, db: Connection, batch_bytes: int, limits: Limits | None = None) -> None:
        self._site, self._db, self._batch_bytes = site, db, batch_bytes
        self._limits = limits or Limits()
        self.chunks: list[Chunk] = []
        self.size = 0

    def take_share(self, position: int) -> None:
        """Take the part of the batch that is kept for chunks, of blobs whose records the hub holds up to a place."""
        if self._batch_bytes >= LEAST_SHARED_BYTES:
            self._take(position, self._batch_bytes // SHARE, must=False)

    def take_rest(self, position: int, run: Run) -> None:
        """Fill what the records have left of the batch. A message without records carries one chunk whatever the
        batch size, or a small batch would never get on.
        """
        if run.envelopes and self._batch_bytes < LEAST_SHARED_BYTES:
            return
        records = sum(map(record_bytes, run.envelopes))
        self._take(position, self._batch_bytes - self.size - records, must=not run.envelopes and not self.chunks)

    def take_all(self, position: int, *, lists: bool = False) -> None:
        """Fill a batch without records, at least with one chunk. `lists`: of each blob what the hub must have before
        it can tell whether a chunk is right.
        """
        self._take(position, self._batch_bytes, must=True, lists=lists)

    def _take(self, position: int, room_bytes: int, *, must: bool, lists: bool = False) -> None:
        bound = self._limits.blob_bytes
        room = room_bytes if bound is None else min(room_bytes, bound - self.size)
        must = must and (bound is None or bound > 0)
        if (room <= HEAD_BYTES and not must) or not understood(self._db):
            return
        aboard = self._limits.aboard
        for stored in blobs.to_send(self._db, position, MOST_BLOBS + len({blob for blob, _ in aboard})):
            for chunk in _sound(self._site, self._db, stored, aboard, lists=lists):
                room -= HEAD_BYTES + len(chunk.content)
                if room < 0 and not must:
                    return
                must = False
                self.chunks.append(chunk)
                self.size += HEAD_BYTES + len(chunk.content)
                aboard.add((chunk.blob, chunk.item))
                blobs.offered(self._db, chunk.blob)


def understood(db: Connection) -> bool:
    """Return whether the hub takes chunks, as far as it said."""
    said = facts.get(db, SPEAKS, tuple[str, ...])
    return said is None or BLOBS in said


def speaks(db: Connection, capability: str) -> bool:
    """Return whether the hub said that it knows something."""
    return capability in (facts.get(db, SPEAKS, tuple[str, ...]) or ())


def left(db: Connection) -> int:
    """Return how many items are still to go, up or down; 0 while the hub takes and gives none."""
    return blobs.items_left(db) + sum(len(within(missing, MOST_CHUNKS)) for missing in arriving.wanted(
        db).values()) if understood(db) else 0


def wanted(site: Site, db: Connection) -> list[Want]:
    """Return what to ask the hub for, a few things at once; nothing while the disk has no room for it."""
    if not site.refusing().downloads:
        return []
    return [Want(blob, missing) for blob, missing in list(arriving.wanted(db).items())[:MOST_WANTS]]


def unload(site: Site, db: Connection, chunks: Iterable[Chunk]) -> None:
    """Take what came down in chunks, in the caller's transaction."""
    for chunk in chunks:
        receive_item(db, chunk.blob, chunk.item, chunk.content, site.now())


def _sound(site: Site, db: Connection, stored: Stored, aboard: set[tuple[bytes, int]], *,
           lists: bool = False) -> Iterator[Chunk]:
    """Yield what the hub lacks of a blob, each item checked; what the disk has changed is declared lost at once."""
    numbers = [number for number in stored.to_send if (stored.name, number) not in aboard
               and not (lists and number and stored.bytes > MANIFEST_BYTES)]
    if not numbers:
        return
    try:
        hashes = read_list(stored.name, blobs.item(db, stored.name, 0) or b"")
    except Faulty:
        _lose(site, db, stored)
        return
    for number in numbers:
        content = blobs.item(db, stored.name, number) or b""
        if number and not fits(hashes, number, content):
            _lose(site, db, stored)
            return
        yield Chunk(stored.name, number, content)


def _lose(site: Site, db: Connection, stored: Stored) -> None:
    for envelope in blobs.owners(db, stored.name):
        declare_lost(site, db, envelope, [stored.name])


def heed(site: Site, db: Connection, capabilities: tuple[str, ...], wants: Iterable[Want]) -> None:
    """Note what the hub takes and lacks, in the caller's transaction. What is not here any more is declared lost."""
    if facts.get(db, SPEAKS, tuple[str, ...]) != capabilities:
        facts.put(db, SPEAKS, capabilities)   # an older one would drop chunks for ever
    for want in wants:
        stored = blobs.get(db, want.blob)
        if stored is not None and stored.state != "lost":
            blobs.heard(db, stored, want.missing)
        elif stored is None and want.missing and want.envelope:
            # an older image of this disk: whoever handed the form in has to be asked again
            declare_lost(site, db, want.envelope, [want.blob])

