"""What holds for every item: its example, its words, who acts, what is missing, how small it is."""

import re
import zlib
from collections.abc import Iterator

import msgspec
import pytest

from edge.domain.answers import questions, show
from edge.domain.catalogue import item_to_bytes
from edge.domain.form_walk import form_fields
from tests.domain.judging import CATALOGUE, COUNTY, TODAY, judged, stops

FORBIDDEN = [
    "提交成功", "受理成功", "系统异常", "网络异常", "请稍后重试", "非法", "无效", "校验失败", "办理人", "行政区划",
    "当前", "是否", "办事人", "参保人", "持证人", "电子证照", "敏感信息", "一次说全", "备案表", "户籍地", "读卡"]


ITEMS = pytest.mark.parametrize("code", sorted(CATALOGUE.items))


def all_words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from all_words(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from all_words(part)


@ITEMS
def test_the_example_can_be_handed_in(code: str) -> None:
    checked = judged(code)
    assert checked.ok, (checked.errors, checked.stops)
    assert checked.answers == CATALOGUE.item(code).example


@ITEMS
def test_no_forbidden_word_stands_in_an_item(code: str) -> None:
    words = "\n".join(all_words(msgspec.to_builtins(CATALOGUE.item(code))))
    words += "\n".join(all_words(msgspec.to_builtins(form_fields(CATALOGUE.item(code)))))
    assert [word for word in FORBIDDEN if word in words] == []
    assert "！" not in words


@ITEMS
def test_every_question_is_short_says_why_and_stands_in_both_languages(code: str) -> None:
    for field in form_fields(CATALOGUE.item(code)):
        for question in (field.question, field.question_self or field.question):
            assert len(question.zh) <= 20 and question.zh.endswith(("？", "。")), question
        if field.hint:
            assert len(field.hint.zh) <= 24, field.hint
        assert field.purpose or field.key == "who" or field.key.startswith("material_") or "relation" in field.key
        for text in (field.question, field.label, *(choice.label for choice in field.choices)):
            assert re.search(r"[A-Za-z]", text.en) and not re.search(r"[一-鿿]", text.en), text


@ITEMS
def test_name_number_mobile_declaration_and_separate_consent_are_asked(code: str) -> None:
    item = CATALOGUE.item(code)
    kinds = {field.key: field.kind for field in item.fields}
    assert kinds[item.applicant.name] == "name" and kinds[item.applicant.id_number] == "id_number"
    assert kinds["mobile"] == "mobile"
    assert kinds["declaration"] == "declaration" and kinds["consent_sensitive"] == "consent"
    assert next(field for field in item.fields if field.kind == "consent").basis == "consent"
    assert item.privacy.basis == "duty" and item.privacy.source


@ITEMS
def test_limits_and_fees_name_their_source(code: str) -> None:
    item = CATALOGUE.item(code)
    assert item.limits.answer_days == 5 and item.limits.source and item.fee.source
    assert all(demand.source for demand in item.eligibility)
    assert all(link.source and link.basis.zh and link.reason.zh for link in item.links)


@ITEMS
def test_no_amount_of_money_stands_in_an_item(code: str) -> None:
    if code == "GA-02":  # the fee of 40 yuan is a fact with a source, in `fee`
        return
    assert not re.search(r"[0-9]+ ?元", "".join(all_words(msgspec.to_builtins(CATALOGUE.item(code)))))


@pytest.mark.parametrize("code", ["RS-01", "CL-02", "CL-03", "MZ-01"])
def test_acting_for_a_family_member_asks_who_acts_and_for_the_authorisation(code: str) -> None:
    item = CATALOGUE.item(code)
    mine = {field.key for field in questions(item, {**item.example, "who": "self"}, COUNTY, TODAY)}
    theirs = {field.key for field in questions(item, {**item.example, "who": "family"}, COUNTY, TODAY)}
    agent = {"agent_name", "agent_id_number", "agent_relation", "material_poa", "material_agent_id"}
    assert theirs - mine == agent
    checked = judged(code, who="family", agent_name=..., agent_id_number=item.example["id_number"],
                     agent_relation="child", material_poa="absent", material_agent_id="brought")
    assert set(checked.errors) == {"agent_name", "agent_id_number", "material_poa"}
    assert "您自己的号码" in checked.errors["agent_id_number"].zh


@pytest.mark.parametrize("code", ["RS-01", "CL-02", "CL-03", "MZ-01"])
def test_whoever_applies_for_themself_is_spoken_to(code: str) -> None:
    item = CATALOGUE.item(code)
    asked = {}
    for who in ("self", "family"):
        shown = questions(item, {**item.example, "who": who}, COUNTY, TODAY)
        asked[who] = {field.key: field.question.zh for field in shown}
    mine = asked["self"]
    assert mine["name"] == "您叫什么名字？" and mine["id_number"] == "您的身份证号码是多少？"
    assert mine["mobile"] == "您的手机号码是多少？"
    assert not [words for words in mine.values() if re.search("老人|家人|证上的人|参加保险的人|他", words)]
    assert all(not asked["family"][key].startswith("您") for key in ("name", "id_number"))
    assert asked["family"]["mobile"] != mine["mobile"], "it says whose phone is meant"
    assert questions(item, {}, COUNTY, TODAY)[1].question.zh == asked["family"]["name"]


@ITEMS
def test_what_is_missing_is_named_in_the_words_of_the_question(code: str) -> None:
    for field in form_fields(CATALOGUE.item(code)):
        if field.kind in ("declaration", "consent") or field.key in ("who", "agent_name", "agent_id_number"):
            continue
        if field.key.startswith("material_") or field.key == "id_number_again":
            continue
        for question in (field.question, field.question_self or field.question):
            shared = set(field.label.zh) & set(question.zh)
            assert len(shared) * 3 >= len(set(field.label.zh)) * 2, (field.label, question)


def test_two_words_of_a_question_stand_for_yes_and_no() -> None:
    item = CATALOGUE.item("MZ-01")
    field = next(one for one in questions(item, {}, COUNTY, TODAY) if one.key == "local_household")
    assert [(one.value, one.label.zh) for one in field.choices] == [("yes", "在"), ("no", "不在")]
    assert judged("MZ-01", local_household="yes").answers["local_household"] is True
    assert judged("MZ-01", local_household="在").answers["local_household"] is True
    assert "户口所在地" in stops(judged("MZ-01", local_household="不在"))
    assert [show(item, field, value, "zh", COUNTY) for value in (True, False)] == ["在", "不在"]
    assert show(item, field, False, "en", COUNTY) == "No, elsewhere"


@ITEMS
def test_an_item_is_small_on_its_way(code: str) -> None:
    assert len(zlib.compress(item_to_bytes(CATALOGUE.item(code)), 9)) < 12 * 1024


def test_questions_are_the_same_each_time() -> None:
    item = CATALOGUE.item("CL-02")
    first = [field.key for field in questions(item, item.example, COUNTY, TODAY)]
    assert first == [field.key for field in questions(item, dict(reversed(item.example.items())), COUNTY, TODAY)]
    assert first[-2:] == ["declaration", "consent_sensitive"]
