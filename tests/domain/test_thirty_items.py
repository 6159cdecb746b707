"""What the items about pensions, cards, work, health, disability and relief ask, refuse and lead to."""

from typing import Any

import msgspec
import pytest

from edge.domain.answers import check_outcome
from edge.domain.reckoned import reckoned
from tests.domain.judging import CATALOGUE, COUNTY, TODAY, asked, born, follows, judged, notices, stops, with_params

# ---- pension, card, work

@pytest.mark.parametrize(("birthday", "said"), [
    ("19661123", ""), ("19661124", "2026 年 11 月满 60 岁"), ("19671124", "满 60 岁才能领"),
    ("19900101", "先办参保登记")])
def test_a_pension_is_claimed_from_60_and_at_59_the_month_is_told(birthday: str, said: str) -> None:
    checked = judged("RS-02", id_number=born(birthday))
    assert (said in stops(checked)) if said else checked.ok


def test_a_second_pension_goes_to_the_counter_and_too_few_years_are_told() -> None:
    assert "窗口" in stops(judged("RS-02", other_pension=True))
    assert "要补几年" in notices(judged("RS-02", years_paid="short"))


def test_what_follows_a_pension() -> None:
    assert follows("RS-02") == ["(RS-06)"]
    assert follows("RS-02", id_number=born("19400101"), health_insurance=False) == ["(RS-06)", "MZ-01", "YB-02"]


def test_a_lost_card_must_be_blocked_before_a_new_one_is_made() -> None:
    lost = {"business": "lost", "material_old_card": ...}
    assert "先挂失" in stops(judged("RS-03", **lost, blocked=False))
    assert judged("RS-03", **lost, blocked=True).ok
    assert [demand.go for demand in CATALOGUE.item("RS-03").eligibility] == ["RS-04"]
    assert "home_now" not in asked("RS-03", fetch="here")
    assert follows("RS-03", lives_elsewhere=True) == ["YB-01"]


def test_reporting_a_lost_card_never_pretends() -> None:
    item = CATALOGUE.item("RS-04")
    assert item.offline == "online" and item.live is not None
    assert "还没有挂失" in item.live.warning.zh and "登记不等于挂失" in item.live.warning.zh
    assert item.live.phones[0] == "social_security"
    numbers = {phone.number for phone in COUNTY.phones if phone.key in item.live.phones}
    assert numbers == {"12333", "0533-0000401", "95533"}
    assert "马上打 12333" in notices(judged("RS-04", phoned=False))
    assert follows("RS-04") == ["RS-03"]
    assert follows("RS-04", {"blocked_on": "2026-11-23", "kind_done": "temporary"}) == []


@pytest.mark.parametrize("code", [code for code, item in CATALOGUE.items.items() if item.offline == "online"])
def test_what_needs_a_live_answer_says_what_has_not_happened(code: str) -> None:
    live = CATALOGUE.item(code).live
    assert live is not None and "登记" in live.register.zh and live.phones and "登记" in live.warning.zh
    assert [word for word in ("已经", "办好了", "成功") if word in live.warning.zh] == []


def test_what_cannot_be_had_here_is_online_and_nothing_else_has_its_words() -> None:
    online = {code for code, item in CATALOGUE.items.items() if item.offline == "online"}
    assert {"RS-04", "GJ-02", "BD-01", "SW-01", "SW-04"} <= online
    assert {code for code, item in CATALOGUE.items.items() if item.live} == online


def test_whoever_is_out_of_work_names_at_most_three_kinds_and_is_led_on() -> None:
    assert "jobs" in judged("RS-05", jobs=["电工", "保安", "保洁", "厨师"]).errors
    assert "material_end_proof" not in asked("RS-05", reason="graduate")
    assert follows("RS-05") == []
    assert follows("RS-05", pension=False, hardship=True, disabled=True) == ["RS-01", "MZ-03", "(CL-02)"]
    assert "领养老金" in stops(judged("RS-05", id_number=born("19600101")))


