"""What the items of business, taxes, the housing fund, property and further departments refuse, tell and lead to."""

from typing import Any

import pytest

from edge.domain.answers import check_outcome
from edge.domain.catalogue import shipped_catalogue
from edge.domain.reckoned import reckoned
from tests.domain.filled import TODAY
from tests.domain.judging import asked, born, follows, judged, notices, stops, with_params

CATALOGUE = shipped_catalogue()
COUNTY = CATALOGUE.county


@pytest.mark.parametrize(("code", "changes", "said"), [
    ("SS-07", {"valid_until": "2026-11-22"}, "许可证过期了"),
    ("SS-08", {"banned": ["cans"]}, "不让做"),
    ("SS-09", {"place_kind": "pool", "pool_water": False}, "池水不过滤"),
    ("QY-02", {"items": ["capital"], "capital_way": "down", "capital_after": 5000, "reduced_on": "2026-10-10"},
     "没满 45 天"),
    ("QY-03", {"owed": ["wages", "suit"]}, "不能走简易注销"),
    ("QY-03", {"tax_cleared": "open"}, "先办清税证明"),
    ("QY-04", {"post": "other"}, "联络员来报"),
    ("QY-08", {"kinds": ["pension"]}, "一定要有工伤保险"),
    ("QY-09", {"frozen": True}, "不能出质"),
    ("SW-08", {"vehicle": "small"}, "不用交购置税"),
    ("GJ-04", {"ground": "left", "stop_month": "2026-08"}, "现在停了 3 个月"),
    ("GJ-04", {"ground": "dead", "heir": "雷小国", "heirs_agreed": False}, "继承人没谈好"),
    ("GJ-06", {"direction": "out"}, "到外地的公积金中心申请"),
    ("WJ-01", {"id_number": born("19960218", "001")}, "孩子妈妈的身份证号"),
    ("WJ-02", {"more_child": True}, "不再发"),
    ("WJ-03", {"id_number": born("19661125")}, "到 2026年11月25日 满 60 岁"),
    ("WJ-03", {"farm_household": False}, "只给农村户口"),
    ("SF-02", {"id_number": born("20100101")}, "不能立遗嘱"),
    ("ZJ-01", {"apply_as": "migrant", "fund_or_insurance": False}, "在本县交着社保"),
    ("JY-01", {"pupil_id": born("20210901")}, "2027年9月1日 才满"),
    ("NY-01", {"farmed": 0}, "一亩也没种"),
    ("NY-02", {"machine_where": "shop"}, "机器没到手"),
])
def test_an_item_stops_where_it_cannot_be_granted(code: str, changes: dict[str, Any], said: str) -> None:
    assert judged(code).stops == [] and said in stops(judged(code, **changes))


@pytest.mark.parametrize(("code", "changes", "said"), [
    ("SS-05", {"changes": ["scope"], "new_scopes": ["food_catering"]}, "食品经营许可或备案"),
    ("SS-06", {"misuse": True}, "打 110"),
    ("SS-10", {"in_use_on": "2026-10-01"}, "超过 30 天"),
    ("SS-11", {"still_open": False}, "执照注销"),
    ("QY-06", {"why_seal": "lost", "reported": False}, "先到派出所报案"),
    ("SW-05", {"invoice_kind": "special", "largest": 200_000_000}, "上门看看"),
    ("SW-06", {"wants_special": True}, "不能代开专用发票"),
    ("SW-07", {"owner_kind": "sublet"}, "房东同意转租"),
    ("SW-08", {"invoice_on": "2026-09-01"}, "超过 60 天"),
    ("SW-10", {"late_before": True}, "补报"),
    ("SW-11", {"owing": "yes_owing"}, "交清才能开"),
    ("GJ-03", {"bought_on": "2020-01-01"}, "过了能提的期限"),
    ("BD-02", {"bank_files": True}, "不用来了"),
    ("BD-03", {"mortgaged": True}, "先把抵押消掉"),
    ("BD-05", {"pledged": True}, "先问银行"),
    ("SF-01", {"case_kind": "violence"}, "打 110"),
    ("SF-01", {"stage_now": "court", "deadline_on": "2026-11-27"}, "马上打 12348"),
    ("JT-01", {"weight": "light"}, "有驾驶证就行"),
    ("GY-02", {"connect": ["gas"], "power_need": ..., "gas_for": "shop"}, "报警器"),
])
def test_an_item_tells_what_must_be_known_and_goes_on(code: str, changes: dict[str, Any], said: str) -> None:
    assert said not in notices(judged(code))
    told = judged(code, **changes)
    assert said in notices(told) and told.stops == []


