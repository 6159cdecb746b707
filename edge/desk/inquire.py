"""Inquire: ask the county about a receipt that another site gave. The answer comes down as a status, sealed to the
track key.
"""

from edge.desk.site import Site
from edge.desk.track import read_tail
from edge.domain import envelope
from edge.domain.receipt import read_code
from edge.ground.problem import NOT_FOUND_HERE, Problem
from edge.ground.sealing import TrackKey
from edge.records import audit, envelopes, lane


def inquire(site: Site, typed_code: str, tail: str) -> None:
    """Queue the question. The hub answers only when such a case exists; a guess gets nothing.

    Raises:
        Problem: NOT_FOUND_HERE for letters that are no receipt code.
    """
    code = read_code(typed_code)
    if code is None:
        raise Problem(NOT_FOUND_HERE)
    public = TrackKey.derive(code, read_tail(tail)).public
    header = envelope.Header(
        version=1, kind=envelope.Kind.INQUIRY.value, suite=envelope.SUITE_1, key_id=b"", ref=b"",
        nonce=site.chance(envelope.NONCE_BYTES), device_time=site.now(), monotonic=int(site.clock.monotonic()),
        boot=site.boot)
    made = envelope.make(header, public)
    name = made.name(site.identity.device)
    with site.store.write() as db:
        envelopes.add(db, envelopes.Stored(name, made, site.key.sign(envelope.to_sign(name))))
        lane.append(db, name)
        audit.note(db, site.now(), "kiosk", "inquire", name.hex())
    site.lodged.set()
