"""What the items about work, health, families, disability and households refuse, tell, ask and lead to."""

from typing import Any

import pytest

from edge.domain.catalogue import shipped_catalogue
from tests.domain.judging import asked, born, follows, judged, notices, stops, with_params

CATALOGUE = shipped_catalogue()


@pytest.mark.parametrize(("code", "change", "said"), [
    ("RS-07", {"id_number": born("20101124")}, "满 16 岁才能参加"),
    ("RS-07", {"has_employer": True}, "由单位交"),
    ("RS-07", {"id_number": born("19660101")}, "先到人社窗口"),
    ("RS-08", {"still_there": True}, "先停了再来转"),
    ("RS-08", {"paid_here": False}, "灵活就业养老"),
    ("RS-09", {"others": "unclear", "material_agreement": ...}, "商量好由谁领"),
    ("RS-10", {"cause": "work"}, "走工伤保险"),
    ("RS-11", {"id_number": born("19600101")}, "该领养老金了"),
    ("RS-14", {"registered": False}, "先办失业登记"),
    ("RS-14", {"owns": "open"}, "先注销"),
    ("RS-15", {"post_for": "none"}, "就业困难认定"),
    ("RS-15", {"id_number": born("19600101")}, "年龄线"),
    ("RS-16", {"has_licence": False, "credit_code": ..., "staff_paid": ..., "material_licence": ...,
               "material_shop_proof": ...}, "开店办执照"),
    ("RS-17", {"opened_on": "2026-01-10"}, "要开满 12 个月，现在才 10 个月"),
    ("RS-17", {"got_before": True}, "您领过了"),
    ("RS-19", {"insured_now": "none"}, "没参加的领不了"),
    ("RS-20", {"recognised": False}, "先认定工伤"),
    ("RS-24", {"told_before": "court"}, "申请执行"),
    ("YB-03", {"in_hospital": True}, "出院以后再来改"),
    ("YB-05", {"insurance_kind": "unpaid"}, "先办居民医保"),
    ("YB-08", {"why_paid": "third"}, "该由别人赔"),
    ("YB-09", {"joined_here": False}, "先在本县参加职工医保"),
    ("YB-10", {"owner_kind": "residents"}, "没有个人账户"),
    ("YB-10", {"kin_kind": "other"}, "只能绑近亲属"),
    ("MZ-04", {"asked_low": "have"}, "不用再认定"),
    ("MZ-05", {"keepers": "able"}, "有人能养的不算特困"),
    ("MZ-06", {"father": "fine"}, "不算无人抚养"),
    ("MZ-07", {"agreed": False}, "不能登记"),
    ("MZ-07", {"both_single": False}, "还有配偶"),
    ("MZ-09", {"late_home": "elsewhere"}, "户口所在的县发"),
    ("MZ-10", {"need_group": "none", "material_group_paper": ...}, "困难家庭"),
    ("MZ-10", {"id_number": born("19661124")}, "满 60 岁才能申请"),
    ("CL-06", {"certificate": "11010519790418001122"}, "只给肢体残疾"),
    ("CL-06", {"chair_kind": "electric"}, "烧油的机动轮椅车"),
    ("CL-07", {"kid_id": born("20191101")}, "孩子 7 岁，过了县里的年龄"),
    ("CL-09", {"home_owner": "rent", "landlord_agrees": False}, "房东还没同意"),
    ("GA-03", {"id_number": born("20101124")}, "不满 16 岁"),
    ("GA-04", {"fact": "book", "about_name": ..., "about_kin": ...}, "不用再开证明"),
    ("GA-06", {"from_province": "37", "same_county": True}, "不用登记"),
    ("GA-07", {"good_until": "2025-11-01"}, "会被注销"),
    ("GA-08", {"own_car": "other"}, "只能他自己来查")])
def test_what_stops_an_item_says_why_and_nothing_else_does(code: str, change: dict[str, Any], said: str) -> None:
    checked = judged(code, **change)
    assert said in stops(checked) and checked.errors == {}
    assert judged(code).stops == []


@pytest.mark.parametrize(("code", "change", "said"), [
    ("RS-09", {"after": True}, "多打的钱要退回来"),
    ("RS-14", {"id_number": born("19900101")}, "一般还不算大龄"),
    ("RS-24", {"crowd": 30}, "马上打 12345"),
    ("RS-24", {"from_day": "2024-01-01", "until_day": "2024-06-30"}, "过了两年"),
    ("YB-07", {"reimbursed": 0}, "先报销"),
    ("YB-08", {"in_day": "2025-03-01"}, "有可能报不了"),
    ("YB-09", {"stopped_month": "2026-03"}, "断了 8 个月"),
    ("GA-05", {"born_on": "2026-09-01"}, "过了也能上"),
    ("GA-05", {"paper_state": "none"}, "亲子鉴定"),
    ("GA-07", {"points": True}, "先处理才能换"),
    ("GA-07", {"good_until": "2026-11-01"}, "不要开车"),
    ("GA-08", {"got_message": True}, "都是骗子"),
    ("CL-09", {"certificate": "11010519720809001244"}, "先给一级、二级的改"),
    ("MZ-11", {"moves": "bed", "at_home": False}, "上门评估")])
def test_what_is_told_does_not_refuse(code: str, change: dict[str, Any], said: str) -> None:
    checked = judged(code, **change)
    assert said in notices(checked) and checked.ok, (checked.errors, checked.stops)


