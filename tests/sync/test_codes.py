"""What is sealed, printed, typed and scanned: right, or refused."""

import random
import zlib

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edge.domain import receipt
from edge.domain.envelope import Faulty
from edge.domain.genuine import Judged, Verdict, judge
from edge.domain.key_set import DeviceKey, KeySet, open_key_set
from edge.domain.submission import LARGEST_BODY, Body, from_payload, to_payload
from edge.ground.clock import Chance
from edge.ground.keys import SealingKey, SigningKey
from edge.ground.sealing import CannotOpen, digest, open_sealed, seal, unpad
from edge.ground.sealing import pad as padded
from sync.protocol import enrolment

KEY, HUB = SigningKey(b"k" * 32), SigningKey(b"h" * 32)
DEVICE = b"d" * 16
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


# --- what is inside the seal

@few
@given(st.binary(max_size=3000) | st.text(max_size=900).map(str.encode))
def test_a_body_is_unpacked_as_it_was_packed(body: bytes) -> None:
    assert from_payload(to_payload(body)) == body
    assert len(to_payload(body)) <= len(body) + 1


@few
@given(item=st.text("ABC-0123456789", max_size=40), version=st.integers(0, 2**31), seed=st.integers(0, 999),
       track=st.binary(min_size=30, max_size=33), answers=st.binary(max_size=300), behind=st.tuples(
           st.sampled_from(["kiosk", "api", "paper", "of a later version"]), st.sampled_from(["", "李师傅"]),
           st.integers(0, 9)))
def test_every_body_is_read_as_it_was_written_and_takes_no_more_bytes(
        item: str, version: int, seed: int, track: bytes, answers: bytes, behind: tuple[str, str, int]) -> None:
    code = receipt.new_code(random.Random(seed).randbytes)
    body = msgspec.msgpack.encode(Body(item, version, code, track, answers, *behind))

    assert from_payload(to_payload(body)) == body
    assert len(to_payload(body)) <= len(body) + 1


def test_what_all_bodies_say_alike_takes_sixteen_bytes_less() -> None:
    body = msgspec.msgpack.encode(Body("RS-01", 1, "DKSY6CJRXA", digest(b"track"), random.Random(1).randbytes(120)))

    assert len(to_payload(body)) == len(body) - 16


@pytest.mark.parametrize("version", ["0", "1"])
def test_a_body_that_was_written_before_the_short_form_is_read_for_ever(version: str) -> None:
    body = msgspec.msgpack.encode(Body("RS-01", 1, "DKSY6CJRXA", bytes(32), b"answers" * 9))
    old = {"0": b"\0" + body, "1": b"\1" + zlib.compress(body, 9, wbits=-15)}[version]

    assert from_payload(old) == body


@pytest.mark.parametrize("mark", [b"\2", b"\3"])
@given(st.binary(max_size=120))
def test_any_short_form_is_a_body_or_faulty(mark: bytes, content: bytes) -> None:
    try:
        msgspec.msgpack.decode(from_payload(mark + content))
    except Faulty:
        return


@few
@given(st.binary(max_size=300))
def test_any_payload_is_a_body_or_faulty(payload: bytes) -> None:
    try:
        assert len(from_payload(payload)) <= LARGEST_BODY
    except Faulty:
        return


@pytest.mark.parametrize("size", [LARGEST_BODY + 1, 4 * LARGEST_BODY, 64 * LARGEST_BODY])
def test_a_bomb_is_refused(size: int) -> None:
    for mark in (b"\1", b"\3"):
        with pytest.raises(Faulty):
            from_payload(mark + zlib.compress(b"0" * size, 9, wbits=-15))


@few
@given(st.binary(max_size=300), st.binary(max_size=40))
def test_what_is_sealed_opens_with_key_and_purpose_only(plain: bytes, info: bytes) -> None:
    key, other = SealingKey(b"s" * 32), SealingKey(b"o" * 32)
    box = seal(key.public, info, plain)

    assert open_sealed(key, info, box) == plain
    assert len(box) % 16 == 0 and len(box) == 48 + len(padded(plain))
    for with_key, purpose, came in ((other, info, box), (key, info + b"x", box), (key, info, box[:-1])):
        with pytest.raises(CannotOpen):
            open_sealed(with_key, purpose, came)


@few
@given(st.binary(max_size=100))
def test_padding_comes_off_again(plain: bytes) -> None:
    assert unpad(padded(plain)) == plain


# --- codes and tickets

def _chance(seed: int) -> Chance:
    return random.Random(seed).randbytes


codes = st.integers(0, 2**60).map(lambda seed: receipt.new_code(_chance(seed)))


