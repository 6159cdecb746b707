"""What each of the newer items asks, refuses and leads to, on Monday 23 November 2026."""

from typing import Any

import msgspec
import pytest

from edge.domain.answers import Checked, check_outcome, questions
from edge.domain.catalogue import shipped_catalogue
from edge.domain.county import County
from edge.domain.reckoned import reckoned
from edge.domain.suggestion import facts_needed, offers
from tests.domain.filled import TODAY
from tests.domain.test_items import born, judged, stops, with_params

CATALOGUE = shipped_catalogue()
COUNTY = CATALOGUE.county


def notices(checked: Checked) -> str:
    return " ".join(text.zh for text in checked.notices)


def asked(code: str, **changes: Any) -> set[str]:
    item = CATALOGUE.item(code)
    given = {key: value for key, value in (dict(item.example) | changes).items() if value is not ...}
    return {one.key for one in questions(item, given, COUNTY, TODAY)}


def follows(code: str, outcome: dict[str, Any] | None = None, county: County = COUNTY, /, **changes: Any) -> list[str]:
    """Return the codes of what an approval of the example leads to, notices in brackets."""
    item = CATALOGUE.item(code)
    checked = judged(code, county, **changes)
    known = {**checked.answers, **checked.computed}
    facts = {key: known.get(key) for key in facts_needed(item)}
    found = offers(item, dict(item.outcome_example) if outcome is None else outcome, facts, county)
    return [one.to if one.kind == "offer" else f"({one.to})" for one in found]


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


# ---- housing, tax

def test_the_fund_for_rent_needs_months_and_no_home_and_keeps_to_the_countys_limit() -> None:
    assert "您交了 2 个月" in stops(judged("GJ-01", months_paid=2))
    assert "有自己的房" in stops(judged("GJ-01", own_home=True))
    assert judged("GJ-01").ok, "no limit published: the fund decides"
    assert "超过一年" in judged("GJ-01", with_params("GJ-01", year_limit=700000)).errors["amount"].zh
    assert "spouse_id" not in asked("GJ-01", marriage="single")
    assert "material_contract" in asked("GJ-01", rent_kind="public")


@pytest.mark.parametrize(("first", "last", "said"), [
    ("2021-11", "2026-10", ""), ("2021-10", "2026-10", "最多查 60 个月"), ("2026-10", "2026-09", "比开始的月还早"),
    ("2026-10", "2026-12", "还没到")])
def test_a_statement_spans_sixty_months_at_most(first: str, last: str, said: str) -> None:
    errors = judged("GJ-02", from_month=first, until_month=last).errors
    assert (said in errors["until_month"].zh) if said else not errors


def test_property_is_looked_up_for_oneself_and_minor_children() -> None:
    assert "children" not in asked("BD-01", scope="one")
    grown = [{"child_name": "曹雨", "child_id": born("20000101")}]
    assert "满 18 岁了" in judged("BD-01", children=grown).errors["children"].zh
    assert {"material_poa_notarised", "agent_id_number"} <= asked("BD-01", who="family")
    assert "purpose_words" in asked("BD-01", purpose="other")
    assert follows("BD-01", purpose="fund", bought=True) == ["GJ-01", "SW-03"]


def test_paying_fees_takes_no_money_here() -> None:
    item = CATALOGUE.item("SW-01")
    assert item.live is not None and "不收钱" in item.live.warning.zh and len(item.live.steps) == 3
    assert "tier" not in asked("SW-01", insurance="flexible_health")
    assert "您自己的号码" in judged("SW-01", other_id=item.example["id_number"]).errors["other_id"].zh
    assert follows("SW-01", {"paid": False}) == []


def test_a_new_shop_tells_the_tax_office_within_thirty_days_of_the_licence() -> None:
    told = judged("SW-02")
    words = reckoned(CATALOGUE.item("SW-02"), told.answers, told.computed, "zh", COUNTY)
    assert [(one.value, one.how) for one in words] == [("2026年12月10日", "领执照那天（2026年11月10日）往后 30 天")]
    assert "超过 30 天" in notices(judged("SW-02", licence_on="2026-10-01"))
    assert "invoice_kinds" not in asked("SW-02", invoices=False)
    assert follows("SW-02", owner_insured="residents", workers=0) == []


