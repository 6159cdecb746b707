"""The envelope: the record of one act, immutable, with one name.

`envelope = u16 header length ‖ header ‖ payload`. The header is a MessagePack array; **nothing of the lane stands in
it, nor what item it is**: an envelope may enter another lane word for word, and a stolen disk does not name forms. A
receiver hashes the bytes as they came and never encodes them again; fields that it does not know stay where they are.
Source: docs/protocol.md 3.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import msgspec

from edge.ground.sealing import digest

LARGEST = 16 * 1024
DEVICE_BYTES = 16
NAME_BYTES = 32
NONCE_BYTES = 12
SUITE_1 = 1
_SIGNED = b"ferry1 env"


class Kind(StrEnum):
    """What an envelope is about. A kind that this version does not know is stored, acknowledged and held."""

    SUBMISSION = "sub"
    AMENDMENT = "amd"
    INQUIRY = "inq"
    LOST = "los"
    STATUS = "sta"
    ITEM = "itm"
    COUNTY = "cty"
    KEY_SET = "key"
    REVOKE = "rev"


KNOWN = frozenset(kind.value for kind in Kind)
UNDERSTOOD = frozenset({"blobs"})
"""Words of `must_understand` that this version knows."""


Moment = Annotated[int, msgspec.Meta(ge=-2**62, le=2**62)]


class Header(msgspec.Struct, array_like=True, frozen=True):
    """The part in clear: who may open it and what it follows."""

    version: int
    kind: str
    suite: int
    key_id: bytes            # of the department's key it is sealed to; empty when in clear
    ref: bytes               # the name that this follows; empty for none
    nonce: bytes             # makes two equal forms two envelopes
    device_time: Moment      # seconds since 1970 by the device's clock, which may be wrong
    monotonic: Moment        # seconds since the device started
    boot: bytes              # which start that was
    manifest: bytes = b""    # hash of the blob that lists the photos
    must_understand: tuple[str, ...] = ()


def is_known(header: Header) -> bool:
    """Return whether this version can do what an envelope says."""
    return header.kind in KNOWN and UNDERSTOOD.issuperset(header.must_understand)


class Faulty(ValueError):
    """The bytes are no envelope."""


UNREADABLE = (msgspec.DecodeError, ValueError, RecursionError)
"""What reading MessagePack raises over a wrong shape, letters that are none, or more depth than the stack has."""


@dataclass(frozen=True)
class Envelope:
    """Header and payload as they came; `payload` is None when it travels without (erased, damaged or withheld)."""

    header_bytes: bytes
    payload_hash: bytes
    payload: bytes | None

    @property
    def header(self) -> Header:
        """The header, read.

        Raises:
            Faulty: no header of this protocol.
        """
        return read_header(self.header_bytes)

    def name(self, device: bytes) -> bytes:
        """Return the one name, 32 bytes: H(device ‖ header ‖ H(payload))."""
        return digest(device, self.header_bytes, self.payload_hash)

    def to_bytes(self) -> bytes:
        """Return the whole envelope.

        Raises:
            Faulty: it has no payload here.
        """
        if self.payload is None:
            raise Faulty("the payload is not here")
        return len(self.header_bytes).to_bytes(2, "big") + self.header_bytes + self.payload

    def without_payload(self) -> bytes:
        """Return header and H(payload): it keeps its place in a lane, its content is gone."""
        return len(self.header_bytes).to_bytes(2, "big") + self.header_bytes + self.payload_hash


def make(header: Header, payload: bytes) -> Envelope:
    """Return a new envelope.

    Raises:
        Faulty: longer than 16 KiB.
    """
    header_bytes = msgspec.msgpack.encode(header)
    if len(header_bytes) + len(payload) > LARGEST:
        raise Faulty(f"{len(header_bytes) + len(payload)} bytes; an envelope holds {LARGEST}")
    return Envelope(header_bytes, digest(payload), payload)


def read(raw: bytes) -> Envelope:
    """Return the envelope in `raw` as `to_bytes` wrote it.

    Raises:
        Faulty: too short, too long, or no header.
    """
    header_bytes, payload = _split(raw)
    return Envelope(header_bytes, digest(payload), payload)


def read_without_payload(raw: bytes) -> Envelope:
    """Return the envelope in `raw` as `without_payload` wrote it.

    Raises:
        Faulty: too short, too long, or no header.
    """
    header_bytes, payload_hash = _split(raw)
    if len(payload_hash) != NAME_BYTES:
        raise Faulty("the hash of the payload has the wrong length")
    return Envelope(header_bytes, payload_hash, None)


def _split(raw: bytes) -> tuple[bytes, bytes]:
    if not 2 < len(raw) <= LARGEST + 2:
        raise Faulty("no envelope has this length")
    end = 2 + int.from_bytes(raw[:2], "big")
    if end > len(raw):
        raise Faulty("the header is cut off")
    header_bytes = raw[2:end]
    read_header(header_bytes)
    return header_bytes, raw[end:]


def read_header(header_bytes: bytes) -> Header:
    """Return the header in `header_bytes`; further fields at its end are left alone.

    Raises:
        Faulty: no header of this protocol.
    """
    try:
        return msgspec.msgpack.decode(header_bytes, type=Header)
    except UNREADABLE as fault:
        raise Faulty(f"no header: {fault}") from fault


def to_sign(name: bytes) -> bytes:
    """Return what a device or the hub signs for an envelope of this name."""
    return _SIGNED + name


def sealing_info(device: bytes, header_bytes: bytes) -> bytes:
    """Return what a payload is bound to. It never changes with lane, position or incarnation."""
    return _SIGNED + device + header_bytes
