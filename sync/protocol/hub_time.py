"""The hub's time, signed with the asker's nonce: an old answer cannot be given twice. Source: docs/protocol.md 8.

No decision hangs on it; a machine whose clock is wrong by years learns it before its first exchange.
"""

import msgspec

from edge.domain.envelope import UNREADABLE, Faulty
from edge.ground.keys import verify

LEAST_NONCE, MOST_NONCE = 8, 32
_SIGNED = b"ferry1 time"


class Time(msgspec.Struct, array_like=True, frozen=True):
    """What the hub's clock shows, in seconds since 1970, and whom it answers."""

    hub: str
    nonce: bytes
    hub_time: int


class SignedTime(msgspec.Struct, array_like=True, frozen=True):
    """The bytes of a `Time` and the hub's signature over them."""

    content: bytes
    signature: bytes


def time_to_sign(content: bytes) -> bytes:
    """Return what the hub signs."""
    return _SIGNED + content


def read_time(raw: bytes, hub: bytes, nonce: bytes) -> Time:
    """Return the time that the owner of the 32-byte key `hub` told in answer to `nonce`.

    Raises:
        Faulty: not signed by it, or an answer to another question.
    """
    try:
        signed = msgspec.msgpack.decode(raw, type=SignedTime)
        told = msgspec.msgpack.decode(signed.content, type=Time)
    except UNREADABLE as fault:
        raise Faulty("no time") from fault
    if not verify(hub, signed.signature, time_to_sign(signed.content)):
        raise Faulty("the time is not signed by the hub")
    if told.nonce != nonce:
        raise Faulty("an answer to another question")
    return told
