"""What follows from an approval: by result and grade, by county, with reason and legal basis."""

from typing import Any

import msgspec
import pytest

from edge.domain.catalogue import shipped_catalogue
from edge.domain.county import County
from edge.domain.suggestion import Offer, facts_needed, offers

CATALOGUE = shipped_catalogue()
LIMBS, HEARING, MIND = "4", "2", "6"


def county(**care: Any) -> County:
    params = CATALOGUE.county.local_params
    return msgspec.structs.replace(CATALOGUE.county, local_params={**params, "CL-03": {**params["CL-03"], **care}})


def renewed(category: str, grade: str, where: County | None = None, **facts: Any) -> list[Offer]:
    known = {"old_grade": grade, "gets_care_allowance": False, "business": "change", **facts}
    return offers(CATALOGUE.item("CL-02"), {"category": category, "grade": grade}, known, where or CATALOGUE.county)


def names(found: list[Offer], kind: str = "offer") -> list[str]:
    return [one.to for one in found if one.kind == kind]


@pytest.mark.parametrize("grade", ["1", "2"])
def test_grade_1_and_2_are_offered_the_care_subsidy_and_the_paid_pension_fees(grade: str) -> None:
    found = renewed(LIMBS, grade, old_grade="3")
    assert names(found) == ["CL-03", "CL-04"]
    for one in found:
        assert one.reason.zh and one.reason.en and "国发" in one.basis.zh
    assert found[1].name.zh == "重度残疾人养老保险费代缴"


@pytest.mark.parametrize("grade", ["3", "4"])
def test_lighter_physical_grades_are_offered_nothing(grade: str) -> None:
    assert renewed(LIMBS, grade) == []
    assert renewed(LIMBS, grade, county(extended_categories=["5", "6"])) == []


def test_grade_3_of_mind_is_offered_only_where_the_county_extends() -> None:
    assert renewed(MIND, "3") == []
    assert names(renewed(MIND, "3", county(extended_categories=["5", "6"]))) == ["CL-03"]


def test_a_county_that_pays_for_some_categories_only_offers_nothing_to_others() -> None:
    four = county(limited_categories=["5", "6", "1", "4"])
    assert names(renewed(HEARING, "2", four)) == ["CL-04"]
    assert names(renewed(LIMBS, "2", four)) == ["CL-03", "CL-04"]


@pytest.mark.parametrize("old", ["1", "2"])
@pytest.mark.parametrize("new", ["3", "4"])
@pytest.mark.parametrize("received", [True, False])
def test_a_fall_of_grade_gives_a_notice_and_no_offer(old: str, new: str, received: bool) -> None:
    for where in (CATALOGUE.county, county(extended_categories=["4"])):
        found = renewed(LIMBS, new, where, old_grade=old, gets_care_allowance=received)
        assert names(found) == [] and names(found, "notice") == ["CL-03"]
        assert "停发核对" in found[0].text.zh


def test_what_is_received_already_is_not_offered_again() -> None:
    assert names(renewed(LIMBS, "2", gets_care_allowance=True)) == ["CL-04"]


def test_after_a_move_both_subsidies_must_be_applied_for_again() -> None:
    assert names(renewed(LIMBS, "4", business="move"), "notice") == ["CL-05"]


def test_a_cancelled_certificate_offers_nothing() -> None:
    assert offers(CATALOGUE.item("CL-02"), {}, {"business": "cancel", "old_grade": "2"}, CATALOGUE.county) == []


def test_the_site_keeps_only_what_the_links_name() -> None:
    assert facts_needed(CATALOGUE.item("CL-02")) == {"old_grade", "gets_care_allowance", "business"}
    assert facts_needed(CATALOGUE.item("MZ-01")) == set()
    for item in CATALOGUE.items.values():
        secret = {field.key for field in item.fields if field.kind in ("id_number", "name", "mobile", "bank_card")}
        assert not facts_needed(item) & secret


def test_pension_fees_and_the_old_age_allowance_follow_the_care_subsidy() -> None:
    item, done = CATALOGUE.item("CL-03"), {"paid_from": "2026-11-01"}
    assert names(offers(item, done, {"grade": "2", "age": 46}, CATALOGUE.county)) == ["CL-04"]
    assert names(offers(item, done, {"grade": "2", "age": 80}, CATALOGUE.county)) == ["MZ-01"]
    assert names(offers(item, done, {}, CATALOGUE.county)) == []


def test_joining_the_pension_without_a_card_offers_the_card() -> None:
    item = CATALOGUE.item("RS-01")
    facts: dict[str, Any] = {"special_group": "disabled", "has_card": False}
    assert names(offers(item, {"joined_on": "2026-11-23"}, facts, CATALOGUE.county)) == ["CL-04", "RS-03"]
    facts = {"special_group": "none", "has_card": True}
    found = offers(item, {"joined_on": "2026-11-23"}, facts, CATALOGUE.county)
    assert (names(found), names(found, "notice")) == ([], ["SW-01"])
