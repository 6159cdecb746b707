"""Caps: what one device may bring in a day. Past that it is told to come later; nothing that it has is dropped.

Many times what a busy site needs, and little enough that one device gone wild leaves the others their hub.
Source: docs/protocol.md 5.
"""

from edge.ground.database import Connection
from edge.ground.problem import DEVICE_CAPPED, Problem
from sync.hub.hub import Hub
from sync.hub.tables import alarms, lanes, shares
from sync.hub.tables.shares import Share
from sync.protocol.exchange import Question

MOST_INCARNATIONS = 48
MOST_BYTES = 4 * 2**30
LATER_SECONDS = 1800
DAY_SECONDS = 86_400


def refuse_too_much(hub: Hub, device: bytes, lanes_more: int = 0) -> None:
    """Let a message in that speaks of so many new lanes, while its device is below its share of the day.

    Raises:
        Problem: DEVICE_CAPPED; nothing of the message was stored, and an alarm says so once a day.
    """
    db, day = hub.store.read(), hub.now() // DAY_SECONDS
    share = shares.of(db, device, day)
    if share.incarnations + lanes_more <= MOST_INCARNATIONS and share.bytes < MOST_BYTES:
        return
    told = f"{day}"
    with hub.store.write() as writing:
        if not alarms.is_open(writing, "too-much", device.hex(), told):
            alarms.sound(writing, "too-much", device.hex(), told, hub.now())
    raise Problem(DEVICE_CAPPED, facts={"retry_after": LATER_SECONDS})


def new_lanes(db: Connection, device: bytes, question: Question) -> int:
    """Return how many lanes a question speaks of that were never heard of."""
    known = {end.incarnation for end in lanes.of_device(db, device)}
    return len({run.lane.incarnation for run in question.runs} - known)


def count(hub: Hub, db: Connection, device: bytes, new: Share) -> None:
    """Count what was stored, in the transaction that stores it."""
    if new != Share():
        shares.add(db, device, hub.now() // DAY_SECONDS, new)
