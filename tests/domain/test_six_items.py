"""The first six items, each rule of them, on Monday 23 November 2026."""

from typing import Any

import pytest

from edge.domain.answers import check, check_outcome, outcome_questions, questions, show
from tests.domain.judging import CATALOGUE, COUNTY, TODAY, born, judged, stops, with_params


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


def test_an_absent_required_paper_is_said_and_a_deferrable_one_may_come_later() -> None:
    assert "必须有" in judged("RS-01", material_id="absent").errors["material_id"].zh
    assert judged("RS-01", material_hukou="later").ok
    assert "material_hukou" in judged("RS-01", material_hukou="absent").errors
