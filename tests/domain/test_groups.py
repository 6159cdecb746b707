"""Rows, computed values, months, decimals, numbers typed twice, papers signed here: one form that holds them all."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.domain.answers import Checked, check, questions, show
from edge.domain.catalogue_check import item_faults
from edge.domain.form import Field
from edge.domain.form_walk import as_asked, form_fields
from edge.domain.packing import BITS, pack_answers, unpack_answers
from edge.domain.reckoned import reckoned
from edge.domain.wording import rows_in_words
from tests.domain.engine_form import SIGNATURE, engine_answers, engine_form
from tests.domain.filled import COUNTY, JSON_VALUES, TODAY, filled

ITEM = engine_form()
FAMILY = next(one for one in ITEM.fields if one.key == "family")
KEYS_OF_A_ROW = st.sampled_from([one.key for one in FAMILY.fields]) | st.text(max_size=6)


def judged(**changes: Any) -> Checked:
    given_answers = {key: value for key, value in (dict(ITEM.example) | changes).items() if value is not ...}
    return check(ITEM, given_answers, COUNTY, TODAY)


def rows(*changes: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the example's rows with something changed in the first ones; `...` takes an answer away."""
    found = [dict(row) for row in engine_answers()["family"]]
    for row, change in zip(found, changes, strict=False):
        row.update(change)
    return [{key: value for key, value in row.items() if value is not ...} for row in found]


def test_the_whole_form_can_be_handed_in_and_has_no_fault() -> None:
    assert judged().ok and judged().answers == ITEM.example
    assert item_faults(ITEM, COUNTY, "engine") == []


@pytest.mark.parametrize(("family", "said"), [
    ([], "“family”还没写"), (None, "“family”还没写"), ("x", "“family”还没写"), ([1], "“family”还没写"),
    (rows({"member": "王5"}), "第 1 个家人：名字里不会有数字"),
    (rows({}, {"member_id": "110105201501010018"}), "第 2 个家人：这 18 位里"),
    (rows({}, {"income": ...}), "第 2 个家人：“income”还没写"),
    (rows({"mark": ...}), "第 1 个家人：还没签名"),
    (rows({"pays": "noon"}), "第 1 个家人：请从列出的里面选一个"),
    (rows({"shoe": 43}), "第 1 个家人：这里没有这一项"),
    (rows({"member_id": "110105198506150014"}), "这是您自己的号码"),
    (rows({}, {"member_id": "11010519491231002X", "mark": SIGNATURE}), "有两个人的号码一样"),
    (rows({}, {"income": 10_000_001}), "太多了"),
    (rows() * 3, "家人最多 4 个"),
])
def test_what_is_wrong_in_a_row_says_which_row(family: Any, said: str) -> None:
    errors = judged(family=family).errors
    assert set(errors) == {"family"} and said in errors["family"].zh


def test_a_question_that_a_row_does_not_ask_counts_as_not_given() -> None:
    kept = judged(family=rows({"income": 5}, {"mark": SIGNATURE})).answers["family"]
    assert kept == engine_answers()["family"], "who does not work has no income, who is under 18 does not sign"


def test_the_average_income_is_computed_and_says_how() -> None:
    checked = judged()
    told = reckoned(ITEM, checked.answers, checked.computed, "zh", COUNTY)
    assert [(one.key, one.value, one.how) for one in told] == [("each", "833.33 元", "一共 2,500.00 元，3 人平分")]
    assert reckoned(ITEM, {}, check(ITEM, {}, COUNTY, TODAY).computed, "zh", COUNTY) == []


@pytest.mark.parametrize(("change", "error"), [
    ({"area": "35.5"}, None), ({"area": "0"}, "太小了，最小是 0.01 平方米。"), ({"area": "1.234"}, "最多两位小数"),
    ({"from_month": "2026年1月"}, None), ({"from_month": {"year": "2026", "month": "1"}}, None),
    ({"from_month": "2026-13"}, "没有这个月"), ({"from_month": "2026-12"}, "这个月还没到"),
    ({"until_month": "2025-12"}, "起止不对"), ({"from_month": "2021-11"}, None),
    ({"from_month": "2021-10"}, "起止不对"),
    ({"card": {"number": "6222 0200 0000 0000 000", "again": "6222020000000000000"}}, None),
    ({"card": {"number": "6222020000000000000", "again": "6222020000000000001"}}, "两遍写得不一样"),
    ({"card": {"number": "6222020000000000000", "again": ""}}, "两遍写得不一样"),
    ({"signed": ""}, "还没签名"), ({"signed": "1,1"}, "签得太短了"), ({"signed": "x"}, "没认出签的名"),
    ({"sign_letter": ...}, "还没签名"), ({"material_letter": "absent", "sign_letter": ...}, "这样东西必须有"),
    ({"material_letter": "brought", "sign_letter": ...}, None), ({"material_card": "later"}, None),
])
def test_each_kind_is_read_or_says_what_is_wrong(change: dict[str, Any], error: str | None) -> None:
    errors = judged(**change).errors
    assert (not errors) if error is None else error in next(iter(errors.values())).zh, errors


