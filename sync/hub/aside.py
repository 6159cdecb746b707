"""Aside: what a revoked device signed waits here for a person. Source: docs/protocol.md 5."""

from edge.ground.problem import NOT_FOUND, REASON_MISSING, Problem
from edge.records import audit
from sync.hub.hub import Hub
from sync.hub.tables import devices, envelopes


def release(hub: Hub, device: bytes, actor: str, reason: str) -> int:
    """Let the hub open what a device sent while it was revoked; return how many envelopes. No clock ever does this.

    Raises:
        Problem: NOT_FOUND for an unknown device, REASON_MISSING.
    """
    why = reason.strip()
    if not why:
        raise Problem(REASON_MISSING)
    if devices.get(hub.store.read(), device) is None:
        raise Problem(NOT_FOUND)
    with hub.store.write() as db:
        count = envelopes.release(db, device)
        audit.note(db, hub.now(), actor, "release-aside", device.hex(), {"envelopes": count, "why": why})
    hub.arrived.set()
    return count
