"""The six items, each rule of them, on Monday 23 November 2026."""

import re
import zlib
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pytest

from edge.domain.answers import Checked, check, check_outcome, outcome_questions, questions, show
from edge.domain.catalogue import item_to_bytes, shipped_catalogue
from edge.domain.county import County
from edge.domain.form_walk import form_fields
from edge.domain.identity import id_check_character

CATALOGUE = shipped_catalogue()
COUNTY = CATALOGUE.county
TODAY = date(2026, 11, 23)
FORBIDDEN = [
    "提交成功", "受理成功", "系统异常", "网络异常", "请稍后重试", "非法", "无效", "校验失败", "办理人", "行政区划",
    "当前", "是否", "办事人", "参保人", "持证人", "电子证照", "敏感信息", "一次说全", "备案表", "户籍地", "读卡"]
ITEMS = pytest.mark.parametrize("code", sorted(CATALOGUE.items))


def born(day: str, serial: str = "002") -> str:
    body = f"110105{day}{serial}"
    return body + id_check_character(body)


def judged(code: str, county: County = COUNTY, /, **changes: Any) -> Checked:
    item = CATALOGUE.item(code)
    given = {key: value for key, value in (dict(item.example) | changes).items() if value is not ...}
    return check(item, given, county, TODAY)


def stops(checked: Checked) -> str:
    return " ".join(text.zh for text in checked.stops)


def with_params(code: str, **params: Any) -> County:
    local = COUNTY.local_params
    return msgspec.structs.replace(COUNTY, local_params={**local, code: {**local[code], **params}})


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


@pytest.mark.parametrize(("birthday", "said"), [
    ("20101123", ""), ("20101124", "满 16 岁才能参加"), ("19661124", ""), ("19661123", "满 60 岁了")])
def test_pension_from_16_to_59(birthday: str, said: str) -> None:
    assert (said in stops(judged("RS-01", id_number=born(birthday)))) if said else not judged("RS-01").stops
    assert bool(judged("RS-01", id_number=born(birthday)).stops) is bool(said)


def test_from_60_the_pension_item_points_to_claiming_it() -> None:
    assert [demand.go for demand in CATALOGUE.item("RS-01").eligibility if "age < 60" in demand.must] == ["RS-02"]
    assert "养老待遇申领" in stops(judged("RS-01", id_number=born("19500101")))


@pytest.mark.parametrize(("key", "said"), [("student", "在校学生"), ("employee_pension", "职工养老保险")])
def test_students_and_employees_do_not_join(key: str, said: str) -> None:
    assert said in stops(judged("RS-01", **{key: True}))


def test_the_lowest_tier_is_for_special_groups_only() -> None:
    assert judged("RS-01", tier="100").errors["tier"].zh == "100 元只给有困难的人。请另选一个。"
    assert judged("RS-01", tier="100", special_group="minimum").ok
    assert "tier" in judged("RS-01", tier="200").errors


def test_tiers_are_the_countys() -> None:
    own = with_params("RS-01", tiers=[200, 700], hardship_tier="200")
    field = next(one for one in questions(CATALOGUE.item("RS-01"), {}, own, TODAY) if one.key == "tier")
    assert [choice.label.zh for choice in field.choices] == ["200 元一年", "700 元一年"]
    assert "tier" in judged("RS-01", own, tier="300").errors
    assert judged("RS-01", own, tier="700").ok


def test_without_a_social_card_no_card_number_is_asked() -> None:
    checked = judged("RS-01", has_card=False)
    assert checked.ok and "bank_card" not in checked.answers


def test_a_certificate_number_begins_with_the_id_number() -> None:
    for code in ("CL-02", "CL-03"):
        assert "对不上" in judged(code, id_number=born("19800102")).errors["certificate"].zh


@pytest.mark.parametrize(("business", "asked"), [
    ("renew", {"valid_until"}), ("lost", {"void"}), ("damaged", set()), ("move", {"move_to"}),
    ("change", {"new_category", "new_grade", "material_assessment"}), ("cancel", {"cancel_reason"})])
def test_each_kind_of_renewal_asks_its_own_questions(business: str, asked: set[str]) -> None:
    item = CATALOGUE.item("CL-02")
    special = {"valid_until", "void", "move_to", "new_category", "new_grade", "material_assessment", "cancel_reason"}
    shown = {field.key for field in questions(item, {**item.example, "business": business}, COUNTY, TODAY)}
    assert shown & special == asked
    assert ("material_old_certificate" in shown) is (business != "lost")
    assert ("material_photo" in shown) is (business != "cancel")


def test_a_change_must_change_something() -> None:
    assert "没有变" in judged("CL-02", new_category="4", new_grade="3").errors["new_grade"].zh
    assert judged("CL-02", new_category="5", new_grade="3").ok


