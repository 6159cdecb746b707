"""What stands above a question: what this page asks, and how far the form has come."""

import pytest

from edge.domain.catalogue import shipped_catalogue
from edge.domain.form_walk import form_fields, town_question
from edge.kiosk.spoken_texts import spoken
from tests.kiosk.citizen import Citizen

PLACE = {"town": "370399001", "village": "370399001201"}


def reach(citizen: Citizen, code: str, key: str, who: str) -> Citizen:
    """Answer a form with its example up to one question."""
    example = shipped_catalogue().item(code).example
    citizen.begin(code, who)
    while citizen.at != f"/fill/{key}":
        citizen.reply(example[citizen.at.rsplit("/", 1)[1]])
    return citizen


@pytest.mark.parametrize(("who", "asked"), [
    ("self", ["您现在住在哪个乡镇（街道）？", "您现在住在哪个村（居）？", "门牌号怎么写？"]),
    ("family", ["哪个乡镇（街道）？", "哪个村（居）？", "门牌号怎么写？"]),
])
def test_town_village_and_door_are_asked_each_by_its_own_question(citizen: Citizen, who: str, asked: list[str]) -> None:
    reach(citizen, "MZ-03", "home_now", who)
    assert ("有困难的人现在住在哪里？" in citizen.page) == (who == "family"), "what the heading leaves out stands below"

    found = [citizen.title]
    for step, code in PLACE.items():
        found.append(citizen.send(citizen.at, **{f"home_now.{step}": code}).title)

    assert found == asked


def test_the_question_for_a_town_is_that_for_the_village_in_both_languages_and_can_be_read_aloud() -> None:
    fields = [field for item in shipped_catalogue().items.values() for field in form_fields(item)]
    places = [text for field in fields if field.kind == "region" for text in (field.question, field.question_self)]
    asked = [text for text in places if text and "村（居）" in text.zh]
    towns = [town for text in asked if (town := town_question(text))]

    assert len(towns) == len(asked) > 40
    assert not [town for town in towns if "村" in town.zh or "village" in town.en]
    assert {town.zh for town in towns} | {"哪个乡镇（街道）？", "哪个村（居）？", "门牌号怎么写？"} <= set(
        spoken(shipped_catalogue()).values())
