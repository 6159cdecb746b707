"""By stick: what the newest file of a device said, which proves no line and may be on its way for weeks."""

from dataclasses import dataclass

from edge.ground.clock import moment
from sync.console import words
from sync.console.office import hub, now
from sync.hub.tables import carried
from sync.protocol.messages import read_condition


@dataclass(frozen=True)
class Stick:
    """When the newest file was written, by the device's clock, and read in here; `queue`: what it carried or left."""

    written: str
    read: str
    queue: int


def last_stick(device: str) -> Stick | None:
    """Return what the newest file of a device said, or None where none was ever read in."""
    found = carried.of(hub().store.read(), bytes.fromhex(device))
    if found is None:
        return None
    return Stick(words.when(moment(found.written_at), now()), words.when(moment(found.read_at), now()),
                 read_condition(found.condition).queue)
