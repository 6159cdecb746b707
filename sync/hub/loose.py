"""Loose chunks: keep what a device sends beside the conversation, then say what is still missing.

Source: docs/protocol.md 13. No lane, no receipt and no number is touched here: a chunk that is named and right is kept,
whatever became of the loads before it.
"""

from edge.domain.envelope import Faulty
from edge.ground.problem import BAD_MESSAGE, UNKNOWN_DEVICE, Problem
from sync.hub import caps, gather
from sync.hub.hub import Hub
from sync.hub.tables import devices
from sync.hub.tables.shares import Share
from sync.protocol.cargo import Chunk
from sync.protocol.exchange import Opened, take_apart
from sync.protocol.loose import WordHead, read_head, read_load, write_word


def take(hub: Hub, raw: bytes) -> bytes:
    """Return the signed word about a load, from committed rows.

    Raises:
        Problem: BAD_MESSAGE, UNKNOWN_DEVICE or DEVICE_CAPPED; nothing was stored.
    """
    device, opened, chunks = _at_the_door(hub, raw)
    caps.refuse_too_much(hub, device)
    with hub.store.write() as db:
        caps.count(hub, db, device, Share(0, sum(len(chunk.content) for chunk in chunks)))
        gather.take(db, chunks, hub.now())
    missing = gather.missing_of(hub.store.read(), device, [chunk.blob for chunk in chunks])
    return write_word(WordHead(hub.id, opened.end_hash), missing, hub.key.sign)


def _at_the_door(hub: Hub, raw: bytes) -> tuple[bytes, Opened, list[Chunk]]:
    """Return whose load it is, and what is in it, once its signature was checked."""
    try:
        opened = take_apart(raw)
        known = devices.get(hub.store.read(), read_head(opened).device)
    except Faulty as fault:
        raise Problem(BAD_MESSAGE, str(fault)) from fault
    if known is None or not _signed_by(opened, known.public):
        # as in the conversation: a stranger under a known name hears what one under any name hears
        raise Problem(UNKNOWN_DEVICE)
    try:
        return known.device, opened, read_load(opened)
    except Faulty as fault:
        raise Problem(BAD_MESSAGE, str(fault)) from fault


def _signed_by(opened: Opened, public: bytes) -> bool:
    try:
        opened.verify(public)
    except Faulty:
        return False
    return True
