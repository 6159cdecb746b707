"""A file of messages, one after another, as a stick carries it. Source: docs/protocol.md 14.

The reader holds one message at a time, whatever the size of the file, and uses no name from inside. A file that was
torn, or in which bytes have changed, still counts: every message that is whole, and of the others every part that
carries a signature of its own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from edge.domain import envelope
from edge.domain.envelope import Envelope, Faulty
from edge.ground.keys import SIGNATURE_BYTES
from sync.protocol.cargo import Chunk, read_chunk
from sync.protocol.messages import LARGEST_MESSAGE, Frame, Hello, SignedAck, frames, unpacked

LARGEST_FILE = 24 * 1024 * 1024
SUFFIX = ".ferry"
HEAD_BYTES = 4
FIRST = (Frame.HELLO, Frame.WELCOME)
Read = Callable[[int], bytes]
"""Called with n, returns up to n bytes, none at the end."""


@dataclass(frozen=True)
class Piece:
    """What stands in a file between two beginnings: a whole message, or what is left of one."""

    raw: bytes
    whole: bool


@dataclass(frozen=True)
class Loose:
    """What stands by itself in a torn message: envelopes with the device's signature, chunks, the hub's receipts."""

    device: bytes | None
    envelopes: list[tuple[Envelope, bytes]] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)     # each is named by its own hash
    acks: list[SignedAck] = field(default_factory=list)


def is_question(piece: Piece) -> bool:
    """Return whether a device says this; else the hub does."""
    return piece.raw[:1] == bytes((Frame.HELLO,))


def pieces(read: Read, largest_message: int = LARGEST_MESSAGE) -> Iterator[Piece]:
    """Yield the messages of a file in their order.

    Raises:
        Faulty: it does not begin as a file of messages does.
    """
    held, begun = bytearray(), False
    while head := _exactly(read, HEAD_BYTES):
        kind, length = head[0], int.from_bytes(head[1:], "big")
        if not begun and kind not in FIRST:
            raise Faulty("no file of messages")
        begun = True
        if held and (kind in FIRST or len(held) + length > largest_message):
            yield Piece(bytes(held), whole=False)   # its end is lost
            held.clear()
        # no frame is longer than a message: from here on nothing could be told apart
        body = _exactly(read, length) if len(head) == HEAD_BYTES and length <= largest_message else b""
        if len(head) + len(body) < HEAD_BYTES + length:
            yield Piece(bytes(held), whole=False)
            return
        held += head + body
        if kind == Frame.END:
            yield Piece(bytes(held), whole=True)
            held.clear()
    if held or not begun:
        yield Piece(bytes(held), whole=False)


def loose(raw: bytes) -> Loose:
    """Return what stands by itself in a message without a good end; what cannot be read is stepped over."""
    device, found = None, Loose(None)
    before: Envelope | None = None
    for kind, body, _ in frames(raw):
        try:
            if kind == Frame.HELLO:
                device = unpacked(body, Hello).device
            elif kind == Frame.ACK:
                found.acks.append(unpacked(body, SignedAck))
            elif kind == Frame.CHUNK:
                found.chunks.append(read_chunk(body))
            elif kind == Frame.SIGNATURE and before is not None and len(body) == SIGNATURE_BYTES:
                found.envelopes.append((before, body))
            before = _envelope(kind, body)
        except Faulty:
            before = None
    return replace(found, device=device)


def _envelope(kind: int, body: bytes) -> Envelope | None:
    if kind == Frame.ENVELOPE:
        return envelope.read(body)
    return envelope.read_without_payload(body) if kind == Frame.BARE else None


def _exactly(read: Read, size: int) -> bytes:
    """Return `size` bytes, fewer only at the end: a stick may give them in parts."""
    parts, left = [], size
    while left and (part := read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
