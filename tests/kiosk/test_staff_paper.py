"""Paper forms at the staff's pages: numbered, printed, typed in under their number; and the quick cards."""

import re
from pathlib import Path

import pytest

from edge.domain.catalogue import shipped_catalogue
from tests.fakes.one_site import make_site
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk
from tests.kiosk.staffed import enter


def test_papers_are_numbered_printed_and_typed_in_under_their_number(staffed: Kiosk) -> None:
    person = enter(staffed).go("/staff/paper").go("/staff/paper/RS-01").send("/staff/paper/RS-01", count="5")
    papers = re.findall(r'class="number">.*?class="code">([^<]+)<', person.page, re.DOTALL)
    assert person.title == "5 张纸表编好号了" and len(set(papers)) == 5
    assert person.page.count("收件回执") == 5 and person.page.count("不是受理通知书") == 5

    number = papers[2].replace(" ", "")
    person.go("/staff/typed").send("/staff/typed", code=number)
    assert "在本机录过" not in person.page and "不是本机印的" not in person.page
    person.send("/staff/typed/day", day="2026-11-22")
    assert person.at.startswith("/fill/")
    finish(staffed, person, "RS-01")

    assert papers[2] in person.page and "/staff/typed" in person.page
    person.go("/staff/typed").send("/staff/typed", code=number)
    assert "这个号在本机录过 1 次" in person.page


def finish(kiosk: Kiosk, person: Citizen, code: str) -> None:
    """Answer what is asked with the item's example and hand in."""
    item = kiosk.site.catalogue().item(code)
    for _ in range(80):
        if not person.at.startswith("/fill/"):
            break
        key = person.at.split("/")[2]
        if person.at.endswith("/photo"):
            person.send(person.at, go="without")
        else:
            person.reply(item.example.get(key))
    person.send("/check", agree="yes")


def test_a_paper_of_another_machine_is_asked_for_its_form_and_marked(staffed: Kiosk) -> None:
    person = enter(staffed).go("/staff/typed").send("/staff/typed", code="DKSY6CJRXA")
    assert "这个号不是本机印的" in person.page

    person.send("/staff/typed/day", **{"day.1": "2026", "day.2": "11", "day.3": "2"})

    assert person.title == "纸上是哪件事？"
    assert person.go("/staff/typed/item/RS-01").at.startswith("/fill/")


@pytest.mark.parametrize("day", [
    {"day": "2026-11-24"}, {"day": "nonsense"}, {}, {"day.1": "2024", "day.2": "1", "day.3": "1"}])
def test_a_day_to_come_or_of_long_ago_is_asked_again(staffed: Kiosk, day: dict[str, str]) -> None:
    person = enter(staffed).go("/staff/typed").send("/staff/typed", code="DKSY6CJRXA")

    person.send("/staff/typed/day", **day)

    assert person.title == "纸上写的收件日期是哪天？" and "一年以内" in person.page


def test_an_older_day_is_written_in_figures(staffed: Kiosk) -> None:
    person = enter(staffed).go("/staff/typed").send("/staff/typed", code="DKSY6CJRXA")
    person.send("/staff/typed/day", day="older")
    assert person.at == "/staff/typed/older"

    person.send("/staff/typed/day", older="yes", **{"day.1": "2026", "day.2": "13", "day.3": "2"})
    assert person.at == "/staff/typed/older" and "一年以内" in person.page and 'value="13"' in person.page
    person.send("/staff/typed/day", older="yes", **{"day.1": "2026", "day.2": "10", "day.3": "2"})

    assert person.title == "纸上是哪件事？"


def test_a_wrong_number_is_told_at_once(staffed: Kiosk) -> None:
    person = enter(staffed).go("/staff/typed").send("/staff/typed", code="DKSY6CJRXX")

    assert "这个号不对" in person.page


def test_every_form_can_be_printed_whole(tmp_path: Path) -> None:
    site, _clock = make_site(tmp_path)
    from edge.kiosk.paper_sheet import asks
    for item in site.catalogue().items.values():
        found = asks(item, site.catalogue().county)
        assert [one.number for one in found] == list(range(1, len(found) + 1)) and found, item.code
        assert all(one.label for one in found), item.code
    site.store.close()


def test_a_quick_card_says_what_an_item_needs_and_nothing_of_a_person(staffed: Kiosk) -> None:
    person = enter(staffed).go("/staff/cards")
    assert "人社" in person.page
    assert "RS-01" in person.go("/staff/cards?department=rs").page

    card = person.go("/staff/cards/MZ-01").page.partition('<div class="papers">')[2]

    item = shipped_catalogue().item("MZ-01")
    assert item.name.zh in card and "不是受理通知书" in card and f"第 {item.version} 版" in card
    assert all(material.name.zh in card for material in item.materials)
    asked = [field for field in item.fields if field.kind not in ("declaration", "consent", "signature")]
    assert all(field.label.zh in card for field in asked)
    assert str(item.example["name"]) not in card
    lost = shipped_catalogue().item("RS-04").live
    assert lost is not None
    live = person.go("/staff/cards/RS-04").page.partition('<div class="papers">')[2]
    assert "12333" in live and lost.warning.zh in live