@pytest.mark.parametrize(("code", "changes", "key", "said"), [
    ("SS-05", {"new_name": "云川县西河镇小满理发店"}, "new_name", "和现在的名字一样"),
    ("SS-07", {"permit_number": "AB23703990000101"}, "permit_number", "JY 加 14 位"),
    ("SS-08", {"banned": ["none", "dairy"]}, "banned", "不能再选别的"),
    ("QY-02", {"head_id": born("20100101")}, "head_id", "不满 18 岁"),
    ("QY-04", {"insured": 13}, "insured", "比公司的人还多"),
    ("QY-05", {"wish_2": "丰泰"}, "wish_2", "和第一个一样"),
    ("SW-07", {"rent_until": "2025-12"}, "rent_until", "比开始的月还早"),
    ("SW-08", {"vin": "LSVNV2187N200010O"}, "vin", "没有 I、O、Q"),
    ("SW-10", {"invoiced": 5_600_001}, "invoiced", "比卖的钱还多"),
    ("SW-12", {"pay_code": "37039926A0000001"}, "pay_code", "只有数字"),
    ("GJ-03", {"withdraw": 62_000_001}, "withdraw", "比房价还多"),
    ("GJ-07", {"rate": 4}, "rate", "5"),
    ("BD-06", {"should_read": "建筑面积 89 平方米"}, "should_read", "和证上写的一样"),
    ("WJ-01", {"due_on": "2026-11-20"}, "due_on", "过去了"),
    ("WJ-02", {"only_id": born("19700101")}, "only_id", "对不上"),
    ("TJ-01", {"served_until": "1988-12"}, "served_until", "比当兵的日子还早"),
    ("JT-01", {"licence_class": "大车"}, "licence_class", "B2"),
    ("NY-01", {"farmed": 630}, "farmed", "比承包的还多"),
    ("GY-02", {"see_day": "2026-12-31"}, "see_day", "30 天以内"),
    ("SF-02", {"visit_day": "2027-02-01"}, "visit_day", "60 天以内"),
])
def test_an_answer_that_cannot_be_right_is_said_in_words(
    code: str, changes: dict[str, Any], key: str, said: str
) -> None:
    errors = judged(code, **changes).errors
    assert set(errors) == {key} and said in errors[key].zh


def members(farmers: int, people: int) -> list[dict[str, Any]]:
    """Return so many members of a cooperative; the first is who applies."""
    ids = [CATALOGUE.item("SS-12").example["id_number"], *(born("19700101", f"{n:03d}") for n in range(2, people + 1))]
    return [{"member_name": "祁有根", "member_id": one, "farmer": at < farmers, "paid_in": 100_000}
            for at, one in enumerate(ids)]


@pytest.mark.parametrize(("farmers", "people", "fine"), [
    (4, 5, True), (3, 5, False), (8, 10, True), (5, 7, False), (4, 4, False)])
def test_a_cooperative_has_five_members_four_fifths_of_them_farmers(farmers: int, people: int, fine: bool) -> None:
    assert judged("SS-12", members=members(farmers, people)).ok is fine


def test_two_daughters_are_two_children() -> None:
    one = CATALOGUE.item("WJ-03").example["kids"][:1]
    assert "请写两个" in judged("WJ-03", kids=one).errors["kids"].zh
    assert judged("WJ-03", births="one_girl", kids=one).ok
    assert "kids" not in asked("WJ-03", births="none")


def test_only_what_changes_is_asked() -> None:
    own = {"new_name", "new_place", "new_scopes", "partners"}
    assert asked("SS-05", changes=["form"]) & own == {"partners"}
    own = {"name_after", "seat_after", "head_after", "head_id", "head_post", "capital_way", "scope_after"}
    assert asked("QY-02", items=["name"]) & own == {"name_after"}
    assert {"water_number", "gas_number"} & asked("GY-01", meters=["gas"]) == {"gas_number"}
    assert "stall_spot" in asked("SS-08", food_kind="stall") and "area" not in asked("SS-08", food_kind="stall")