def test_confirming_a_pension_needs_a_photo_and_a_witness_who_signs() -> None:
    assert {"material_live_photo", "witness", "witness_signature"} <= asked("RS-06")
    assert "witness_signature" in judged("RS-06", witness_signature=...).errors
    assert follows("RS-06", id_number=born("19440101"), gets_allowance=False) == ["MZ-01"]
    assert follows("RS-06", id_number=born("19440101"), gets_allowance=True) == []


# ---- health

def test_filing_is_for_another_province_and_not_for_the_past() -> None:
    assert "这是本省" in judged("YB-01", province="37").errors["province"].zh
    assert "过去了" in judged("YB-01", from_day="2026-11-22").errors["from_day"].zh
    emergency = {"kind": "emergency", "proof": ..., "living_promise": ..., "from_day": "2026-11-20"}
    assert judged("YB-01", **emergency, back_day="2026-12-20").ok
    assert "back_day" in judged("YB-01", **emergency).errors
    assert "开始那天以后" in judged("YB-01", **emergency, back_day="2026-11-20").errors["back_day"].zh


def test_living_there_is_shown_by_a_paper_or_promised() -> None:
    with_paper = asked("YB-01", proof="paper")
    assert "material_residence" in with_paper and "living_promise" not in with_paper
    assert "living_promise" in judged("YB-01", living_promise=...).errors
    assert follows("YB-01", has_card=False) == ["RS-03"]


def test_a_child_has_a_guardian_and_a_newborn_is_less_than_a_year_old() -> None:
    assert {"guardian_name", "guardian_id"} <= asked("YB-02")
    assert "guardian_id" not in asked("YB-02", id_number=born("19900101"))
    assert "满 1 岁了" in judged("YB-02", id_number=born("20200101")).errors["group"].zh
    assert "要满 18 岁" in judged("YB-02", guardian_id=born("20150101")).errors["guardian_id"].zh
    assert "居住证" in stops(judged("YB-02", household="neither"))
    assert judged("YB-02").notices == [] and "集中缴费" in notices(judged(
        "YB-02", with_params("YB-02", pay_months=[1]), group="student", material_birth=..., material_id="brought"))
    assert follows("YB-02") == ["(SW-01)", "RS-03"]


# ---- disability

@pytest.mark.parametrize(("category", "grade", "care", "poverty", "found"), [
    ("4", "2", {}, "none", ["CL-03", "CL-04"]), ("4", "2", {}, "minimum", ["CL-03", "CL-05", "CL-04"]),
    ("4", "3", {}, "none", []), ("6", "3", {}, "none", []),
    ("6", "3", {"extended_categories": ["5", "6"]}, "none", ["CL-03"]),
    ("2", "2", {"limited_categories": ["5", "6", "1", "4"]}, "none", ["CL-04"])])
def test_what_follows_a_first_certificate(
    category: str, grade: str, care: dict[str, Any], poverty: str, found: list[str]
) -> None:
    params = COUNTY.local_params
    county = msgspec.structs.replace(COUNTY, local_params={**params, "CL-03": {**params["CL-03"], **care}})
    outcome = {"category_given": category, "grade": grade}
    assert follows("CL-01", outcome, county, poverty=poverty, jobless=False) == found


def test_a_certificate_is_issued_where_the_household_is_and_minds_have_a_guardian() -> None:
    assert "户口所在地" in stops(judged("CL-01", local_household=False))
    assert {"guardian_name", "guardian_id", "material_guardian_card"} <= asked("CL-01", category="6")
    assert "guardian_id" in asked("CL-01", id_number=born("20150101"))
    assert "visit_day" not in asked("CL-01", home_visit=True)
    assert "RS-05" in follows("CL-01")
    wrong = {"category_given": "4", "grade": "2", "new_number": "11010519800101002443"}
    assert set(check_outcome(CATALOGUE.item("CL-01"), wrong, COUNTY, TODAY).errors) == {"new_number"}


@pytest.mark.parametrize(("change", "said"), [
    ({"certificate": born("19980909", "001") + "53"}, "是 3 级"), ({"joined": False}, "先参加居民养老保险"),
    ({"id_number": born("19600101"), "certificate": born("19600101") + "41"}, "满 60 岁的不用再交")])
