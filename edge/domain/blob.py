"""The blob: anything too large for an envelope, cut into chunks that are named by their hash.

Item 0 of a blob is the list of its chunks' hashes, 32 bytes each; the hash of item 0 names the blob; items 1 … n are
the chunks, at most 32 KiB each. So a receiver can check every chunk by itself, in any order, before it is stored, and
goes on after any cut at the next chunk. Source: docs/protocol.md 13.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from edge.domain.envelope import NAME_BYTES, Faulty
from edge.ground.sealing import CannotOpen, digest, lock_part, unlock_part

CHUNK_BYTES = 32 * 1024
TAG_BYTES = 16
PLAIN_BYTES = CHUNK_BYTES - TAG_BYTES
MOST_CHUNKS = CHUNK_BYTES // NAME_BYTES   # the list itself is an item: 1,024 chunks, 32 MiB
MOST_PARTS = 256                          # blobs that one envelope may name
_BOUND = b"ferry1 chunk"
_NONCE_BYTES = 12

Ranges = tuple[tuple[int, int], ...]
"""Numbers of items, as (first, last), both included, rising."""
EVERYTHING: Ranges = ((0, MOST_CHUNKS),)


@dataclass(frozen=True)
class Blob:
    """A blob whole: its name, the hashes of its chunks, the chunks."""

    name: bytes
    hashes: tuple[bytes, ...]
    chunks: tuple[bytes, ...]

    @property
    def items(self) -> tuple[bytes, ...]:
        """What travels: the list, then the chunks."""
        return (b"".join(self.hashes), *self.chunks)

    @property
    def size(self) -> int:
        """Bytes of all items."""
        return sum(map(len, self.items))


def cut(plain: bytes, key: bytes) -> Blob:
    """Return `plain` as chunks under the 32-byte `key`, which must never have been used before.

    Raises:
        Faulty: nothing at all, or more than 1,024 chunks.
    """
    parts = _parts(plain, PLAIN_BYTES)
    return _named([lock_part(key, _nonce(number), part, _bound(number, len(parts)))
                   for number, part in enumerate(parts, start=1)])


def join(key: bytes, chunks: Sequence[bytes]) -> bytes:
    """Return what was cut under `key`.

    Raises:
        CannotOpen: another key, a chunk that is damaged, missing, or in another place.
    """
    if not chunks:
        raise CannotOpen("no chunks")
    return b"".join(unlock_part(key, _nonce(number), chunk, _bound(number, len(chunks)))
                    for number, chunk in enumerate(chunks, start=1))


def public(content: bytes) -> Blob:
    """Return `content`, which is no secret, as a blob in clear.

    Raises:
        Faulty: nothing at all, or more than 1,024 chunks.
    """
    return _named(_parts(content, CHUNK_BYTES))


def manifest(names: Iterable[bytes]) -> Blob:
    """Return the blob that lists which blobs belong to an envelope; its own name stands in the envelope's header.

    Raises:
        Faulty: none, or more than 256.
    """
    content = b"".join(names)
    read_manifest(content)
    return public(content)


def read_manifest(content: bytes) -> tuple[bytes, ...]:
    """Return the names in a manifest.

    Raises:
        Faulty: cut off, none, one twice, or more than 256.
    """
    names = tuple(content[at:at + NAME_BYTES] for at in range(0, len(content), NAME_BYTES))
    if not 0 < len(names) <= MOST_PARTS or len(content) % NAME_BYTES or len(set(names)) != len(names):
        raise Faulty("no list of blobs")
    return names


def read_list(name: bytes, item: bytes) -> tuple[bytes, ...]:
    """Return the hashes of the chunks of the blob `name` from its item 0.

    Raises:
        Faulty: not this blob's list, or no list.
    """
    if digest(item) != name:
        raise Faulty("the list does not hash to the name")
    if not item or len(item) % NAME_BYTES or len(item) > CHUNK_BYTES:
        raise Faulty("no list of chunks")
    return tuple(item[at:at + NAME_BYTES] for at in range(0, len(item), NAME_BYTES))


def fits(hashes: Sequence[bytes], number: int, chunk: bytes) -> bool:
    """Return whether `chunk` is the one with this number, from 1 on."""
    return 1 <= number <= len(hashes) and len(chunk) <= CHUNK_BYTES and digest(chunk) == hashes[number - 1]


def ranges(numbers: Iterable[int]) -> Ranges:
    """Return numbers as ranges."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)


def within(asked: Ranges, items: int) -> list[int]:
    """Return the numbers of the items in `asked` that a blob with this many items has, rising."""
    return sorted({number for first, last in asked for number in range(max(0, first), min(last, items - 1) + 1)})


def _parts(content: bytes, size: int) -> list[bytes]:
    parts = [content[at:at + size] for at in range(0, len(content), size)]
    if not 0 < len(parts) <= MOST_CHUNKS:
        raise Faulty(f"{len(content)} bytes are no blob")
    return parts


def _named(chunks: list[bytes]) -> Blob:
    hashes = tuple(digest(chunk) for chunk in chunks)
    return Blob(digest(*hashes), hashes, tuple(chunks))


def _nonce(number: int) -> bytes:
    return number.to_bytes(_NONCE_BYTES, "big")


def _bound(number: int, count: int) -> bytes:
    # bound to place and count: chunks cannot change places, and a blob cannot end early
    return _BOUND + number.to_bytes(4, "big") + count.to_bytes(4, "big")
