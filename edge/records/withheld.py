"""Envelopes that had to travel without their content: their place is held, the rest is owed and offered again.

Something on the way refused the message three times while it held this envelope alone. Until the hub's signed answer
to a message with the whole envelope, its content is nowhere else: nothing may delete it here.
"""

import msgspec

from edge.ground.database import Connection
from edge.records import facts

KEY = "withheld"
OFFER_AGAIN_SECONDS = 24 * 3600


class Withheld(msgspec.Struct, array_like=True, frozen=True):
    """One envelope's name and when its content was last offered, by this machine's clock."""

    name: bytes
    offered_at: int


def every(db: Connection) -> list[Withheld]:
    """Return all that are owed, the longest waiting first."""
    return facts.get(db, KEY, list[Withheld]) or []


def names(db: Connection) -> frozenset[bytes]:
    """Return the names of all that are owed."""
    return frozenset(one.name for one in every(db))


def note(db: Connection, name: bytes, at: int) -> None:
    """Note that the content of this envelope was withheld, or offered in vain, just now."""
    facts.put(db, KEY, [*(one for one in every(db) if one.name != name), Withheld(name, at)])


def settle(db: Connection, name: bytes) -> None:
    """Note that the hub answered a message that held the whole envelope."""
    facts.put(db, KEY, [one for one in every(db) if one.name != name])


def due(db: Connection, at: int) -> bytes | None:
    """Return the name whose content is to be offered again: a day later, or at once where the clock went back."""
    first = next(iter(every(db)), None)
    return first.name if first and not 0 <= at - first.offered_at < OFFER_AGAIN_SECONDS else None
