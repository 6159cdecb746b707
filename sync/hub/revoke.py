"""Revoke: a device is struck off for good; what it sent waits for a person. Source: docs/protocol.md 5."""

import msgspec

from edge.domain.envelope import Kind as EnvelopeKind
from edge.domain.news import RevokedBody
from edge.ground.problem import NO_SUCH_DEVICE, Problem
from edge.records import audit
from sync.hub import feed
from sync.hub.book import Kind
from sync.hub.hub import Hub
from sync.hub.keyring import tell_struck_off
from sync.hub.reason import stated
from sync.hub.tables import devices


def revoke(hub: Hub, device: bytes, actor: str, reason: str) -> bool:
    """Revoke a device; False when it was revoked before. It cannot be taken back: the machine destroys its key.

    The line stands in the black book before anything follows from it, so no backup brings the device back.

    Raises:
        Problem: NO_SUCH_DEVICE, REASON_MISSING, REASON_NAMES.
    """
    why = stated(reason)
    with hub.store.write() as db:
        if devices.get(db, device) is None:
            raise Problem(NO_SUCH_DEVICE, device.hex())
        fresh = hub.book.write(db, Kind.REVOKED, device, hub.now())
        if fresh:
            feed.put(hub, db, device, EnvelopeKind.REVOKE, msgspec.msgpack.encode(RevokedBody(device, hub.now())))
            tell_struck_off(hub, db, device)
            audit.note(db, hub.now(), actor, "revoke", device.hex(), {"why": why})
    return fresh
