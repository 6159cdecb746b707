"""Mend: find the one flipped bit that explains why an envelope does not bear its name.

The name is a hash, so whatever bears it is the very envelope that was signed: nothing can be mended wrongly. Disks flip
single bits far more often than they lose a page.
"""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from edge.domain.envelope import Envelope
from edge.ground.sealing import digest


def bears(envelope: Envelope, name: bytes, device: bytes) -> bool:
    """Return whether an envelope is the one of this name, its payload included where it has one."""
    return envelope.name(device) == name and (
        envelope.payload is None or digest(envelope.payload) == envelope.payload_hash)


def mended(envelope: Envelope, name: bytes, device: bytes) -> Envelope | None:
    """Return the envelope that bears `name`: as it is, or with one bit put right; without its payload where only that
    cannot be mended; None where the name is out of reach.
    """
    if bears(envelope, name, device):
        return envelope
    if envelope.payload is not None:
        true = replace(envelope, payload_hash=digest(envelope.payload))
        if true.name(device) == name:
            return true
        header = _flipped(true.header_bytes, lambda raw: digest(device, raw, true.payload_hash) == name)
        if header is not None:
            return replace(true, header_bytes=header)
    if envelope.name(device) == name:
        # header and hash are whole: only the payload is not what was signed
        payload = flipped_to(envelope.payload or b"", envelope.payload_hash)
        return replace(envelope, payload=payload)
    return _bare(envelope, name, device)


def _bare(envelope: Envelope, name: bytes, device: bytes) -> Envelope | None:
    given = replace(envelope, payload=None)
    header = _flipped(given.header_bytes, lambda raw: digest(device, raw, given.payload_hash) == name)
    if header is not None:
        return replace(given, header_bytes=header)
    hashed = _flipped(given.payload_hash, lambda raw: digest(device, given.header_bytes, raw) == name)
    return None if hashed is None else replace(given, payload_hash=hashed)


def flipped_to(raw: bytes, wanted: bytes) -> bytes | None:
    """Return `raw` with the one bit turned that makes its SHA-256 `wanted`, or None."""
    before = sha256()
    for at, byte in enumerate(raw):
        rest = raw[at + 1:]
        for bit in range(8):
            whole = before.copy()
            whole.update(bytes((byte ^ 1 << bit,)) + rest)
            if whole.digest() == wanted:
                return raw[:at] + bytes((byte ^ 1 << bit,)) + rest
        before.update(raw[at:at + 1])
    return None


def _flipped(raw: bytes, right: Callable[[bytes], bool]) -> bytes | None:
    for at, byte in enumerate(raw):
        for bit in range(8):
            turned = raw[:at] + bytes((byte ^ 1 << bit,)) + raw[at + 1:]
            if right(turned):
                return turned
    return None
