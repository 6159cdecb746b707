"""Hand out: the chunks of published things that a machine wants, behind the envelopes. Source: docs/protocol.md 13."""

from collections.abc import Iterable

from edge.domain.blob import within
from edge.ground.database import Connection
from sync.hub.tables import public_blobs
from sync.protocol.cargo import HEAD_BYTES, Chunk, Want

MOST_BYTES = 900_000


def chunks(db: Connection, wants: Iterable[Want], room_bytes: int, *, at_least_one: bool) -> list[Chunk]:
    """Return wanted chunks of published blobs, as many as there is room for. What citizens handed in is never handed
    out.
    """
    found: list[Chunk] = []
    room = room_bytes
    for want in wants:
        blob = public_blobs.get(db, want.blob)
        items = blob.items if blob is not None else ()
        for number in within(want.missing, len(items)):
            room -= HEAD_BYTES + len(items[number])
            if room < 0 and (found or not at_least_one):
                return found
            found.append(Chunk(want.blob, number, items[number]))
    return found