def test_renewing_long_before_the_end_is_told_but_not_refused() -> None:
    changes = {"business": "renew", "new_category": ..., "new_grade": ..., "material_assessment": ...}
    early = judged("CL-02", valid_until="2028-06-01", **changes)
    assert early.ok and "满 9 年" in early.notices[0].zh
    assert judged("CL-02", valid_until="2027-06-01", **changes).notices == []


def test_the_reviewer_enters_category_grade_and_number_of_a_certificate() -> None:
    item = CATALOGUE.item("CL-02")
    three = ["category", "grade", "new_number"]
    assert [field.key for field in outcome_questions(item, item.example, COUNTY, TODAY)] == three
    assert outcome_questions(item, {**item.example, "business": "cancel"}, COUNTY, TODAY) == []
    good = check_outcome(item, item.outcome_example, COUNTY, TODAY, item.example)
    assert good.ok and good.answers == item.outcome_example
    wrong = check_outcome(item, {**item.outcome_example, "grade": "3"}, COUNTY, TODAY, item.example)
    assert set(wrong.errors) == {"new_number"}
    assert set(check_outcome(item, {"grade": "9", "x": 1}, COUNTY, TODAY).errors) == {"grade", "x"}


@pytest.mark.parametrize(("tail", "extended", "fine"), [
    ("41", [], True), ("42", [], True), ("43", [], False), ("63", [], False), ("63", ["5", "6"], True),
    ("64", ["5", "6"], True), ("43", ["5", "6"], False)])
def test_the_care_subsidy_is_for_grades_1_and_2_or_the_extension(tail: str, extended: list[str], fine: bool) -> None:
    county = with_params("CL-03", extended_categories=extended)
    checked = judged("CL-03", county, certificate="110105198001010024" + tail)
    assert not checked.errors and checked.ok is fine


def test_a_county_may_pay_for_some_categories_only() -> None:
    county = with_params("CL-03", limited_categories=["5", "6", "1", "4"])
    assert judged("CL-03", county).ok
    assert "几类残疾人" in stops(judged("CL-03", county, certificate="11010519800101002422"))


@pytest.mark.parametrize(("change", "said"), [
    ({"injury_allowance": True}, "工伤"), ({"destitute": True}, "特困"), ({"care": "none"}, "长期照护")])
def test_the_care_subsidy_stops(change: dict[str, Any], said: str) -> None:
    assert said in stops(judged("CL-03", **change))


def test_a_household_elsewhere_is_passed_on_and_not_refused() -> None:
    checked = judged("CL-03", local_household=False, home_elsewhere="某省某市某县某镇某村")
    assert checked.ok and "home" not in checked.answers and "跨省通办" in checked.notices[0].zh
    assert set(judged("CL-03", local_household=False).errors) == {"home_elsewhere"}


@pytest.mark.parametrize(("birthday", "kind"), [
    ("19461123", "fine"), ("19461124", "remind"), ("19471123", "remind"), ("19471124", "stop")])
def test_the_old_age_allowance_begins_on_the_eightieth_birthday(birthday: str, kind: str) -> None:
    checked = judged("MZ-01", id_number=born(birthday))
    assert (bool(checked.stops), bool(checked.reminders)) == {
        "fine": (False, False), "remind": (True, True), "stop": (True, False)}[kind]


def test_at_79_the_machine_says_in_which_month_to_come() -> None:
    checked = judged("MZ-01", id_number=born("19461224"))
    said = "到龄提醒：2026 年 12 月满 80 岁，到那个月再来办。现在还不能办。"
    assert [text.zh for text in checked.reminders] == [said]
    assert not checked.ok


def test_the_allowance_is_paid_by_the_county_of_the_household() -> None:
    checked = judged("MZ-01", local_household=False)
    assert not checked.errors and "户口所在地" in stops(checked)


def test_a_stop_shows_as_soon_as_it_is_certain() -> None:
    checked = check(CATALOGUE.item("MZ-01"), {"id_number": born("19900101")}, COUNTY, TODAY)
    assert "满 80 岁才能领" in stops(checked)
    assert check(CATALOGUE.item("MZ-01"), {}, COUNTY, TODAY).stops == []


def test_vending_machines_need_a_place_each() -> None:
    none = judged("SS-04", machines=0)
    assert none.ok and "machine_places" not in none.answers
    assert judged("SS-04", machine_places=...).errors["machine_places"].zh == "“售货机的地方”还没写。请写上。"
    assert judged("SS-04", machine_places="一处").errors["machine_places"].zh == (
        "有 2 台，请写 2 个地方，用换行或“、”隔开。")
    assert "machines" in judged("SS-04", machines=-1).errors