@pytest.mark.parametrize(("code", "key", "value", "said"), [
    ("RS-07", "from_month", "2026-10", "过去的月份不能补"),
    ("RS-07", "from_month", "2027-04", "太远了"),
    ("RS-08", "last_month", "2018-01", "比开始的月还早"),
    ("RS-09", "gone_id", "110105197208090012", "您自己的号码"),
    ("RS-24", "until_day", "2026-05-01", "比开始那天还早"),
    ("YB-07", "reimbursed", 20000000, "报的比花的还多"),
    ("YB-08", "out_day", "2026-09-01", "比住院那天还早"),
    ("MZ-05", "why_unable", "minor", "满 18 岁了"),
    ("MZ-04", "serious", ["ill", "none"], "别的就不选"),
    ("MZ-06", "child_id", born("20000101"), "满 18 岁"),
    ("MZ-07", "visit_day", "2026-12-05", "不上班"),
    ("MZ-08", "in_year", 2030, "还没到"),
    ("GA-05", "go_day", "2026-12-31", "30 天以内")])
def test_an_answer_that_cannot_be_is_asked_again(code: str, key: str, value: Any, said: str) -> None:
    assert said in judged(code, **{key: value}).errors[key].zh


@pytest.mark.parametrize(("mine", "theirs", "said"), [
    (born("20061123", "002"), born("20041123", "001"), ""),
    (born("20061124", "002"), born("20041123", "001"), "您现在 19 岁"),
    (born("20061123", "002"), born("20041124", "001"), "对方现在 21 岁"),
    (born("20000101", "002"), born("20000101", "004"), "一男一女")])
def test_men_marry_from_22_and_women_from_20(mine: str, theirs: str, said: str) -> None:
    told = stops(judged("MZ-07", id_number=mine, partner_id=theirs))
    assert (said in told) if said else told == ""
    changed = judged("MZ-07", register_kind="divorce", id_number=mine, partner_id=theirs, both_single=...,
                     material_photo=..., material_agreement="later")
    assert changed.ok and "30 天冷静期" in notices(changed), "the ages are those of marrying"


def test_the_countys_data_decide_ages_times_and_shares() -> None:
    assert judged("RS-15", with_params("RS-15", last_age=70), id_number=born("19600101")).ok
    assert judged("RS-17", with_params("RS-17", open_months=6), opened_on="2026-01-10").ok
    assert judged("CL-07", with_params("CL-07", until_age=15), kid_id=born("20191101")).ok
    assert "share" in judged("RS-07", with_params("RS-07", shares=[100])).errors
    assert "最晚 2026年8月27日" in stops(judged("RS-19", with_params("RS-19", claim_days=70)))
    assert "直接申请低保" in notices(judged("MZ-04", with_params("MZ-04", line=120000)))
    assert judged("MZ-04", with_params("MZ-04", line=100000)).notices == []


def test_only_what_matters_is_asked() -> None:
    assert {"from_province", "still_there"} - asked("RS-08", direction="out") == {"from_province", "still_there"}
    assert "certificate" in asked("RS-14", hardship_kind="disabled") and "certificate" not in asked("RS-14")
    assert {"new_province", "new_city"} <= asked("YB-03", change_kind="place") and "back_on" in asked("YB-03")
    assert "other_illness" in asked("YB-05", illness=["other"]) and "other_illness" not in asked("YB-05")
    assert "bank_card" in asked("MZ-10", form_wanted="money") and "bank_card" not in asked("MZ-10")
    assert "former_name" in asked("GA-03", used_names=True) and "former_name" not in asked("GA-03")
    assert "checked" in asked("GA-07", licence_reason="lost", id_number=born("19500101"))
    assert "checked" not in asked("GA-07", licence_reason="lost")
    assert "body_height" not in asked("CL-10", aid_kind="hearing")


@pytest.mark.parametrize(("code", "change", "found"), [
    ("RS-07", {}, ["RS-08", "(SW-01)"]), ("RS-07", {"paid_before": "never"}, ["(SW-01)"]),
    ("RS-09", {}, ["MZ-09"]), ("RS-14", {}, ["RS-15", "RS-18"]), ("RS-14", {"wants": ["learn"]}, []),
    ("RS-16", {}, ["RS-17"]), ("RS-16", {"borrower": "farmer"}, []),
    ("RS-21", {}, ["(CL-01)"]), ("YB-06", {}, ["YB-02", "GA-05"]),
    ("YB-06", {"event_kind": "early", "babies": ..., "material_birth": ...}, []),
    ("YB-07", {}, ["MZ-04", "(MZ-03)"]), ("YB-07", {"year_income": 20000000}, []),
    ("YB-08", {}, ["YB-01"]), ("MZ-04", {"serious": ["disabled"]}, ["CL-05"]), ("MZ-05", {}, ["MZ-11"]),
    ("MZ-10", {"other_money": ["none"]}, ["MZ-01", "(MZ-11)"]), ("MZ-10", {}, ["(MZ-11)"]),
    ("CL-07", {}, ["CL-01"]), ("CL-08", {}, ["RS-14"]), ("CL-10", {}, ["(CL-09)"]), ("GA-06", {}, ["(GA-01)"])])
def test_what_follows_an_approval(code: str, change: dict[str, Any], found: list[str]) -> None:
    assert follows(code, **change) == found


def test_a_query_leads_on_only_from_what_was_found() -> None:
    assert follows("RS-12", {"ready_on": "2026-11-25", "insured": False}) == ["RS-07"] and follows("RS-12") == []
    assert follows("YB-04") == ["YB-02"] and follows("YB-04", {"told_on": "2026-11-25", "insured": True}) == []
    assert follows("RS-22", {"told_on": "2026-11-25", "found": False}) == []
    assert follows("MZ-08", what_for="copy") == ["MZ-07"] and follows("MZ-08") == []
