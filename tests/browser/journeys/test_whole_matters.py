"""From the first page to the receipt, and to the case at the county, by every way that the machine offers."""

from typing import Any

import pytest

from edge.domain.catalogue import shipped_catalogue
from edge.domain.form import Item
from edge.domain.form_walk import form_fields
from edge.domain.identity import mask_name
from edge.domain.strokes import PAPER
from tests.browser.journeys.glass import AtTheGlass
from tests.browser.journeys.hall import Hall
from tests.browser.journeys.table import JOURNEYS, Journey

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda one: f"{one.code} {one.way}")
def test_a_whole_matter_from_the_first_page_to_the_county(hall: Hall, journey: Journey) -> None:
    citizen, item, before = arrived(hall, journey), journey.item, hall.machine.head()
    if journey.practice:
        citizen.practise(item)
        assert hall.machine.head() == before
    else:
        citizen.find(item, journey.found)
    citizen.begin(str(journey.given.get("who", "")))

    finish(hall, citizen, item, journey.given)

    assert citizen.saw_reader == item.card_reader
    if journey.again:
        go_on(hall, citizen, journey)
    assert citizen.wrong == []
    assert hall.machine.head() == before + 1 + bool(journey.again)
    citizen.leave()
    citizen.page.context.close()


def arrived(hall: Hall, journey: Journey) -> AtTheGlass:
    """Return the citizen of a journey on the first page; their card is where they are."""
    page, card = hall.page(journey.size), journey.card
    citizen = AtTheGlass(page, hall.base, journey.hand(page, journey.writes), scrolls=journey.size.scrolls,
                         card=(lambda: hall.reader.cards.append(card)) if card else None,
                         steps=journey.steps, photos=journey.photos)
    citizen.arrive(*journey.looks)
    return citizen


def finish(hall: Hall, citizen: AtTheGlass, item: Item, given: dict[str, Any]) -> None:
    """Fill the form, hand it in, take the receipt; the county opens it with its key and holds just what was given."""
    citizen.fill(item, given)
    said = citizen.read_through()
    receipt = citizen.hand_in()
    shown = citizen.page.inner_text("main")
    name = str(given[item.applicant.name])
    assert name in said and name not in shown and mask_name(name) in shown
    if citizen.page.locator("html").get_attribute("lang") == "zh-CN":
        assert ("尚未生效" if item.live else "不是受理通知书") in shown
    case, answers = hall.case(receipt)
    assert (case.item, case.code, case.masked_name) == (item.code, receipt, mask_name(name))
    assert signed(item, answers) == signed(item, hall.canonical(item, given))
    assert set(hall.photographed(case)) == {paper.key for paper in item.materials} & set(citizen.photos)


def signed(item: Item, answers: dict[str, Any]) -> dict[str, Any]:
    """Return answers with each signature as how it was made: a finger on glass never repeats its points."""
    pens = {one.key for field in form_fields(item) for one in (field, *field.fields) if one.kind == "signature"}

    def told(key: str, value: Any) -> Any:
        if key in pens:
            return "paper" if value == PAPER else "on the glass"
        return [signed(item, row) for row in value] if value and isinstance(value, list) and isinstance(
            value[0], dict) else value
    return {key: told(key, value) for key, value in answers.items()}


def go_on(hall: Hall, citizen: AtTheGlass, journey: Journey) -> None:
    """Do a second matter in the same visit: what was written for the first one is not asked again."""
    second = shipped_catalogue().item(journey.again)
    shared = {field.key for field in form_fields(second) if field.shared} & set(journey.given)
    citizen.turn(citizen.page.locator('[formaction="/another"]'))
    citizen.find(second)
    citizen.begin()
    citizen.go_on_as_before(str(journey.given[journey.item.applicant.id_number])[-4:])
    assert {journey.item.applicant.name, journey.item.applicant.id_number} <= shared
    assert citizen.page.url.rsplit("/", 1)[1] not in shared
    finish(hall, citizen, second, {**second.example, **journey.then, **{key: journey.given[key] for key in shared}})


def test_the_journeys_cover_the_ways_and_every_department() -> None:
    catalogue = shipped_catalogue()
    codes = {code for one in JOURNEYS for code in (one.code, one.again) if code}

    assert {catalogue.item(code).department for code in codes} == {item.department for item in catalogue.items.values()}
    assert len(codes) >= 12 and len({one.way for one in JOURNEYS}) == len(JOURNEYS)