@pytest.mark.parametrize(("count", "typed", "kept"), [
    (2, "村口\n学校", "村口\n学校"), (2, "村口、学校。", "村口\n学校"), (2, "村口；学校", "村口\n学校"),
    (2, "村口,学校", "村口\n学校"), (2, "村口，路东\n学校", "村口，路东\n学校"),
    (2, "村口，路东、学校", "村口，路东\n学校"),
    (1, "村口，路东", "村口，路东"), (3, "村口、学校，医院", "村口\n学校\n医院"),
    (3, "村口、学校", None), (2, "、，；", None),
])
def test_places_may_stand_in_lines_or_between_marks(count: int, typed: str, kept: str | None) -> None:
    checked = judged("SS-04", machines=count, machine_places=typed)
    assert checked.answers.get("machine_places") == kept
    assert checked.ok is (kept is not None)
    if kept:
        assert judged("SS-04", machines=count, machine_places=kept).answers["machine_places"] == kept


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
    assert all(not asked["family"][key].startswith("您") for key in ("name", "id_number", "mobile"))
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


def test_the_progress_number_and_the_blank_form_are_told_to_whoever_acts() -> None:
    for code in ("RS-01", "CL-02", "CL-03", "MZ-01"):
        item = CATALOGUE.item(code)
        agent = next(field for field in item.fields if field.key == "agent_name")
        assert agent.hint and "查进度用" in agent.hint.zh and "后 4 位" in agent.hint.zh
        poa = next(material for material in item.materials if material.key == "poa")
        assert poa.hint and "服务台有空表" in poa.hint.zh


def test_the_fee_of_a_new_id_card_says_for_which_reason() -> None:
    fee = CATALOGUE.item("GA-02").fee
    assert fee.fen == 4000 and "丢了、坏了才收" in fee.note.zh
    assert "看当地办事指南" in fee.note.zh and "以当地办事指南为准" in fee.source


def test_who_may_join_the_pension_is_said_before_the_form() -> None:
    assert "16–59 岁" in CATALOGUE.item("RS-01").purpose.zh and "不含在校学生" in CATALOGUE.item("RS-01").purpose.zh


def test_loose_food_needs_a_permit_and_a_wrong_credit_code_is_found() -> None:
    assert "食品经营许可" in stops(judged("SS-04", bulk=True))
    assert "credit_code" in judged("SS-04", credit_code="92370399MA0000001H").errors
    assert "门牌" in judged("SS-04", shop_place=["370399001203", ""]).errors["shop_place"].zh


def test_replacing_an_id_card_never_asks_for_the_card() -> None:
    item = CATALOGUE.item("GA-02")
    assert item.card_reader is False
    shown = {field.key for field in questions(item, item.example, COUNTY, TODAY)}
    assert "material_id" not in shown and "material_old_card" not in shown
    assert "material_old_card" in {field.key for field in questions(item, {"reason": "damaged"}, COUNTY, TODAY)}


def test_the_number_is_written_twice() -> None:
    assert "两遍写得不一样" in judged("GA-02", id_number_again=born("19900102")).errors["id_number_again"].zh


@pytest.mark.parametrize(("day", "said"), [
    ("2026-11-23", "明天"), ("2026-11-20", "明天"), ("2026-11-28", "不上班"), ("2027-01-25", "太远"),
    ("2026-11-31", "没有这一天"), ("2026-11-24", "")])
def test_the_appointment_is_on_a_working_day(day: str, said: str) -> None:
    errors = judged("GA-02", visit_day=day).errors
    assert "2026" not in str(errors), "no day as an example that the field would refuse"
    assert (said in errors["visit_day"].zh) if said else not errors


def test_police_stations_are_the_countys() -> None:
    assert "station" in judged("GA-02", station="p99").errors
    field = next(one for one in questions(CATALOGUE.item("GA-02"), {}, COUNTY, TODAY) if one.key == "station")
    assert len(field.choices) == 10 and show(CATALOGUE.item("GA-02"), field, "p01", "zh", COUNTY) == "柳河派出所"


def test_a_lost_social_card_is_not_blocked_by_this_form() -> None:
    assert "不等于挂失" in judged("GA-02", social_card_lost=True).notices[0].zh


@ITEMS
def test_an_item_is_small_on_its_way(code: str) -> None:
    assert len(zlib.compress(item_to_bytes(CATALOGUE.item(code)), 9)) < 12 * 1024


def test_an_absent_required_paper_is_said_and_a_deferrable_one_may_come_later() -> None:
    assert "必须有" in judged("RS-01", material_id="absent").errors["material_id"].zh
    assert judged("RS-01", material_hukou="later").ok
    assert "material_hukou" in judged("RS-01", material_hukou="absent").errors


def test_questions_are_the_same_each_time() -> None:
    item = CATALOGUE.item("CL-02")
    first = [field.key for field in questions(item, item.example, COUNTY, TODAY)]
    assert first == [field.key for field in questions(item, dict(reversed(item.example.items())), COUNTY, TODAY)]
    assert first[-2:] == ["declaration", "consent_sensitive"]
