"""The file on a stick: read piece by piece, whatever was torn off it or changed in it."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from edge.domain import envelope
from edge.domain.envelope import Faulty, Kind, to_sign
from edge.domain.lane import UP, start
from edge.ground.keys import SigningKey
from sync.protocol.exchange import Question, Run, read_question, take_apart, write_question
from sync.protocol.ferry_file import Piece, loose, pieces
from sync.protocol.messages import FILE, Frame, Hello, Lane, frame, frames

DEVICE, KEY = b"d" * 16, SigningKey(b"k" * 32)


def message(number: int, forms: int, size: int = 40) -> bytes:
    """Return a question for a file."""
    made = [envelope.make(envelope.Header(1, Kind.SUBMISSION, 1, b"", b"", bytes([number, place]) * 6, 1, 1, b"boot"),
                          bytes([place]) * size) for place in range(forms)]
    signed = [KEY.sign(to_sign(one.name(DEVICE))) for one in made]
    run = Run(Lane(b"incarnat", 1, start(UP, DEVICE, b"incarnat")), made, signed)
    return write_question(Question(Hello(DEVICE, number, 1, reply_to=FILE), [run]), KEY.sign)[0]


def read(raw: bytes) -> list[Piece]:
    """Return the pieces of a file."""
    return list(pieces(BytesIO(raw).read))


def names_in(raw: bytes) -> set[bytes]:
    """Return the names of the envelopes in a whole message."""
    return {one.name(DEVICE) for run in read_question(take_apart(raw)).runs for one in run.envelopes}


def test_a_file_is_its_messages_one_after_another() -> None:
    messages = [message(1, 2), message(2, 0), message(3, 5)]

    assert read(b"".join(messages)) == [Piece(raw, whole=True) for raw in messages]


def test_a_message_of_a_file_is_read_like_any_other() -> None:
    raw = message(1, 3)
    opened = take_apart(raw)
    opened.verify(KEY.public)

    assert len(read_question(opened).runs[0].envelopes) == 3
    assert [kind for kind, _, _ in frames(raw)].count(Frame.SIGNATURE) == 3


FILE_OF_THREE = b"".join([message(1, 2), message(2, 3), message(3, 1)])


@pytest.mark.parametrize("step", range(4))
def test_torn_at_any_byte_every_envelope_before_the_tear_counts(step: int) -> None:
    ends = {}   # where an envelope with its signature ends → its name
    for piece_at, raw in ((FILE_OF_THREE.index(one), one) for one in (message(1, 2), message(2, 3), message(3, 1))):
        for kind, body, at in frames(raw):
            if kind == Frame.ENVELOPE:
                name = envelope.read(body).name(DEVICE)
            if kind == Frame.SIGNATURE:
                ends[piece_at + at + 4 + len(body)] = name
    for cut in range(4 + step, len(FILE_OF_THREE), 4):
        found = read(FILE_OF_THREE[:cut])
        whole = {name for one in found if one.whole for name in names_in(one.raw)}
        parts = {one.name(DEVICE) for piece in found if not piece.whole for one, _ in loose(piece.raw).envelopes}
        assert whole | parts == {name for end, name in ends.items() if end <= cut}, cut


def test_in_parts_as_a_stick_gives_them_it_is_the_same() -> None:
    left = BytesIO(FILE_OF_THREE)

    assert list(pieces(lambda size: left.read(min(size, 7)))) == read(FILE_OF_THREE)


def test_what_is_no_file_of_messages_is_refused() -> None:
    for raw in (b"%PDF-1.7 whatever", b"PK\x03\x04 something else", b"\0" * 100):
        with pytest.raises(Faulty):
            read(raw)


def test_an_empty_file_is_torn() -> None:
    assert read(b"") == [Piece(b"", whole=False)] == read(b"\x01\0")


def test_a_frame_that_is_too_long_ends_the_reading_and_holds_no_memory() -> None:
    asked: list[int] = []
    source = BytesIO(message(1, 1) + bytes((Frame.HELLO,)) + b"\xff\xff\xff" + b"x" * 100)

    def watched(size: int) -> bytes:
        asked.append(size)
        return source.read(size)

    assert [one.whole for one in pieces(watched)] == [True, False]
    assert max(asked) < 1000


def test_a_message_without_an_end_never_grows_beyond_what_a_message_may_be() -> None:
    endless = message(1, 1)[:-104] + frame(Frame.CHUNK, b"x" * 1000) * 50

    found = list(pieces(BytesIO(endless).read, largest_message=5000))

    assert len(found) > 8 and all(not one.whole and len(one.raw) <= 5000 for one in found)


@settings(max_examples=300, deadline=None)
@given(some.binary(max_size=400))
def test_rubbish_never_breaks_the_reader(raw: bytes) -> None:
    try:
        for piece in read(raw):
            loose(piece.raw)
    except Faulty:
        return


@settings(max_examples=300, deadline=None)
@given(some.integers(4, len(FILE_OF_THREE) - 1), some.integers(1, 255))
def test_a_changed_byte_takes_nothing_away_but_what_it_stands_in(at: int, by: int) -> None:
    changed = FILE_OF_THREE[:at] + bytes([FILE_OF_THREE[at] ^ by]) + FILE_OF_THREE[at + 1:]
    for piece in read(changed):
        loose(piece.raw)

    before = [one for one in (message(1, 2), message(2, 3)) if FILE_OF_THREE.index(one) + len(one) <= at]
    assert [one.raw for one in read(changed)[:len(before)]] == before
