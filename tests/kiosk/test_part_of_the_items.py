"""A machine that shows a part of the items speaks only of those, and tells where the others are done."""

import re

import pytest

from edge.domain.catalogue import shipped_catalogue
from edge.kiosk import page as pages
from tests.fakes.one_site import verdict
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk

CATALOGUE = shipped_catalogue()
KINDS = {place.kind: place for place in CATALOGUE.county.places}
TOWN = "柳河镇便民服务中心"


@pytest.fixture
def at_the_hall(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> Citizen:
    """A citizen where few items are shown."""
    monkeypatch.setattr(pages, "place_of", lambda _site: KINDS["hall"])
    return kiosk.citizen()


@pytest.fixture(params=sorted(KINDS))
def citizen_there(request: pytest.FixtureRequest, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> Citizen:
    """A citizen at a place of each kind."""
    monkeypatch.setattr(pages, "place_of", lambda _site: KINDS[request.param])
    return kiosk.citizen()


def search(citizen: Citizen, words: str) -> str:
    """Return the page that comes for some words."""
    return citizen.go("/search").send("/search", words=words, go="next").page


def test_the_words_that_a_machine_suggests_find_something_there(citizen_there: Citizen) -> None:
    both = citizen_there.page + citizen_there.go("/search").page
    suggested = re.findall(r"(?:写字找|写一两个词就行)：([^<…]+)", both)

    words = [word for line in suggested for word in line.split("、")]
    assert len(words) == 5
    assert [word for word in words if "找到" not in search(citizen_there, word)] == []


def test_a_tile_names_matters_only_where_all_of_them_are_done(citizen_there: Citizen) -> None:
    tiles = dict(re.findall(r'href="/event/(\w+)".*?<small>(.*?)</small>', citizen_there.go("/").page))

    assert tiles
    for event in CATALOGUE.events:
        if event.key in tiles and tiles[event.key] == event.hint.zh:
            listed = {code for page in "1234" for code in re.findall(
                r'href="/item/([A-Z]{2}-\d\d)"', citizen_there.go(f"/event/{event.key}?page={page}").page)}
            assert listed == {item.code for item in CATALOGUE.for_event(event.key)}


def test_what_is_not_done_here_is_told_with_a_place_that_does_it(at_the_hall: Citizen) -> None:
    page = search(at_the_hall, "高龄津贴")

    assert at_the_hall.title == "这件事，这台机器不办"
    assert TOWN in page and "/item/" not in page
    assert "换个说法" in search(at_the_hall, "火星")


def test_an_approval_leads_to_nothing_that_this_machine_does_not_show(kiosk: Kiosk, at_the_hall: Citizen) -> None:
    receipt, tail = at_the_hall.hand_in("CL-02")
    item = CATALOGUE.item("CL-02")
    verdict(kiosk.site, receipt, tail, "accepted", result=dict(item.outcome_example), known=dict(item.example))

    page = at_the_hall.look_up(receipt, tail).go("/track/next").page

    assert "重度残疾人护理补贴" in page and TOWN in page and "/item/" not in page


def test_whoever_is_sent_to_another_item_learns_where_it_is_done(at_the_hall: Citizen) -> None:
    page = at_the_hall.fill("RS-11", id_number="110105194401010025").page

    assert at_the_hall.at == "/fill/stop"
    assert f"去办：{CATALOGUE.item('RS-02').short.zh}" in page and TOWN in page
    assert "/item/" not in page
