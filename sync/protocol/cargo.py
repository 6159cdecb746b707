"""Chunks and what is wanted of them: the same two frames in both directions. Source: docs/protocol.md 13."""

from typing import Annotated

import msgspec

from edge.domain.blob import CHUNK_BYTES
from edge.domain.envelope import NAME_BYTES, Faulty
from sync.protocol.messages import Count, Frame, frame, packed, unpacked

_ITEM_BYTES = 4
HEAD_BYTES = 4 + NAME_BYTES + _ITEM_BYTES   # what a chunk costs on the wire beside its own bytes
Name = Annotated[bytes, msgspec.Meta(min_length=NAME_BYTES, max_length=NAME_BYTES)]


class Chunk(msgspec.Struct, frozen=True):
    """One item of a blob: 0 is the list of hashes, 1 … n the chunks. Nothing about it is checked yet."""

    blob: bytes
    item: int
    content: bytes


class Want(msgspec.Struct, array_like=True, frozen=True):
    """Which items of a blob are missing here, as (first, last); none when it is complete.

    `envelope` is the name of an envelope that names the blob, for whoever has to say that it is lost.
    """

    blob: Name
    missing: tuple[tuple[Count, Count], ...]
    envelope: bytes = b""


def chunk_frame(chunk: Chunk) -> bytes:
    """Return the frame of a chunk."""
    return frame(Frame.CHUNK, chunk.blob + chunk.item.to_bytes(_ITEM_BYTES, "big") + chunk.content)


def read_chunk(body: bytes) -> Chunk:
    """Return the chunk in a frame's body.

    Raises:
        Faulty: too short or too long.
    """
    content = body[NAME_BYTES + _ITEM_BYTES:]
    if not 0 < len(content) <= CHUNK_BYTES:
        raise Faulty("no chunk")
    return Chunk(body[:NAME_BYTES], int.from_bytes(body[NAME_BYTES:NAME_BYTES + _ITEM_BYTES], "big"), content)


def want_frame(want: Want) -> bytes:
    """Return the frame of what is wanted."""
    return packed(Frame.WANT, want)


def read_want(body: bytes) -> Want:
    """Return what is wanted.

    Raises:
        Faulty: it has another shape.
    """
    want: Want = unpacked(body, Want)
    return want
