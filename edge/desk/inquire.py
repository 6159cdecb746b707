"""Inquire: ask the county about a receipt that another site gave. The answer comes down as a status, sealed to the
track key.
"""

from edge.desk.enclose import header_of, signed
from edge.desk.site import Site
from edge.desk.track import read_tail
from edge.domain.envelope import Kind
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
    stored = signed(site, header_of(site, Kind.INQUIRY), public)
    with site.store.write() as db:
        envelopes.add(db, stored)
        lane.append(db, stored.name)
        audit.note(db, site.now(), "kiosk", "inquire", stored.name.hex())
    site.lodged.set()
