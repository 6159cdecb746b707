"""Missing: which places of which lanes a hub lacks that some copy of it is known to have held."""

from collections.abc import Iterable
from dataclasses import dataclass

from edge.domain.lane import Position
from edge.ground.database import Connection
from edge.ground.ids import JSON
from sync.hub.tables import devices, lanes
from sync.protocol.messages import read_condition

Heads = dict[tuple[bytes, bytes], int]
"""(device, incarnation) → how far the lane goes."""


@dataclass(frozen=True)
class Gap:
    """Places `first` to `last` of one lane."""

    device: bytes
    incarnation: bytes
    first: int
    last: int

    def as_json(self) -> dict[str, JSON]:
        """Return it for programs."""
        return {"device": self.device.hex(), "lane": self.incarnation.hex(), "first": self.first, "last": self.last}


def heads_of(positions: Iterable[tuple[bytes, Position]]) -> Heads:
    """Return the highest place named for each lane."""
    found: Heads = {}
    for device, at in positions:
        found[device, at.incarnation] = max(at.n, found.get((device, at.incarnation), 0))
    return found


def highest(db: Connection) -> Heads:
    """Return how far each lane goes in a database."""
    return heads_of((row.device, end) for row in devices.every(db) for end in lanes.of_device(db, row.device))


def gaps(known: Heads, here: Heads) -> list[Gap]:
    """Return what is known of and not here, lane by lane."""
    return [Gap(device, incarnation, here.get((device, incarnation), 0) + 1, n)
            for (device, incarnation), n in sorted(known.items()) if n > here.get((device, incarnation), 0)]


def deleted_at_machines(db: Connection) -> Heads:
    """Return up to where the machines say that they deleted their envelopes: what is missing below cannot come back."""
    return heads_of((row.device, at) for row in devices.every(db) for at in read_condition(row.condition).deleted)