def test_limits_are_the_countys() -> None:
    assert "能有的大" in judged("SS-08", with_params("SS-08", most_area=3000)).errors["area"].zh
    assert "本县的线" in notices(judged("ZJ-01", with_params("ZJ-01", most_each=100_000)))
    assert notices(judged("ZJ-01")) == ""
    assert judged("JY-01", with_params("JY-01", six_until="2026-01-01")).stops
    assert "report_year" in judged("QY-04", with_params("QY-04", years=[2026])).errors


@pytest.mark.parametrize(("code", "key", "value", "how"), [
    ("SS-12", "coop_capital", "15,000.00 元", "全部成员出的钱加起来"),
    ("SW-07", "rent_months", "12 个月", "头尾两个月都算"),
    ("SW-08", "declare_by", "2027年1月11日", "开发票那天（2026年11月12日）往后 60 天"),
    ("QY-08", "must_by", "2026年12月9日", "第一个人上班（2026年11月9日）往后 30 天"),
    ("GJ-07", "month_sum", "2,700.00 元", "平均工资乘人数、比例，单位职工两份"),
    ("ZJ-01", "each_income", "1,333.33 元", "全家一个月的收入平分"),
])
def test_what_follows_from_the_answers_is_reckoned_and_told(code: str, key: str, value: str, how: str) -> None:
    checked = judged(code)
    label = next(one.label.zh for one in CATALOGUE.item(code).computed if one.key == key)
    words = reckoned(CATALOGUE.item(code), checked.answers, checked.computed, "zh", COUNTY)
    assert (label, value, how) in [(one.label.zh, one.value, one.how) for one in words]


@pytest.mark.parametrize(("code", "outcome", "changes", "found"), [
    ("SS-05", None, {"permit_held": True}, ["SS-07"]),
    ("SS-06", None, {"holder_kind": "company"}, ["QY-06"]),
    ("SS-07", {"result": "ended"}, {}, ["SS-02"]), ("SS-07", None, {}, []),
    ("SS-12", None, {"coop_trade": "machine"}, ["NY-02", "SW-05"]),
    ("QY-02", None, {"items": ["name"], "name_after": "云川县新立明建材有限公司"}, ["QY-06", "QY-07"]),
    ("QY-05", {"free": "none"}, {}, []), ("QY-05", None, {}, ["QY-01"]),
    ("QY-06", None, {"why_seal": "worn"}, []), ("QY-06", None, {}, ["QY-07"]),
    ("QY-08", None, {}, ["GJ-07"]),
    ("SW-11", None, {}, ["SS-02"]), ("SW-11", None, {"closing": "company"}, ["QY-03"]),
    ("SW-10", None, {"zero": False}, ["SS-02"]),
    ("GJ-03", None, {}, ["SW-03", "BD-03"]),
    ("GJ-04", None, {"ground": "dead", "heir": "雷小国", "heirs_agreed": True}, ["(SF-02)"]),
    ("GJ-05", {"told_on": "2026-11-25", "loan_state": "done"}, {}, ["BD-02"]),
    ("BD-03", None, {"mortgaged": True}, ["SW-03", "BD-02"]),
    ("BD-03", None, {"transfer_by": "inherit", "heirs": 3, "deed_tax": "free"}, ["SF-02"]),
    ("BD-04", None, {}, []),
    ("WJ-01", None, {"stage": "born", "born_day": "2026-11-01"}, ["YB-02"]),
    ("WJ-02", None, {"stage_claim": "hurt"}, ["CL-01"]),
    ("SF-01", None, {"means": "low", "household_size": 3, "household_money": 200_000}, ["MZ-02"]),
    ("JY-01", None, {"household_here": False}, ["GA-01"]),
    ("NY-01", None, {"contracted": 3000}, ["NY-02"]),
])
def test_what_follows_an_approval(
    code: str, outcome: dict[str, Any] | None, changes: dict[str, Any], found: list[str]
) -> None:
    assert follows(code, outcome, **changes) == found


def test_an_appointment_is_confirmed_with_day_and_half_day() -> None:
    booked = [code for code, item in CATALOGUE.items.items() if "visit_half" in {one.key for one in item.outcome}]
    assert len(booked) >= 12
    for code in booked:
        item = CATALOGUE.item(code)
        wrong = check_outcome(item, {**item.outcome_example, "visit_half": "night"}, COUNTY, TODAY, item.example)
        assert set(wrong.errors) == {"visit_half"}, code
