"""Blobs: whatever is cut comes back whole, and nothing else does."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.domain.blob import (
    CHUNK_BYTES,
    EVERYTHING,
    MOST_CHUNKS,
    MOST_PARTS,
    PLAIN_BYTES,
    cut,
    fits,
    join,
    manifest,
    public,
    ranges,
    read_list,
    read_manifest,
    within,
)
from edge.domain.envelope import Faulty
from edge.ground.sealing import CannotOpen, digest

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
sizes = st.one_of(st.integers(1, 200), st.sampled_from(
    [PLAIN_BYTES - 1, PLAIN_BYTES, PLAIN_BYTES + 1, 2 * PLAIN_BYTES, 3 * PLAIN_BYTES + 7]))


@st.composite
def contents(draw: st.DrawFn) -> bytes:
    """Bytes of lengths around the edges of a chunk."""
    size, seed = draw(sizes), draw(st.binary(min_size=1, max_size=40))
    return (seed * (size // len(seed) + 1))[:size]


@given(contents())
def test_what_is_cut_comes_back(plain: bytes) -> None:
    blob = cut(plain, KEY)

    assert join(KEY, blob.chunks) == plain
    assert blob.name == digest(*blob.hashes) and read_list(blob.name, blob.items[0]) == blob.hashes
    assert all(fits(blob.hashes, number, chunk) for number, chunk in enumerate(blob.chunks, start=1))
    assert len(blob.chunks) == -(-len(plain) // PLAIN_BYTES) and max(map(len, blob.items)) <= CHUNK_BYTES
    assert blob.size == sum(map(len, blob.items))


@given(contents(), st.data())
def test_one_changed_bit_is_seen_before_use(plain: bytes, data: st.DataObject) -> None:
    blob = cut(plain, KEY)
    at = data.draw(st.integers(0, len(blob.items) - 1))
    place = data.draw(st.integers(0, len(blob.items[at]) - 1))
    flipped = bytearray(blob.items[at])
    flipped[place] ^= 1 << data.draw(st.integers(0, 7))

    if at == 0:
        with pytest.raises(Faulty):
            read_list(blob.name, bytes(flipped))
    else:
        assert not fits(blob.hashes, at, bytes(flipped))
        with pytest.raises(CannotOpen):
            join(KEY, [*blob.chunks[:at - 1], bytes(flipped), *blob.chunks[at:]])


def test_chunks_in_other_places_or_too_few_are_no_photo() -> None:
    blob = cut(bytes(2 * PLAIN_BYTES), KEY)
    first, second = blob.chunks

    for wrong in ([second, first], [first], [second], [first, second, second], []):
        with pytest.raises(CannotOpen):
            join(KEY, wrong)
    with pytest.raises(CannotOpen):
        join(OTHER_KEY, blob.chunks)
    assert not fits(blob.hashes, 2, first) and not fits(blob.hashes, 0, first) and not fits(blob.hashes, 3, first)


def test_equal_photos_under_keys_of_their_own_are_two_blobs() -> None:
    assert cut(b"the same", KEY).name != cut(b"the same", OTHER_KEY).name
    assert cut(b"the same", KEY) == cut(b"the same", KEY)


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40, unique=True))
def test_a_manifest_lists_what_it_was_given(names: list[bytes]) -> None:
    blob = manifest(names)

    assert read_manifest(b"".join(blob.chunks)) == tuple(names)
    assert read_list(blob.name, blob.items[0]) == blob.hashes


@pytest.mark.parametrize("content", [
    b"", b"x" * 31, b"x" * 33, b"x" * 64, b"".join(bytes([n % 256, n // 256]) * 16 for n in range(MOST_PARTS + 1))])
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(Faulty):
        read_manifest(content)


def test_nothing_and_too_much_are_no_blobs() -> None:
    with pytest.raises(Faulty):
        cut(b"", KEY)
    with pytest.raises(Faulty):
        public(b"")
    with pytest.raises(Faulty):
        public(bytes(MOST_CHUNKS * CHUNK_BYTES + 1))
    for item in (b"", b"x" * 31, b"x" * (CHUNK_BYTES + 32)):
        with pytest.raises(Faulty):
            read_list(digest(item), item)


@given(st.sets(st.integers(0, 60)), st.integers(1, 61))
def test_ranges_say_which_items(numbers: set[int], items: int) -> None:
    said = ranges(numbers)

    assert within(said, items) == sorted(number for number in numbers if number < items)
    assert all(first <= last for first, last in said)
    assert all(before[1] + 1 < after[0] for before, after in pairwise(said))


def test_everything_means_the_list_and_every_chunk() -> None:
    assert within(EVERYTHING, 4) == [0, 1, 2, 3]
    assert within(((2, 2**62),), 4) == [2, 3]
