"""Loose chunks: pieces of photos that travel beside the conversation, and the hub's word about them.

A load of them bears no number and follows on nothing: each chunk proves itself by its hash. So order, loss and
repetition do no harm, and a load need not wait for the answer to the one before. Source: docs/protocol.md 13.
"""

from collections.abc import Iterable

import msgspec

from edge.domain.envelope import Faulty
from sync.protocol.cargo import Chunk, Want, chunk_frame, read_chunk, read_want, want_frame
from sync.protocol.exchange import Opened, Sign, close, take_apart
from sync.protocol.messages import Frame, packed, unpacked


class LoadHead(msgspec.Struct, array_like=True, frozen=True):
    """The head of a load: whose it is, and a nonce, so that no answer to another load fits."""

    device: bytes
    nonce: bytes


class WordHead(msgspec.Struct, array_like=True, frozen=True):
    """The head of the hub's word: which hub, and the hash of the END that it answers."""

    hub: str
    load: bytes


def write_load(head: LoadHead, chunks: Iterable[Chunk], sign: Sign) -> tuple[bytes, bytes]:
    """Return the bytes of a load and the hash of its END."""
    return close(packed(Frame.LOAD, head) + b"".join(chunk_frame(chunk) for chunk in chunks), sign)


def read_head(opened: Opened) -> LoadHead:
    """Return whose load it is; verify END before anything else is read.

    Raises:
        Faulty: it is no load.
    """
    head: LoadHead = unpacked(_first(opened, Frame.LOAD), LoadHead)
    return head


def read_load(opened: Opened) -> list[Chunk]:
    """Return the chunks of a load.

    Raises:
        Faulty: one is none.
    """
    return [read_chunk(body) for kind, body in opened.parts if kind == Frame.CHUNK]


def write_word(head: WordHead, wants: Iterable[Want], sign: Sign) -> bytes:
    """Return the bytes of the hub's word about a load."""
    return close(packed(Frame.WORD, head) + b"".join(want_frame(want) for want in wants), sign)[0]


def read_word(raw: bytes, load: bytes, hub: bytes) -> list[Want]:
    """Return what the owner of the 32-byte key `hub` still lacks of the blobs of one load.

    Raises:
        Faulty: not signed by it, or the answer to another load.
    """
    opened = take_apart(raw)
    opened.verify(hub)
    head: WordHead = unpacked(_first(opened, Frame.WORD), WordHead)
    if head.load != load:
        raise Faulty("the answer to another load")
    return [read_want(body) for kind, body in opened.parts if kind == Frame.WANT]


def _first(opened: Opened, kind: Frame) -> bytes:
    if not opened.parts or opened.parts[0][0] != kind:
        raise Faulty(f"no {kind.name}")
    return opened.parts[0][1]
