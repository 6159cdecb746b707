"""Aside: what a revoked device signed waits here for a person. Source: docs/protocol.md 5."""

from dataclasses import dataclass

from edge.ground.problem import NO_SUCH_DEVICE, Problem
from edge.records import audit
from sync.hub.hub import Hub
from sync.hub.reason import stated
from sync.hub.tables import devices, envelopes


@dataclass(frozen=True)
class Waiting:
    """What one device sent after it was struck off; `first_at` and `last_at` are when it came, since 1970."""

    device: str
    site: str
    label: str
    envelopes: int
    first_at: int
    last_at: int


def waiting(hub: Hub) -> list[Waiting]:
    """Return what waits for a person, device by device."""
    db = hub.store.read()
    rows = {row.device: row for row in devices.every(db)}
    return [Waiting(device.hex(), rows[device].site_name, rows[device].label, count, first, last)
            for device, count, first, last in envelopes.aside(db)]


def release(hub: Hub, device: bytes, actor: str, reason: str) -> int:
    """Let the hub open what a device sent while it was revoked; return how many envelopes. No clock ever does this.

    Raises:
        Problem: NO_SUCH_DEVICE, REASON_MISSING, REASON_NAMES.
    """
    why = _checked(hub, device, reason)
    with hub.store.write() as db:
        count = envelopes.release(db, device)
        audit.note(db, hub.now(), actor, "release-aside", device.hex(), {"envelopes": count, "why": why})
    hub.arrived.set()
    return count


def refuse(hub: Hub, device: bytes, actor: str, reason: str) -> int:
    """Decide that nothing of what a revoked device sent becomes a case; return how many envelopes. They are kept.

    Raises:
        Problem: NO_SUCH_DEVICE, REASON_MISSING, REASON_NAMES.
    """
    why = _checked(hub, device, reason)
    with hub.store.write() as db:
        count = envelopes.refuse(db, device)
        audit.note(db, hub.now(), actor, "refuse-aside", device.hex(), {"envelopes": count, "why": why})
    return count


def _checked(hub: Hub, device: bytes, reason: str) -> str:
    why = stated(reason)
    if devices.get(hub.store.read(), device) is None:
        raise Problem(NO_SUCH_DEVICE, device.hex())
    return why