def test_a_paper_may_be_signed_here_only_where_it_is_needed() -> None:
    def asked(**changes: Any) -> set[str]:
        return {one.key for one in questions(ITEM, {**ITEM.example, **changes}, COUNTY, TODAY)}
    assert "sign_letter" in asked()
    assert "sign_letter" not in asked(material_letter="brought")
    assert not {"sign_letter", "material_letter"} & asked(area=0)


def test_rows_in_words_and_masked() -> None:
    value = ITEM.example["family"]
    assert [name for name, _ in rows_in_words(ITEM, FAMILY, value, "zh", COUNTY)] == ["王秀英", "李小明"]
    plain = show(ITEM, FAMILY, value, "zh", COUNTY)
    assert plain.startswith("1. 王秀英 · 110105 19491231 002X · 不是 · 已经签名 · 上午；2. 李小明")
    masked = show(ITEM, FAMILY, value, "zh", COUNTY, masked=True)
    assert "王秀英" not in masked and "002X" not in masked[:20] and "19491231" not in masked


def test_the_options_of_a_row_are_the_countys() -> None:
    asked = as_asked(FAMILY, ITEM, COUNTY)
    assert [one.value for one in next(one for one in asked.fields if one.key == "pays").choices] == ["am", "pm"]


@settings(max_examples=30)
@given(filled(ITEM))
def test_checked_rows_come_back_packed_and_are_checked_the_same_again(answers: dict[str, Any]) -> None:
    once = check(ITEM, answers, COUNTY, TODAY).answers
    assert check(ITEM, once, COUNTY, TODAY).answers == once
    packed = pack_answers(ITEM, once)
    assert packed[0] == BITS and unpack_answers(ITEM, packed) == once


@settings(max_examples=60)
@given(st.lists(st.dictionaries(KEYS_OF_A_ROW, JSON_VALUES)))
def test_any_rows_are_judged_and_packed(family: Any) -> None:
    checked = judged(family=family)
    assert all(text.zh and text.en for text in checked.errors.values())
    answers = {**ITEM.example, "family": family}
    assert repr(unpack_answers(ITEM, pack_answers(ITEM, answers))["family"]) == repr(family)


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_hostile_bytes_raise_value_error_only(raw: bytes) -> None:
    try:
        assert isinstance(unpack_answers(ITEM, bytes([BITS]) + raw), dict)
    except ValueError:
        return


@pytest.mark.parametrize(("change", "place", "said"), [
    ({"fields": ()}, "fields.family.fields", "has `fields`"),
    ({"fields": (Field(key="name", kind="name", question=FAMILY.question, label=FAMILY.label),)},
     "fields.family.fields.name", "no other question"),
    ({"fields": (Field(key="k", kind="region", question=FAMILY.question, label=FAMILY.label),)},
     "fields.family.fields.k", "cannot hold"),
    ({"fields": (Field(key="k", kind="text", optional=True, question=FAMILY.question, label=FAMILY.label),)},
     "fields.family.fields.k", "names the row"),
    ({"fields": (Field(key="k", kind="text", when="nobody == 1", question=FAMILY.question, label=FAMILY.label),)},
     "fields.family.fields.k.when", "`nobody` is not known here"),
    ({"twice": True}, "fields.family.twice", "only for numbers"),
])
def test_faults_of_a_group_are_named(change: dict[str, Any], place: str, said: str) -> None:
    family = msgspec.structs.replace(FAMILY, rules=(), **change)
    item = msgspec.structs.replace(ITEM, computed=(), fields=tuple(
        family if one.key == "family" else one for one in ITEM.fields))
    found = [(fault.field, fault.cure) for fault in item_faults(item, COUNTY, "x")]
    assert any(at == place and said in cure for at, cure in found), found


def test_questions_of_rows_are_no_questions_of_the_form() -> None:
    assert not {one.key for one in FAMILY.fields} & {one.key for one in form_fields(ITEM)}
