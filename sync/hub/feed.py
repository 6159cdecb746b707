"""Feed: put an envelope on the lane down to a device. Places are given inside the write lock, never by a sequence."""

from edge.domain import envelope
from edge.domain.envelope import Kind, to_sign
from edge.domain.lane import INCARNATION_BYTES
from edge.ground.database import Connection
from sync.hub.hub import Hub
from sync.hub.tables import down

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
