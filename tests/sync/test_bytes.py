"""Whatever bytes come in: read as they were written, or refused as faulty; nothing else."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edge.domain import envelope
from edge.domain.envelope import LARGEST, Envelope, Faulty, Header
from edge.domain.lane import DOWN, UP, Position, Standing, follow, link, standing, start
from edge.ground.keys import SigningKey
from edge.ground.sealing import digest
from sync.protocol.exchange import (
    Question,
    Reply,
    Run,
    Signed,
    close,
    read_hello,
    read_question,
    read_reply,
    take_apart,
    write_question,
    write_reply,
)
from sync.protocol.messages import Condition, Frame, Hello, Lane, Next, SignedAck, Welcome, frame, packed, unpacked

KEY, HUB = SigningKey(b"k" * 32), SigningKey(b"h" * 32)
DEVICE = b"d" * 16
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

moments = st.integers(-2**62, 2**62)
headers = st.builds(
    Header, st.integers(0, 255), st.text(max_size=8), st.integers(0, 9), st.binary(max_size=8), st.binary(max_size=32),
    st.binary(min_size=12, max_size=12), moments, moments, st.binary(max_size=8), st.binary(max_size=32),
    st.lists(st.text(max_size=5), max_size=3).map(tuple))
envelopes = st.builds(envelope.make, headers, st.binary(max_size=400))
hashes, incarnations = st.binary(min_size=32, max_size=32), st.binary(min_size=8, max_size=8)
positions = st.builds(Position, incarnations, st.integers(0, 2**62), hashes)


# --- envelopes

@few
@given(headers, st.binary(max_size=600))
def test_an_envelope_is_read_as_it_was_written(header: Header, payload: bytes) -> None:
    made = envelope.make(header, payload)

    again = envelope.read(made.to_bytes())

    assert (again, again.header, again.name(DEVICE)) == (made, header, made.name(DEVICE))


@few
@given(envelopes)
def test_an_envelope_without_its_payload_keeps_its_name(made: Envelope) -> None:
    bare = envelope.read_without_payload(made.without_payload())

    assert bare.payload is None
    assert bare.name(DEVICE) == made.name(DEVICE)


@few
@given(st.binary(max_size=300))
def test_any_bytes_are_an_envelope_or_faulty(raw: bytes) -> None:
    for read in (envelope.read, envelope.read_without_payload):
        try:
            found = read(raw)
        except Faulty:
            continue
        assert len(found.name(DEVICE)) == 32


@few
@given(envelopes, st.data())
def test_any_other_bytes_have_another_name(made: Envelope, data: st.DataObject) -> None:
    raw = bytearray(made.to_bytes())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    try:
        other = envelope.read(bytes(raw))
    except Faulty:
        return

    assert other.name(DEVICE) != made.name(DEVICE)


@few
@given(headers, st.binary(max_size=50), st.lists(moments | st.text(max_size=9) | st.binary(max_size=9), min_size=1))
def test_a_header_of_a_later_version_keeps_bytes_and_name(header: Header, payload: bytes, more: list[object]) -> None:
    fields = [*msgspec.to_builtins(header, builtin_types=(bytes,)), *more]
    header_bytes = msgspec.msgpack.encode(fields)
    raw = len(header_bytes).to_bytes(2, "big") + header_bytes + payload

    found = envelope.read(raw)

    assert found.header == header
    assert found.to_bytes() == raw
    assert found.name(DEVICE) == digest(DEVICE, header_bytes, digest(payload))


def test_an_envelope_holds_sixteen_kib_and_no_byte_more() -> None:
    header = Header(1, "sub", 1, b"", b"", b"n" * 12, 1, 1, b"boot")
    room = LARGEST - len(msgspec.msgpack.encode(header))

    assert envelope.read(envelope.make(header, b"x" * room).to_bytes()).payload == b"x" * room
    with pytest.raises(Faulty):
        envelope.make(header, b"x" * (room + 1))
    with pytest.raises(Faulty):
        envelope.read(envelope.make(header, b"x" * room).to_bytes() + b"x")


def test_the_name_belongs_to_the_device() -> None:
    made = envelope.make(Header(1, "sub", 1, b"", b"", b"n" * 12, 1, 1, b"boot"), b"x")

    assert made.name(b"a" * 16) != made.name(b"b" * 16)


# --- lanes

names = st.lists(st.binary(min_size=32, max_size=32), max_size=20)


@few
@given(names, st.data())
def test_a_chain_goes_on_from_any_place(entries: list[bytes], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(entries)))
    first = start(UP, DEVICE, b"12345678")

    assert follow(follow(first, entries[:cut]), entries[cut:]) == follow(first, entries)


@few
@given(names)
def test_another_order_is_another_chain(entries: list[bytes]) -> None:
    other = entries[::-1]
    first = start(UP, DEVICE, b"12345678")

    assert (follow(first, entries) == follow(first, other)) == (entries == other)


@few
@given(names, names)
def test_a_claim_is_mine_when_its_chain_is(mine: list[bytes], other: list[bytes]) -> None:
    chain, incarnation = start(UP, DEVICE, b"12345678"), b"12345678"
    ours = [chain := link(chain, name) for name in mine]
    claim = Position(incarnation, len(other), follow(start(UP, DEVICE, incarnation), other))
    at_n = start(UP, DEVICE, incarnation) if not other else ours[len(other) - 1] if len(other) <= len(ours) else None

    found = standing(incarnation, at_n, claim)

    assert (found is Standing.MINE) == (mine[:len(other)] == other)


def test_another_lane_says_nothing_about_mine() -> None:
    chain = start(UP, DEVICE, b"12345678")

    assert standing(b"12345678", chain, Position(b"87654321", 0, chain)) is Standing.OTHER_LANE
    assert start(UP, DEVICE, b"12345678") != start(DOWN, DEVICE, b"12345678")


# --- messages

counts = st.integers(0, 2**40)
conditions = st.builds(Condition, st.text(max_size=9), counts, counts, counts, counts, st.binary(max_size=32), counts)
hellos = st.builds(Hello, st.just(DEVICE), st.integers(0, 2**62), moments, receipt=st.none() | positions,
                   down=st.none() | positions, condition=conditions, nonce=st.binary(max_size=8))
lanes = st.builds(Lane, incarnations, st.integers(1, 2**62), hashes)
runs = st.builds(Run, lanes, st.lists(envelopes, max_size=4))
signed = st.builds(Signed, envelopes, st.binary(min_size=64, max_size=64))
questions = st.builds(Question, hellos, st.lists(runs, max_size=3), st.lists(signed, max_size=2))
replies = st.builds(
    Reply, st.builds(Welcome, st.text(max_size=16), st.binary(min_size=32, max_size=32), moments, st.just("active"),
                     down=st.none() | positions),
    st.lists(st.builds(SignedAck, st.binary(max_size=90), st.binary(min_size=64, max_size=64)), max_size=2),
    st.lists(signed, max_size=3), st.builds(Next, st.integers(0, 99), st.integers(0, 2**30), st.booleans()))


@pytest.mark.parametrize(("incarnation", "chain"), [(b"", b""), (b"1234567", b""), (b"123456789", b""),
                                                     (b"12345678", bytes(33))])
def test_a_lane_whose_name_or_chain_has_another_length_is_faulty(incarnation: bytes, chain: bytes) -> None:
    for shape, said in ((Lane, Lane(incarnation, 1, chain)), (Position, Position(incarnation, 1, chain))):
        with pytest.raises(Faulty, match="length"):
            unpacked(msgspec.msgpack.encode(said), shape)


@few
@given(questions)
def test_a_question_is_read_as_it_was_written(question: Question) -> None:
    raw, end_hash = write_question(question, KEY.sign)
    opened = take_apart(raw)
    opened.verify(KEY.public)

    assert (read_question(opened), opened.end_hash) == (question, end_hash)


@few
@given(replies)
def test_a_reply_is_read_as_it_was_written(reply: Reply) -> None:
    assert read_reply(write_reply(reply, HUB.sign), HUB.public) == reply


@few
@given(replies, st.data())
def test_a_message_cut_anywhere_is_faulty(reply: Reply, data: st.DataObject) -> None:
    raw = write_reply(reply, HUB.sign)
    end = data.draw(st.integers(0, len(raw) - 1))

    with pytest.raises(Faulty):
        read_reply(raw[:end], HUB.public)


@few
@given(replies, st.data())
def test_a_message_with_any_bit_changed_is_faulty(reply: Reply, data: st.DataObject) -> None:
    raw = bytearray(write_reply(reply, HUB.sign))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(Faulty):
        read_reply(bytes(raw), HUB.public)


@few
@given(replies, st.binary(min_size=1, max_size=40))
def test_nothing_may_follow_the_end(reply: Reply, more: bytes) -> None:
    with pytest.raises(Faulty):
        read_reply(write_reply(reply, HUB.sign) + more, HUB.public)


@few
@given(st.binary(max_size=400))
def test_any_bytes_are_faulty_as_a_message(raw: bytes) -> None:
    with pytest.raises(Faulty):
        read_reply(raw, HUB.public)
    with pytest.raises(Faulty):
        read_question(take_apart(raw))


def test_a_message_of_somebody_else_is_faulty() -> None:
    raw = write_reply(Reply(Welcome("hub", b"q" * 32, 1, "active")), KEY.sign)

    with pytest.raises(Faulty):
        read_reply(raw, HUB.public)


def test_a_frame_of_a_later_version_is_stepped_over() -> None:
    hello = Hello(DEVICE, 1, 1)
    body = packed(Frame.HELLO, hello) + bytes((9,)) + (3).to_bytes(3, "big") + b"new"

    opened = take_apart(close(body, KEY.sign)[0])

    assert read_question(opened) == Question(hello)


def test_an_envelope_before_any_lane_is_faulty() -> None:
    made = envelope.make(Header(1, "sub", 1, b"", b"", b"n" * 12, 1, 1, b"boot"), b"x")
    body = packed(Frame.HELLO, Hello(DEVICE, 1, 1)) + frame(Frame.ENVELOPE, made.to_bytes())

    with pytest.raises(Faulty):
        read_question(take_apart(close(body, KEY.sign)[0]))
    with pytest.raises(Faulty):
        read_hello(take_apart(close(b"", KEY.sign)[0]))
