"""Feed: put an envelope on the lane down to a device. Places are given inside the write lock, never by a sequence."""

import msgspec

from edge.domain import envelope
from edge.domain.envelope import Kind, to_sign
from edge.domain.lane import INCARNATION_BYTES
from edge.domain.news import PublishedBody
from edge.ground.database import Connection
from sync.hub.hub import Hub
from sync.hub.tables import down, public_blobs

LARGEST_IN_ENVELOPE = 14 * 1024   # what is larger goes down in chunks
_ZERO_BOOT = b"hub0"


def put(hub: Hub, db: Connection, device: bytes, kind: Kind, payload: bytes, ref: bytes = b"",
        must_understand: tuple[str, ...] = ()) -> bytes:
    """Send a signed envelope down to one device, in the caller's transaction; return its name."""
    open_lane(hub, db, device)
    header = envelope.Header(
        version=1, kind=kind.value, suite=envelope.SUITE_1, key_id=b"", ref=ref, nonce=hub.chance(envelope.NONCE_BYTES),
        device_time=hub.now(), monotonic=int(hub.clock.monotonic()), boot=_ZERO_BOOT,
        must_understand=must_understand)
    made = envelope.make(header, payload)
    name = made.name(device)
    down.put(db, device, name, made.to_bytes(), hub.key.sign(to_sign(name)))
    return name


def open_lane(hub: Hub, db: Connection, device: bytes) -> None:
    """Give a device its downlink if it has none."""
    if down.head(db, device) is None:
        down.create(db, device, hub.chance(INCARNATION_BYTES))


def in_chunks(db: Connection, code: str, version: int, deflated: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return the payload for what is too large for an envelope, and what a machine must understand to ask for it."""
    named = PublishedBody(code, version, b"", public_blobs.add(db, deflated).name)
    return msgspec.msgpack.encode(named), ("blobs",)