def test_the_deed_tax_counts_the_family_and_shows_the_price_a_metre() -> None:
    told = judged("SW-03")
    words = reckoned(CATALOGUE.item("SW-03"), told.answers, told.computed, "zh", COUNTY)
    assert [(one.value, one.how) for one in words] == [("7,172.99 元", "850,000.00 元，除以 118.5 平方米")]
    spouse = {"relation": "spouse", "member_name": "罗成", "member_id": born("19900808", "001")}
    two = [spouse, {**spouse, "member_id": born("19910808", "001")}]
    assert "配偶只写一个人" in judged("SW-03", family=two).errors["family"].zh
    assert "满 18 岁的孩子" in judged("SW-03", family=[{**spouse, "relation": "child"}]).errors["family"].zh
    assert judged("SW-03", family=...).ok, "a single buyer has no family to write"
    assert "price" not in asked("SW-03", got_by="gift")


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
    (family({"member_id": born("19600303", "003")}), "没有申请的人自己"),
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


# ---- business

@pytest.mark.parametrize(("brand", "said"), [
    ("福来", ""), ("福来公司", "不能有"), ("福来A", "只能写汉字"), ("福", "太短"), ("福来合作社", "不能有")])
def test_a_shops_brand_is_two_characters_and_no_company(brand: str, said: str) -> None:
    errors = judged("SS-01", brand=brand).errors
    assert (said in errors["brand"].zh) if said else not errors


def test_the_whole_name_of_a_shop_is_put_together() -> None:
    checked = judged("SS-01")
    words = reckoned(CATALOGUE.item("SS-01"), checked.answers, checked.computed, "zh", COUNTY)
    assert [one.value for one in words] == ["云川县福来便利店"]
    assert "brand_other" in judged("SS-01", brand_other="福来").errors
    assert "partners" not in asked("SS-01", form_of="person")


@pytest.mark.parametrize(("scopes", "found"), [
    (["food_prepacked", "daily"], ["SS-04"]), (["food_prepacked", "food_catering"], ["SS-03"]), (["daily"], [])])
def test_what_is_sold_decides_which_food_paper_follows_a_licence(scopes: list[str], found: list[str]) -> None:
    assert [code for code in follows("SS-01", scopes=scopes) if code.startswith("SS")] == found


def test_under_18_one_needs_earnings_of_ones_own() -> None:
    young = born("20090101")
    assert "own_income" in asked("SS-01", id_number=young)
    assert "不能当店主" in stops(judged("SS-01", id_number=young, own_income=False))
    assert judged("SS-01", id_number=young, own_income=True).ok
    assert "满 16 岁" in stops(judged("SS-01", id_number=born("20120101"), own_income=True))


@pytest.mark.parametrize(("change", "said"), [({"debts": True}, "还欠着钱"), ({"wages": True}, "还欠着工资")])
def test_a_shop_with_debts_is_not_closed_here(change: dict[str, Any], said: str) -> None:
    assert said in stops(judged("SS-02", **change))


def test_closing_a_shop_leads_to_taxes_permit_and_work() -> None:
    assert follows("SS-02") == ["RS-05"]
    assert follows("SS-02", tax="unknown", food_permit=True, reason="company", material_tax_letter=...) == [
        "SW-11", "(SS-03)"]
    lost = judged("SS-02", licence_lost=True, material_licence=...)
    assert set(lost.errors) == {"void"}


def test_packed_food_alone_needs_no_permit_and_online_shops_are_named() -> None:
    assert "改办“预包装食品备案”" in stops(judged("SS-03", projects=["prepacked"]))
    assert "platforms" in judged("SS-03", platforms=...).errors and "platforms" not in asked("SS-03", online=False)
    assert "staff" in judged("SS-03", staff=0).errors


@pytest.mark.parametrize(("shares", "said"), [((6000, 4000), ""), ((6000, 3999), "不是 100"), ((10000, 1), "不是 100")])
def test_the_shares_of_a_company_come_to_a_hundred(shares: tuple[int, int], said: str) -> None:
    rows = [{**row, "share": share} for row, share in zip(
        CATALOGUE.item("QY-01").example["holders"], shares, strict=True)]
    errors = judged("QY-01", holders=rows).errors
    assert (said in errors["holders"].zh) if said else not errors


def test_a_company_names_three_officers_and_its_seal() -> None:
    posts = CATALOGUE.item("QY-01").example["posts"]
    assert "至少 3 个" in judged("QY-01", posts=posts[:2]).errors["posts"].zh
    assert "各写一个" in judged("QY-01", posts=[posts[0], posts[0], posts[2]]).errors["posts"].zh
    assert "公章一定要刻" in judged("QY-01", seals=["finance"]).errors["seals"].zh
    assert "最大是 5 年" in judged("QY-01", pay_years=6).errors["pay_years"].zh
    assert "fund_rate" not in asked("QY-01", insured=0)
    assert follows("QY-01", scopes=["food_bulk"]) == ["SS-03"]


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