@few
@given(codes)
def test_every_single_wrong_letter_of_a_code_is_caught(code: str) -> None:
    wrong = {code[:at] + letter + code[at + 1:] for at in range(len(code)) for letter in receipt.ALPHABET} - {code}

    assert receipt.read_code(code) == code
    assert [one for one in wrong if receipt.read_code(one)] == []


@few
@given(codes)
def test_every_swap_of_neighbours_in_a_code_is_caught(code: str) -> None:
    swapped = {code[:at] + code[at + 1] + code[at] + code[at + 2:] for at in range(len(code) - 1)} - {code}

    assert [one for one in swapped if receipt.read_code(one)] == []


@few
@given(st.text(max_size=14))
def test_anything_typed_is_a_code_or_none(typed: str) -> None:
    found = receipt.read_code(typed)

    assert found is None or receipt.read_code(receipt.group(found)) == found


tickets = st.integers(0, 2**60).map(lambda seed: enrolment.new_ticket(digest(seed.to_bytes(8, "big")), _chance(seed)))


@few
@given(tickets)
def test_a_ticket_is_read_as_it_is_printed(ticket: enrolment.Ticket) -> None:
    assert enrolment.read_ticket(ticket.text()) == ticket
    assert enrolment.read_ticket(ticket.text().lower().replace("-", " ")) == ticket


@few
@given(tickets, st.data())
def test_a_wrong_letter_of_a_ticket_is_caught(ticket: enrolment.Ticket, data: st.DataObject) -> None:
    text = ticket.text().replace("-", "")
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from([one for one in receipt.ALPHABET if one != text[at]]))
    with pytest.raises(Faulty):
        enrolment.read_ticket(text[:at] + letter + text[at + 1:])
    with pytest.raises(Faulty):
        enrolment.read_ticket(text[:at] + text[at + 1:])


@few
@given(st.text(max_size=50))
def test_anything_typed_is_a_ticket_or_faulty(typed: str) -> None:
    try:
        enrolment.read_ticket(typed)
    except Faulty:
        return


@few
@given(st.binary(max_size=200))
def test_any_bytes_are_faulty_as_key_set_and_certificate(raw: bytes) -> None:
    with pytest.raises(Faulty):
        open_key_set(raw)
    with pytest.raises(Faulty):
        enrolment.open_certificate(raw, HUB.sign(raw), HUB.public)
    with pytest.raises(Faulty):
        enrolment.open_certificate(raw, HUB.sign(enrolment.certificate_to_sign(raw)), HUB.public)


@few
@given(st.binary(min_size=32, max_size=32), codes, st.integers(0, 2**40), st.data())
def test_a_receipt_that_was_changed_is_not_genuine(name: bytes, code: str, at: int, data: st.DataObject) -> None:
    device = DEVICE
    statement = receipt.Statement(device, name, code, "RS-01", at)
    text = receipt.qr_text(KEY, statement)
    place = data.draw(st.integers(4, len(text) - 1))
    changed = text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1:]

    assert judge(text, _county(KEY.public)).statement == statement
    assert judge(changed, _county(KEY.public)).verdict in (Verdict.FALSE, Verdict.STRANGER, Verdict.NO_RECEIPT)
    assert judge(text, _county(HUB.public)) == Judged(Verdict.FALSE)
    assert judge(text, _county(KEY.public, device=bytes(16))) == Judged(Verdict.STRANGER)


@pytest.mark.parametrize(("at", "verdict"), [(99, Verdict.TRUE), (100, Verdict.DOUBTFUL), (101, Verdict.DOUBTFUL)])
def test_what_a_machine_signed_after_it_was_struck_off_is_doubtful(at: int, verdict: Verdict) -> None:
    text = receipt.qr_text(KEY, receipt.Statement(DEVICE, bytes(32), "DKSY6CJRXA", "RS-01", at))

    assert judge(text, _county(KEY.public)).verdict is Verdict.TRUE
    assert judge(text, _county(KEY.public, revoked_at=100)).verdict is verdict


def test_what_a_scanner_does_to_the_letters_changes_nothing() -> None:
    text = receipt.qr_text(KEY, receipt.Statement(DEVICE, bytes(32), "DKSY6CJRXA", "RS-01", 7))

    # caps lock, an input method for Chinese, and gaps
    for typed in (text.lower(), text.replace(":", "："), f" {text[:90]}\r\n{text[90:]}"):
        assert judge(typed, _county(KEY.public)).verdict is Verdict.TRUE


def _county(public: bytes, *, device: bytes = DEVICE, revoked_at: int = 0) -> KeySet:
    return KeySet(1, bytes(32), bytes(32), (), (DeviceKey(device, public, "柳河镇", "2 号机", revoked_at),))


@few
@given(st.text(max_size=60))
def test_anything_scanned_is_a_receipt_or_faulty(text: str) -> None:
    assert judge(text, _county(KEY.public)).verdict is Verdict.NO_RECEIPT
