"""Enclose: put something into a signed envelope of this machine. The one place where a header is filled in."""

from edge.desk.site import Site
from edge.domain import envelope
from edge.domain.envelope import Header, Kind
from edge.records.envelopes import Stored


def header_of(site: Site, kind: Kind, *, key_id: bytes = b"", ref: bytes = b"", manifest: bytes = b"") -> Header:
    """Return the header of a new envelope.

    Args:
        key_id: of the department's key to which the payload is sealed; empty where it travels in clear.
        ref: the name that it follows; empty for none.
        manifest: name of the blob that lists the photos; empty without any.
    """
    return Header(
        version=1, kind=kind.value, suite=envelope.SUITE_1, key_id=key_id, ref=ref,
        nonce=site.chance(envelope.NONCE_BYTES), device_time=site.now(), monotonic=int(site.clock.monotonic()),
        boot=site.boot, manifest=manifest)


def signed(site: Site, header: Header, payload: bytes) -> Stored:
    """Return the envelope under its name, signed by this machine.

    Raises:
        Faulty: longer than 16 KiB.
    """
    made = envelope.make(header, payload)
    name = made.name(site.identity.device)
    return Stored(name, made, site.key.sign(envelope.to_sign(name)))
