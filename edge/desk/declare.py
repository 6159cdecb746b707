"""Declare: say that photos which were taken cannot be delivered any more, so that nobody waits for them for ever."""

from collections.abc import Sequence

from edge.desk.site import Site
from edge.domain import envelope
from edge.domain.blob import MOST_PARTS
from edge.ground.database import Connection
from edge.records import audit, blobs, envelopes, lane


def declare_lost(site: Site, db: Connection, subject: bytes, names: Sequence[bytes]) -> None:
    """Put an envelope on the lane that names lost blobs of the envelope `subject`, in the caller's transaction; each
    blob is declared once.
    """
    payload = b"".join(names[:MOST_PARTS])
    header = envelope.Header(
        version=1, kind=envelope.Kind.LOST.value, suite=envelope.SUITE_1, key_id=b"", ref=subject,
        nonce=site.chance(envelope.NONCE_BYTES), device_time=site.now(), monotonic=int(site.clock.monotonic()),
        boot=site.boot)
    made = envelope.make(header, payload)
    name = made.name(site.identity.device)
    for blob in names:
        blobs.lose(db, blob)
    envelopes.add(db, envelopes.Stored(name, made, site.key.sign(envelope.to_sign(name))))
    lane.append(db, name)
    audit.note(db, site.now(), "agent", "declare-lost", subject.hex(), {"blobs": len(names)})
