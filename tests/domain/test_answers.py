"""The form engine under invented answers: total, stable, blind to what is hidden."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.domain.answers import check, questions, read_field, show
from edge.domain.form import Choice, Field, Item
from edge.domain.form_walk import form_fields
from edge.domain.text import Text
from edge.domain.typed_text import Place
from edge.domain.values import read_value
from tests.domain.filled import CATALOGUE, COUNTY, JSON_VALUES, TODAY, filled

ITEMS = pytest.mark.parametrize("code", sorted(CATALOGUE.items))
FORMS = st.sampled_from(sorted(CATALOGUE.items)).flatmap(
    lambda code: st.tuples(st.just(CATALOGUE.item(code)), filled(CATALOGUE.item(code))))


def field(kind: Any, **more: Any) -> Field:
    return Field(key="k", kind=kind, question=Text("问？", "Q?"), label=Text("标", "L"), **more)


def read(kind: Any, raw: object, **more: Any) -> Any:
    one = field(kind, **more)
    value, error = read_value(one, raw, Place(COUNTY, TODAY, one.choices))
    return error.zh if error else value


@settings(max_examples=25)
@given(FORMS)
def test_checking_checked_answers_changes_nothing(form: tuple[Item, dict[str, Any]]) -> None:
    item, given_answers = form
    once = check(item, given_answers, COUNTY, TODAY)
    assert check(item, once.answers, COUNTY, TODAY).answers == once.answers


@settings(max_examples=25)
@given(FORMS, st.data())
def test_answers_to_hidden_questions_change_nothing(form: tuple[Item, dict[str, Any]], data: st.DataObject) -> None:
    item, given_answers = form
    shown = {one.key for one in questions(item, given_answers, COUNTY, TODAY)}
    hidden = [one.key for one in form_fields(item) if one.key not in shown]
    noise = {key: data.draw(JSON_VALUES) for key in hidden}
    assert check(item, {**given_answers, **noise}, COUNTY, TODAY) == check(item, given_answers, COUNTY, TODAY)
    after = questions(item, {**noise, **given_answers}, COUNTY, TODAY)
    assert [one.key for one in after] == [one.key for one in questions(item, given_answers, COUNTY, TODAY)]


@given(st.sampled_from(sorted(CATALOGUE.items)), st.data())
def test_any_json_is_judged_and_never_raises(code: str, data: st.DataObject) -> None:
    item = CATALOGUE.item(code)
    keys = st.sampled_from([one.key for one in form_fields(item)]) | st.text(max_size=10)
    checked = check(item, data.draw(st.dictionaries(keys, JSON_VALUES, max_size=12)), COUNTY, TODAY)
    for text in (*checked.errors.values(), *checked.stops):
        assert text.zh and text.en


@ITEMS
def test_an_empty_form_names_every_question_that_is_shown(code: str) -> None:
    item = CATALOGUE.item(code)
    shown = {one.key for one in questions(item, {}, COUNTY, TODAY) if not one.optional}
    assert set(check(item, {}, COUNTY, TODAY).errors) == shown


def test_unknown_keys_are_errors_with_a_cure() -> None:
    item = CATALOGUE.item("MZ-01")
    checked = check(item, {**item.example, "shoe_size": 43}, COUNTY, TODAY)
    assert checked.errors["shoe_size"].en == "There is no such field here. Please remove it."


def test_read_field_agrees_with_check() -> None:
    item = CATALOGUE.item("CL-02")
    for one in questions(item, item.example, COUNTY, TODAY):
        raw = item.example[one.key]
        assert read_field(item, one, raw, item.example, COUNTY, TODAY) == (raw, None)
    wrong = read_field(item, next(f for f in item.fields if f.key == "certificate"), "1", item.example, COUNTY, TODAY)
    assert wrong[0] is None and wrong[1] is not None
    hidden = next(f for f in item.fields if f.key == "move_to")
    assert read_field(item, hidden, "x", item.example, COUNTY, TODAY) == (None, None)


@pytest.mark.parametrize(("kind", "raw", "value"), [
    ("name", " 王  秀英 ", "王 秀英"),
    ("name", "阿卜杜•热合曼", "阿卜杜·热合曼"),
    ("name", "𠮷野", "𠮷野"),
    ("name", "㐱堃", "㐱堃"),
    ("name", "王5", "名字里不会有数字。请照身份证写。"),
    ("name", "王", "名字至少 2 个字。请照身份证写全。"),
    ("name", "王<b>", "名字里有符号。请照身份证写，一个字一个字写。"),
    ("text", "é", "é"),
    ("text", "e\u0301", "\u00e9"),
    ("text", "a\x00b", "里面有看不见的符号。请删掉，重新写一遍。"),
    ("text", "a‮b", "里面有看不见的符号。请删掉，重新写一遍。"),
    ("text", "甲\n乙", "里面有看不见的符号。请删掉，重新写一遍。"),
    ("long_text", "甲\r\n 乙 ", "甲\n乙"),
    ("long_text", "村口  向东\t第二家\n门上　　有灯", "村口 向东 第二家\n门上 有灯"),
    ("text", "长" * 101, "写得太长了，最多写 100 个字，现在有 101 个。"),
    ("text", ["x"], "这里要写字。"),
    ("text", "x" * 5000, "写得太长了。请写短一点。"),
    ("id_number", "１１０１０５ 19491231 002x", "11010519491231002X"),
    ("mobile", "138 0000 0000", "13800000000"),
    ("mobile", 13800000000, "13800000000"),
    ("id_number", True, "这里要写号码。"),
    ("bank_card", "6222 0200 0000 0000 000", "6222020000000000000"),
    ("integer", "１２", 12),
    ("integer", "1,200", 1200),
    ("integer", "1.5", "请写一个整数，比如 0、1、2。"),
    ("integer", True, "请写一个整数，比如 0、1、2。"),
    ("integer", 10**16, "请写一个整数，比如 0、1、2。"),
    ("money", "35.5", 3550),
    ("money", "1,200元", 120000),
    ("money", 5, 5),
    ("money", "-1", "请写多少元，比如 1200 或 35.50。"),
    ("date", "2026年1月5日", "2026-01-05"),
    ("date", "20260105", "2026-01-05"),
    ("date", {"year": 2026, "month": "1", "day": 5}, "2026-01-05"),
    ("date", "2026-02-30", "没有这一天。请写对年、月、日。"),
    ("date", 20260105, "没有这一天。请写对年、月、日。"),
    ("region", {"village": "370399001201", "door": " 村东  1 号"}, ["370399001201", "村东 1 号"]),
    ("region", ["370399001201", ""], ["370399001201", ""]),
    ("region", ["370399009999", ""], "名单里没有这个村（居）。请重新选。"),
    ("region", ["", "1 号"], "请先选镇，再选村（居）。"),
    ("region", "370399001201", "请先选镇，再选村（居）。"),
    ("region", ["370399001201", "号" * 61], "门牌写得太长了，最多写 60 个字。"),
    ("yes_no", "yes", True),
    ("yes_no", "否", "请从两个里面选一个。"),
    ("yes_no", False, False),
    ("yes_no", "没有", False),
    ("declaration", False, "请看一遍上面写的，都对，就打勾。"),
    ("consent", "on", True),
    ("text", "  ", "“标”还没写。请写上。"),
    ("choice", None, "“标”还没选。请选一个。"),
])
def test_one_raw_input_becomes_one_canonical_value_or_says_why_not(kind: str, raw: object, value: object) -> None:
    assert read(kind, raw) == value


def test_choices_come_in_the_order_of_the_form() -> None:
    three = tuple(Choice(value=v, label=Text(v, v)) for v in "abc")
    assert read("choices", ["c", "a"], choices=three) == ["a", "c"]
    assert read("choices", "b", choices=three) == ["b"]
    assert read("choices", ["x"], choices=three) == "请从列出的里面选。"
    assert read("choices", ["a"], choices=three, least=2) == "至少选 2 个。"
    assert read("choices", ["a", "b"], choices=three, most=1) == "最多选 1 个。"
    assert read("choice", "x", choices=three) == "请从列出的里面选一个。"


def test_dates_may_have_to_be_past_and_numbers_within_bounds() -> None:
    assert read("date", "2026-11-24", past=True) == "这一天还没到。请改成今天或以前的日子。"
    assert read("date", "2026-11-23", past=True) == "2026-11-23"
    assert read("integer", "21", least=0, most=20, unit=Text("台", "machines")) == "太大了，最大是 20 台。"
    assert read("integer", "-1", least=0) == "太小了，最小是 0。"
    assert read("text", "", optional=True) is None


def test_values_are_shown_in_groups_and_masked() -> None:
    item = CATALOGUE.item("CL-03")
    by_key = {one.key: one for one in form_fields(item)}

    def words(key: str, lang: str = "zh", masked: bool = False) -> str:
        return show(item, by_key[key], item.example[key], lang, COUNTY, masked=masked)

    assert words("certificate") == "110105 19800101 0024 42"
    assert words("bank_card") == "6222 0200 0000 0000 000"
    assert words("mobile", masked=True) == "137****0000"
    assert words("name", masked=True) == "王*"
    assert words("home") == "云川县东山镇河东村村西 3 号"
    assert words("home", masked=True) == "云川县东山镇河东村"
    assert words("care", "en") == "Long-term care"
    assert words("destitute") == "不是" and words("destitute", "en") == "No"
    outcome = {one.key: one for one in item.outcome}
    assert show(item, outcome["month_amount"], 123456, "zh", COUNTY) == "1,234.56 元"
    assert show(item, outcome["paid_from"], "2026-11-01", "zh", COUNTY) == "2026年11月1日"
    assert show(item, by_key["name"], None, "zh", COUNTY) == ""
