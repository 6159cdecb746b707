"""What the items about housing, taxes, shops and companies ask, refuse and lead to."""

from typing import Any

import pytest

from edge.domain.reckoned import reckoned
from tests.domain.judging import CATALOGUE, COUNTY, asked, born, follows, judged, notices, stops, with_params

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
