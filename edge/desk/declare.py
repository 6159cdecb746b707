"""Declare: say that photos which were taken cannot be delivered any more, so that nobody waits for them for ever."""

from collections.abc import Sequence

from edge.desk.enclose import header_of, signed
from edge.desk.site import Site
from edge.domain.envelope import Kind
from edge.ground.database import Connection
from edge.records import audit, blobs, envelopes, lane


def declare_lost(site: Site, db: Connection, subject: bytes, names: Sequence[bytes]) -> None:
    """Put an envelope on the lane that names lost blobs of the envelope `subject`, in the caller's transaction; each
    blob is declared once. An envelope names at most 256 blobs, and so many fit.
    """
    stored = signed(site, header_of(site, Kind.LOST, ref=subject), b"".join(names))
    for blob in names:
        blobs.lose(db, blob)
    envelopes.add(db, stored)
    lane.append(db, stored.name)
    audit.note(db, site.now(), "agent", "declare-lost", subject.hex(), {"blobs": len(names)})
