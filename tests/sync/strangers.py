"""What a broken, a hostile or a newer machine would say: envelopes that no citizen of this version hands in."""

import msgspec

from edge.desk.lodge import seal_body
from edge.domain import envelope
from edge.domain.catalogue import shipped_catalogue
from edge.domain.envelope import Kind, to_sign
from edge.domain.submission import Body
from edge.ground.sealing import seal
from edge.records import envelopes, lane
from edge.records.envelopes import Stored
from sync.hub import feed
from sync.hub.tables import down
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk

NEWER = "zzz"
RS_01 = shipped_catalogue().item("RS-01").version


def put_on_lane(kiosk: Kiosk, stored: Stored) -> bytes:
    """Give an envelope the next place on a machine's lane; return its name."""
    with kiosk.site.store.write() as db:
        envelopes.add(db, stored)
        lane.append(db, stored.name)
    return stored.name


def header_of(kiosk: Kiosk, kind: str, *, key_id: bytes = b"", ref: bytes = b"", device_time: int | None = None,
              must_understand: tuple[str, ...] = ()) -> envelope.Header:
    """Return a header that this machine could have written."""
    at = kiosk.site.now() if device_time is None else device_time
    return envelope.Header(1, kind, envelope.SUITE_1, key_id, ref, kiosk.dice(12), at, 1, b"boot", b"", must_understand)


def signed(kiosk: Kiosk, header: envelope.Header, payload: bytes) -> Stored:
    """Return an envelope with this machine's signature."""
    made = envelope.make(header, payload)
    name = made.name(kiosk.device)
    return Stored(name, made, kiosk.site.key.sign(to_sign(name)))


def rubbish_under(kiosk: Kiosk, receipt: str, payload: bytes = b"rubbish") -> bytes:
    """Send what cannot be read, sealed to the right department, with another citizen's receipt code in its body."""
    item = kiosk.site.catalogue().item("RS-01")
    body = Body("RS-01", RS_01, receipt, b"t" * 32, payload, "kiosk")
    return put_on_lane(kiosk, seal_body(kiosk.site, Kind.SUBMISSION, item, body))


def plain_rubbish(kiosk: Kiosk, kind: Kind = Kind.SUBMISSION, key_id: bytes = b"") -> bytes:
    """Send a payload that no key opens."""
    return put_on_lane(kiosk, signed(kiosk, header_of(kiosk, kind.value, key_id=key_id), b"\0" * 64))


def sealed(kiosk: Kiosk, inside: bytes, *, device_time: int | None = None, kind: Kind = Kind.SUBMISSION,
           ref: bytes = b"") -> bytes:
    """Send any bytes as the inside of a form, sealed to the department of RS-01."""
    key = kiosk.site.key_set().department_key(kiosk.site.catalogue().item("RS-01").department)
    assert key is not None
    header = header_of(kiosk, kind.value, key_id=key.key_id, ref=ref, device_time=device_time)
    info = envelope.sealing_info(kiosk.device, msgspec.msgpack.encode(header))
    return put_on_lane(kiosk, signed(kiosk, header, seal(key.public, info, inside)))


def of_unknown_kind(kiosk: Kiosk) -> bytes:
    """Send an envelope of a kind that comes with a later version."""
    return put_on_lane(kiosk, signed(kiosk, header_of(kiosk, NEWER), b"what it says is not known yet"))


def down_of_unknown_kind(county: County, kiosk: Kiosk, kind: str = NEWER, payload: bytes = b"later",
                         must_understand: tuple[str, ...] = (), ref: bytes = b"") -> bytes:
    """Let a newer hub send this machine something that it does not know."""
    header = envelope.Header(1, kind, 1, b"", ref, county.dice(12), county.hub.now(), 1, b"hub0", b"", must_understand)
    made = envelope.make(header, payload)
    name = made.name(kiosk.device)
    with county.hub.store.write() as db:
        feed.open_lane(county.hub, db, kiosk.device)
        down.put(db, kiosk.device, name, made.to_bytes(), county.hub.key.sign(to_sign(name)))
    return name
