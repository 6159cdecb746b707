"""What the machines of each kind of place show, and that no item is another with its name changed."""

from collections import defaultdict

import pytest

from edge.domain.catalogue import Catalogue, shipped_catalogue
from edge.domain.form import Item

CATALOGUE = shipped_catalogue()
COUNTY = CATALOGUE.county
PROFILES = {profile.key: profile for profile in COUNTY.profiles}


def shown(key: str) -> Catalogue:
    """Return what machines with this profile show."""
    return CATALOGUE.shown_at(PROFILES[key])


def questions_of(item: Item) -> frozenset[str]:
    """Return what an item asks: key and kind of each question, of rows too."""
    return frozenset(f"{one.key}:{one.kind}" for field in item.fields for one in (field, *field.fields))


@pytest.mark.parametrize(("key", "least"), [("hall", 40), ("outlet", 110), ("town", 110)])
def test_a_kind_of_place_shows_as_many_items_as_it_promises(key: str, least: int) -> None:
    assert len(shown(key).items) >= least
    assert any(place.kind in PROFILES[key].kinds for place in COUNTY.places)


def test_a_town_shows_everything() -> None:
    assert list(shown("town").items) == list(CATALOGUE.items)


def test_a_profile_names_items_that_are_there_and_none_twice() -> None:
    for profile in COUNTY.profiles:
        for codes in (profile.items, profile.without):
            assert set(codes) - set(CATALOGUE.items) == set() and len(codes) == len(set(codes)), profile.key


def test_nobody_has_to_be_beside_the_machines_of_the_hall() -> None:
    for item in shown("hall").items.values():
        assert not {"witness", "witness_signature"} & {field.key for field in item.fields}, item.code


def test_the_hall_has_property_taxes_and_business_whole() -> None:
    there = shown("hall").items
    for department in ("bd", "sw", "ss"):
        assert [item.code for item in CATALOGUE.for_department(department) if item.code not in there] == []


def test_every_department_of_the_county_has_an_item() -> None:
    assert [key for key in CATALOGUE.departments if not CATALOGUE.for_department(key)] == []


def test_no_two_items_ask_the_same_questions() -> None:
    asked: dict[frozenset[str], list[str]] = defaultdict(list)
    for item in CATALOGUE.items.values():
        asked[questions_of(item)].append(item.code)
    assert [codes for codes in asked.values() if len(codes) > 1] == []


def test_every_item_asks_something_that_it_alone_asks() -> None:
    """A question may be shared by many; at least two of an item's own, or of its own words, stand in no other form."""
    worded: dict[tuple[str, str], set[str]] = defaultdict(set)
    for item in CATALOGUE.items.values():
        for field in item.fields:
            worded[field.key, field.question.zh].add(item.code)
    own = {item.code: sum(worded[field.key, field.question.zh] == {item.code} for field in item.fields)
           for item in CATALOGUE.items.values()}
    assert {code: number for code, number in own.items() if number < 2} == {}
