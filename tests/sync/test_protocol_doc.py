"""docs/protocol.md and the code say the same: every example is read and compared."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest

from edge.domain import envelope, receipt
from edge.domain.blob import cut, join, manifest, read_list
from edge.domain.envelope import Kind
from edge.domain.key_set import root_hash
from edge.domain.lane import DOWN, UP, link, start
from edge.domain.submission import State, transport
from edge.domain.use import DayUse
from edge.ground.keys import verify
from edge.ground.sealing import digest
from sync.hub.signed import read_line
from sync.protocol.cargo import Chunk, Want, read_chunk, read_want
from sync.protocol.enrolment import read_ticket, root_letters
from sync.protocol.exchange import read_ack, read_question, take_apart
from sync.protocol.ferry_file import Piece, loose, pieces
from sync.protocol.loose import read_head, read_load, read_word
from sync.protocol.messages import Frame, SignedAck, ack_to_sign, frames, packed, unpacked

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "protocol.md").read_text("utf-8")
EXAMPLES: dict[str, dict[str, Any]] = {
    found[1]: json.loads(found[2]) for found in re.finditer(r"```json (\S+)\n(.*?)\n```", TEXT, re.DOTALL)}


def raw(example: str, key: str) -> bytes:
    """Return the bytes of one entry."""
    return bytes.fromhex(EXAMPLES[example][key])


def test_the_page_has_all_its_examples() -> None:
    assert sorted(EXAMPLES) == [
        "black-book", "blob", "chain", "envelope", "file", "later-envelope", "load", "message", "receipt",
        "receipt-of-the-hub", "ticket", "use"]


def test_counts_of_use_have_the_bytes_that_the_page_says() -> None:
    example = {key: value for key, value in EXAMPLES["use"].items() if key != "frame"}
    said = msgspec.convert({**example, "incarnation": raw("use", "incarnation")}, dict)
    use = DayUse(**said)

    assert packed(Frame.USE, use) == raw("use", "frame")
    assert unpacked(next(frames(raw("use", "frame")))[1], DayUse) == use


def test_a_line_of_the_black_book_is_read_and_signed_as_it_says() -> None:
    example = EXAMPLES["black-book"]
    found = read_line(b"ferry1 book", example["line"].encode(), raw("black-book", "hub_public"))

    assert found is not None
    entry = json.loads(found[0])
    assert (entry["kind"], entry["subject"]) == (example["kind"], example["subject"])
    assert read_line(b"ferry1 book", example["line"].replace("revoked", "retired").encode(),
                     raw("black-book", "hub_public")) is None


def test_the_envelope_has_the_bytes_and_the_name_that_it_should() -> None:
    found = envelope.read(raw("envelope", "bytes"))

    assert found.header_bytes == raw("envelope", "header")
    assert (found.payload, found.payload_hash) == (raw("envelope", "payload"), raw("envelope", "payload_hash"))
    assert found.name(raw("envelope", "device")) == raw("envelope", "name")
    assert digest(raw("envelope", "device"), found.header_bytes, digest(raw("envelope", "payload"))) == found.name(
        raw("envelope", "device"))
    assert envelope.make(found.header, raw("envelope", "payload")) == found
    assert envelope.read_without_payload(raw("envelope", "bare")).name(raw("envelope", "device")) == raw(
        "envelope", "name")


def test_a_load_and_the_word_about_it_have_the_bytes_that_the_page_says() -> None:
    opened = take_apart(raw("load", "load"))
    opened.verify(raw("load", "device_public"))
    wants = read_word(raw("load", "word"), raw("load", "end_hash"), raw("load", "hub_public"))

    assert (read_head(opened).device, opened.end_hash) == (raw("load", "device"), raw("load", "end_hash"))
    assert read_load(opened) == [Chunk(raw("blob", "name"), 1, raw("blob", "chunk"))]
    assert [(want.blob, want.missing) for want in wants] == [(raw("blob", "name"), ())]


def test_an_envelope_of_a_later_version_is_read_and_named_by_its_bytes() -> None:
    found = envelope.read(raw("later-envelope", "bytes"))

    assert found.header.kind == EXAMPLES["later-envelope"]["kind"]
    assert found.to_bytes() == raw("later-envelope", "bytes")
    assert found.name(raw("later-envelope", "device")) == raw("later-envelope", "name")


def test_the_blob_is_cut_named_and_carried_as_the_page_says() -> None:
    key, plain, name = (raw("blob", entry) for entry in ("key", "plain", "name"))
    photo, listed = cut(plain, key), manifest([name])
    chunk, want = (next(frames(raw("blob", entry)))[1] for entry in ("chunk_frame", "want_frame"))

    assert photo.items == (raw("blob", "list"), raw("blob", "chunk")) and photo.name == name == digest(photo.items[0])
    assert read_list(name, raw("blob", "list")) == (digest(raw("blob", "chunk")),)
    assert join(key, [raw("blob", "chunk")]) == plain
    assert listed.chunks == (raw("blob", "manifest_chunk"),) and listed.name == raw("blob", "manifest")
    assert read_chunk(chunk) == Chunk(name, 1, raw("blob", "chunk"))
    assert read_want(want) == Want(name, ((0, 1),), bytes(32))
    assert read_want(next(frames(raw("blob", "complete_frame")))[1]).missing == ()


def test_the_chain_is_the_one_on_the_page() -> None:
    example = EXAMPLES["chain"]
    device, incarnation = raw("chain", "device"), raw("chain", "incarnation")
    chain = [start(UP, device, incarnation)]
    for name in example["names"]:
        chain.append(link(chain[-1], bytes.fromhex(name)))

    assert [value.hex() for value in chain] == example["chain"]
    assert start(DOWN, device, incarnation) == raw("chain", "down_start")


def test_the_receipt_code_is_read_however_it_is_typed() -> None:
    example = EXAMPLES["receipt"]
    weighted = sum(weight * receipt.ALPHABET.index(letter) for weight, letter in enumerate(example["code"], start=1))

    assert receipt.group(example["code"]) == example["grouped"]
    assert {receipt.read_code(typed) for typed in example["typed"]} == {example["code"]}
    assert {receipt.read_code(typed) for typed in example["refused"]} == {None}
    assert weighted % 31 == 0 and f"`{receipt.ALPHABET}`" in TEXT


def test_the_ticket_has_the_parts_on_the_page() -> None:
    example, ticket = EXAMPLES["ticket"], read_ticket(EXAMPLES["ticket"]["text"])

    assert (ticket.public, ticket.secret, ticket.root) == (
        example["public"], example["secret"], example["root_letters"])
    assert root_letters(root_hash(raw("ticket", "root"))) == ticket.root


def test_the_message_is_read_as_the_page_says() -> None:
    example, opened = EXAMPLES["message"], take_apart(raw("message", "bytes"))
    opened.verify(raw("message", "device_public"))
    question = read_question(opened)
    run = question.runs[0]

    assert (question.hello.number, opened.end_hash) == (example["number"], raw("message", "end_hash"))
    assert [run.lane.incarnation.hex(), run.lane.first, run.lane.before.hex()] == example["lane"]
    assert [one.name(question.hello.device).hex() for one in run.envelopes] == example["envelopes"]


def test_the_receipt_of_the_hub_is_signed_as_the_page_says() -> None:
    example = EXAMPLES["receipt-of-the-hub"]
    content, signature, hub = (raw("receipt-of-the-hub", key) for key in ("content", "signature", "hub_public"))

    ack = read_ack(SignedAck(content, signature), hub)

    assert verify(hub, signature, b"ferry1 ack" + content) and ack_to_sign(content) == b"ferry1 ack" + content
    assert (ack.n, ack.chain.hex(), ack.safe) == (example["n"], example["chain"], example["safe"])


def test_the_file_is_read_as_the_page_says_also_when_it_is_torn() -> None:
    example, device = EXAMPLES["file"], raw("envelope", "device")
    whole = raw("file", "bytes")
    opened = take_apart(whole)
    opened.verify(raw("file", "device_public"))
    (torn,) = pieces(BytesIO(whole[:example["torn_at"]]).read)
    found = loose(torn.raw)

    assert list(pieces(BytesIO(whole + whole).read)) == [Piece(whole, whole=True)] * 2
    assert (opened.end_hash, read_question(opened).hello.reply_to) == (raw("file", "end_hash"), "file")
    assert not torn.whole and found.device == device == bytes(range(16))
    assert [one.name(device).hex() for one, _ in found.envelopes] == example["names"]
    assert all(verify(raw("file", "device_public"), signature, b"ferry1 env" + one.name(device))
               for one, signature in found.envelopes)


def test_every_frame_and_every_kind_stands_on_the_page() -> None:
    rows = dict(re.findall(r"^\| (\d+) \| ([A-Z]+) \|", TEXT, re.MULTILINE))

    assert rows == {str(one.value): one.name for one in Frame}
    assert all(f"`{kind.value}`" in TEXT for kind in Kind)
    assert all(f"`{state.value}`" in TEXT for state in State)


@pytest.mark.parametrize(("place", "state"), [(9, "queued"), (5, "in_flight"), (4, "held"), (2, "safe")])
def test_the_state_follows_from_the_place(place: int, state: str) -> None:
    assert transport(place, sent=6, acked=4, safe=2) == state


def test_every_section_that_the_code_cites_is_there() -> None:
    sections = set(re.findall(r"^## (\d+)\.", TEXT, re.MULTILINE))
    cited: set[str] = set()
    for folder in ("edge", "sync"):
        for path in (ROOT / folder).rglob("*.py"):
            words = path.read_text("utf-8")
            for numbers in re.findall(r"protocol(?:\.md)? (\d+(?:\.\d+)?(?:,\s+\d+)*)", words):
                cited |= {number.split(".")[0].strip() for number in numbers.split(",")}

    assert cited <= sections


def test_the_hello_of_the_page_names_all_its_fields() -> None:
    from sync.protocol.messages import Hello
    row = next(line for line in TEXT.splitlines() if "| HELLO |" in line)
    said = {"reply_to": "reply-to", "device_time": "device time", "down": "lane down"}

    assert [field for field in msgspec.structs.fields(Hello) if said.get(field.name, field.name) not in row] == []


def test_every_test_that_the_testing_page_names_exists() -> None:
    page = (ROOT / "docs" / "testing.md").read_text("utf-8")
    tests = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))

    assert [name for name in set(re.findall(r"`(test_\w+)`", page)) if f"def {name}(" not in tests] == []


def test_the_testing_page_names_every_planted_bug() -> None:
    from tests.mutants import MUTANTS
    page = (ROOT / "docs" / "testing.md").read_text("utf-8")

    assert [one.name for one in MUTANTS if f"| {one.name} | `{one.file}` |" not in page] == []
    assert f"{len(MUTANTS)} are planted;" in page


def test_every_planted_bug_can_still_be_planted() -> None:
    from tests.mutants import MUTANTS

    assert [one.name for one in MUTANTS if (ROOT / one.file).read_text("utf-8").count(one.old) != 1] == []
