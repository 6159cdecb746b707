"""What stands above a question: what this page asks, and how far the form has come."""

import re

import pytest

from edge.domain.catalogue import shipped_catalogue
from edge.domain.form_walk import form_fields, town_question
from edge.kiosk.spoken_texts import spoken
from tests.kiosk.citizen import Citizen

STANDS = re.compile(r"第 (\d+) 题，(共|大约) (\d+) 题")
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


def stands(citizen: Citizen) -> tuple[str, str, str]:
    """Return number, 共 or 大约, and the total of the page in front of them."""
    found = STANDS.search(citizen.page)
    assert found is not None, citizen.at
    return found[1], found[2], found[3]


@pytest.mark.parametrize("code", ["MZ-01", "MZ-04", "SS-04"])
def test_pages_are_counted_from_one_and_a_total_that_is_told_as_sure_never_changes(citizen: Citizen, code: str) -> None:
    example = shipped_catalogue().item(code).example
    citizen.begin(code)
    told = []
    while citizen.at.startswith("/fill/"):
        told.append(stands(citizen))
        key = citizen.at.rsplit("/", 1)[1]
        citizen.reply(example.get(key))

    numbers = list(dict.fromkeys(int(number) for number, _, _ in told))
    assert numbers == list(range(1, len(numbers) + 1))
    assert {total for _, sure, total in told if sure == "共"} == {str(len(numbers))}
    assert told[0][1] == ("大约" if code != "MZ-04" else "共")


def test_the_start_tells_the_same_total_as_the_first_question(citizen: Citizen) -> None:
    promised = re.search(r"大约 (\d+) 个问题", citizen.go("/item/MZ-01").page)

    assert promised is not None
    assert stands(citizen.begin("MZ-01")) == ("1", "大约", promised[1])
    assert "开始前的一题" in citizen.send(citizen.at, go="back").page and citizen.at == "/fill/who"


def test_for_whom_it_is_has_a_number_where_it_is_asked_on_a_page(citizen: Citizen) -> None:
    citizen.begin("MZ-01", who="")

    assert citizen.at == "/fill/who" and stands(citizen)[0] == "1"
    assert stands(citizen.reply("self"))[0] == "2"
