"""A machine that shows a part of the items speaks only of those, and tells where the others are done."""

import re

import pytest

from edge.domain.catalogue import shipped_catalogue
from edge.kiosk import page as pages
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk

CATALOGUE = shipped_catalogue()
KINDS = {place.kind: place for place in CATALOGUE.county.places}


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


def test_what_is_not_done_here_is_told_with_a_place_that_does_it(kiosk: Kiosk,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "place_of", lambda _site: KINDS["hall"])
    citizen = kiosk.citizen()

    page = search(citizen, "高龄津贴")

    assert citizen.title == "这件事，这台机器不办"
    assert "柳河镇便民服务中心" in page and "/item/" not in page
    assert "换个说法" in search(citizen, "火星")