def test_the_government_pays_for_grades_1_and_2_who_have_joined(change: dict[str, Any], said: str) -> None:
    assert said in stops(judged("CL-04", **change))


def test_the_living_subsidy_is_for_families_on_the_allowance() -> None:
    checked = judged("CL-05", poverty="none", material_low=...)
    assert "请先申请低保" in stops(checked)
    assert "CL-03" not in follows("CL-05")
    assert follows("CL-05", certificate=CATALOGUE.item("CL-05").example["id_number"] + "42") == ["CL-03"]


# ---- relief

def test_the_income_a_head_is_computed_over_the_family() -> None:
    checked = judged("MZ-02")
    words = reckoned(CATALOGUE.item("MZ-02"), checked.answers, checked.computed, "zh", COUNTY)
    assert [(one.label.zh, one.value, one.how) for one in words] == [
        ("人均月收入", "250.00 元", "全家一个月 750.00 元，3 人平分")]
    assert "比低保标准高" in notices(judged("MZ-02", with_params("MZ-02", line=20000)))
    assert checked.notices == []


def family(*changes: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [dict(row) for row in CATALOGUE.item("MZ-02").example["family"]]
    for row, change in zip(rows, changes, strict=False):
        row.update(change)
    return [{key: value for key, value in row.items() if value is not ...} for row in rows]


@pytest.mark.parametrize(("rows", "said"), [
    (family({"member_id": born("19600303", "003")}), "里面没有您前面写的身份证号"),
    (family({}, {"member_id": "110105196003030011"}), "号码一样"),
    (family({"member_relation": "other"}), "“申请人自己”要有一个"),
    (family({"member_mark": ...}), "第 1 个家人：还没签名"), (family({}, {}, {"member_mark": ...}), "")])
def test_every_adult_of_the_family_is_named_and_signs(rows: list[dict[str, Any]], said: str) -> None:
    ids = [row["member_id"] for row in CATALOGUE.item("MZ-02").example["family"]]
    errors = judged("MZ-02", family=rows, id_number=ids[0]).errors
    assert (said in errors["family"].zh) if said else not errors


def test_what_follows_the_living_allowance() -> None:
    assert follows("MZ-02") == ["CL-05"]
    assert follows("MZ-02", sudden=True, uninsured=True, disabled_member=False) == ["MZ-03", "RS-01"]
    assert "kin_who" in asked("MZ-02", kin=True)


def test_sudden_need_is_told_to_call_at_once_and_costs_are_asked_only_of_costs() -> None:
    urgent = judged("MZ-03", kind="urgent", paid=...)
    assert urgent.ok and "马上打" in notices(urgent)
    assert "paid" in judged("MZ-03", paid=...).errors
    assert "至少写 10 个字" in judged("MZ-03", story="着火了").errors["story"].zh
    assert follows("MZ-03") == ["MZ-02"]


def test_a_permit_needs_half_a_year_and_says_when() -> None:
    assert judged("GA-01", registered_on="2026-05-24").ok
    said = judged("GA-01", registered_on="2026-05-25")
    assert [text.zh for text in said.reminders] == [
        "住满半年才能办证，到 2026年11月24日 再来。现在请先到派出所办居住登记。"]
    assert {"work_proof", "material_work"} <= asked("GA-01", reason="work")
    assert follows("GA-01") == ["YB-02"]


# ---- all of them

def test_every_link_leads_to_an_item_that_is_shipped() -> None:
    named = {link.to for item in CATALOGUE.items.values() for link in item.links}
    named |= {demand.go for item in CATALOGUE.items.values() for demand in item.eligibility if demand.go}
    assert named - set(CATALOGUE.items) == set()


def test_no_two_items_are_the_same_with_another_name() -> None:
    own = {code: {one.key for one in item.fields} for code, item in CATALOGUE.items.items()}
    for one, fields in own.items():
        for other, theirs in own.items():
            assert one == other or len(fields & theirs) / len(fields | theirs) < 0.75, (one, other)
