"""Packed answers come back as they went, whatever they are; hostile bytes are refused and nothing else happens."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from edge.domain.answers import check
from edge.domain.bits import BitReader, BitWriter
from edge.domain.catalogue import item_from_bytes, item_to_bytes
from edge.domain.form import Item
from edge.domain.form_walk import form_fields
from edge.domain.packing import AS_JSON, BITS, pack_answers, unpack_answers
from tests.domain.filled import CATALOGUE, COUNTY, JSON_VALUES, TODAY, filled
from tests.house.tree import ROOT

FEW = ("CL-02", "MZ-02", "QY-01", "SS-04", "SW-04", "YB-01")   # together they hold every kind of question
ITEMS = pytest.mark.parametrize("code", FEW)



@ITEMS
@settings(max_examples=12)
@given(data=st.data())
def test_checked_answers_come_back_and_take_the_bit_form(code: str, data: st.DataObject) -> None:
    item = CATALOGUE.item(code)
    answers = check(item, data.draw(filled(item)), COUNTY, TODAY).answers
    packed = pack_answers(item, answers)
    assert packed[0] == BITS
    assert unpack_answers(item, packed) == answers
    assert pack_answers(item, dict(reversed(answers.items()))) == packed


@ITEMS
@settings(max_examples=30)
@given(data=st.data())
def test_any_json_comes_back(code: str, data: st.DataObject) -> None:
    item = CATALOGUE.item(code)
    keys = st.sampled_from([field.key for field in form_fields(item)]) | st.text(max_size=10)
    answers: dict[str, Any] = data.draw(st.dictionaries(keys, JSON_VALUES, max_size=6))
    back = unpack_answers(item, pack_answers(item, answers))
    assert {key: repr(value) for key, value in back.items()} == {key: repr(value) for key, value in answers.items()}


@pytest.mark.parametrize("change", [
    {"machines": True}, {"machines": 1.0}, {"machines": 1 << 70}, {"bulk": 0}, {"declaration": False}, {"name": None},
    {"id_number": "110105197503120033"}, {"id_number": 5}, {"credit_code": "x"}, {"mobile": "１３８００００００００"},
    {"shop_place": ["370399001203"]}, {"shop_place": ["37039900120x", "x"]}, {"sale": "barter"}, {"name": "\ud800"},
    {"machines": -3}, {"other": {"deep": [1]}},
])
def test_values_that_are_not_canonical_come_back_too(change: dict[str, Any]) -> None:
    item = CATALOGUE.item("SS-04")
    answers = {**item.example, **change}
    back = unpack_answers(item, pack_answers(item, answers))
    assert {key: repr(value) for key, value in back.items()} == {key: repr(value) for key, value in answers.items()}


@ITEMS
@settings(max_examples=60)
@given(raw=st.binary(max_size=200))
@example(raw=b"").via("nothing")
@example(raw=b"\x01" + b"\xff" * 150).via("all bits")
@example(raw=bytes([AS_JSON]) + b"[" * 100_000).via("deep")
@example(raw=bytes([AS_JSON]) + b'{"a":NaN}').via("no JSON")
@example(raw=bytes([AS_JSON]) + b"[1]").via("no object")
@example(raw=bytes([AS_JSON]) + b'{"a":' + b"9" * 6000 + b"}").via("a huge number")
def test_hostile_bytes_raise_value_error_only(code: str, raw: bytes) -> None:
    item = CATALOGUE.item(code)
    for data in (raw, bytes([BITS]) + raw):
        try:
            answers = unpack_answers(item, data)
        except ValueError:
            continue
        assert isinstance(answers, dict)


@ITEMS
@settings(max_examples=60)
@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_flipped_bit_gives_other_answers_or_an_error(code: str, place: int, bit: int) -> None:
    item = CATALOGUE.item(code)
    packed = bytearray(pack_answers(item, item.example))
    packed[place % len(packed)] ^= 1 << bit
    try:
        back = unpack_answers(item, bytes(packed))
    except ValueError:
        return
    assert back != item.example


@pytest.mark.parametrize("tail", [b"\x00", b"\x01", b"\xff\xff"])
def test_nothing_may_follow_the_form(tail: bytes) -> None:
    item = CATALOGUE.item("MZ-01")
    with pytest.raises(ValueError, match="more than the form"):
        unpack_answers(item, pack_answers(item, item.example) + tail)


def test_too_much_is_refused_both_ways() -> None:
    item = CATALOGUE.item("MZ-01")
    with pytest.raises(ValueError, match="too long"):
        pack_answers(item, {"name": "长" * 70_000})
    with pytest.raises(ValueError, match="64 KiB"):
        unpack_answers(item, b"\x01" * 70_000)


def test_the_few_that_stand_for_all_hold_every_kind_of_question() -> None:
    def kinds(items: Iterable[Item]) -> set[str]:
        return {field.kind for item in items for one in form_fields(item) for field in (one, *one.fields)}
    assert kinds(CATALOGUE.item(code) for code in FEW) == kinds(CATALOGUE.items.values())


@pytest.mark.parametrize("code", sorted(CATALOGUE.items))
def test_an_example_packs_small_and_comes_back(code: str) -> None:
    item = CATALOGUE.item(code)
    assert unpack_answers(item, pack_answers(item, item.example)) == item.example
    by_hand = any(field.kind in ("group", "signature", "long_text") for field in form_fields(item))
    assert len(pack_answers(item, item.example)) <= (240 if by_hand else 110)


@given(st.lists(st.integers(0, 1 << 62), max_size=20))
def test_numbers_of_any_size_come_back(numbers: list[int]) -> None:
    writer = BitWriter()
    for number in numbers:
        writer.put_number(number)
    reader = BitReader(writer.done())
    assert [reader.take_number() for _ in numbers] == numbers
    reader.end()


def test_a_number_written_longer_than_it_is_is_refused() -> None:
    writer = BitWriter()
    writer.put(0b10001, 5)
    writer.put(0b00000, 5)
    with pytest.raises(ValueError, match="longer"):
        BitReader(writer.done()).take_number()
    with pytest.raises(ValueError, match="fit"):
        writer.put(4, 2)


@pytest.mark.parametrize("code", ["CL-02", "SS-04"])
def test_what_the_first_version_published_and_packed_still_opens(code: str) -> None:
    """The item and its packed example as version 0.1 wrote them: forms on their way, and cases of ten years."""
    kept = json.loads((ROOT / "tests/domain/data/published_in_0_1.json").read_text(encoding="utf-8"))[code]
    data = json.dumps(kept["item"], ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    item = item_from_bytes(data)
    assert item_to_bytes(item) == data, "nothing is added to what was published"
    assert unpack_answers(item, bytes.fromhex(kept["packed"])) == item.example
    assert pack_answers(item, item.example).hex() == kept["packed"]
