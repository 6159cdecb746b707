"""Practice: marked on every page, filled to the end, and nothing of it anywhere."""

import re

import pytest

from edge.desk.amend import amend
from edge.desk.attach import Photo, attach
from edge.desk.lodge import lodge
from edge.desk.practice import practising
from edge.desk.track import track
from edge.domain.catalogue import shipped_catalogue
from edge.ground.disk import Disk
from edge.ground.problem import ONLY_PRACTICE, Problem
from edge.kiosk import check_answers
from edge.records import lane
from tests.fakes.one_site import verdict
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk

BAND = "练习 · 不会真的交上去"
ITEMS = ("CL-04", "GJ-02", "MZ-02", "QY-01", "RS-04", "RS-05")


def written(kiosk: Kiosk) -> tuple[int, int]:
    """Return the end of the lane, and how many rows this process has ever changed on its disk."""
    return lane.head(kiosk.site.store.read()).n, kiosk.site.store._writer.total_changes


def practise(citizen: Citizen, code: str) -> Citizen:
    """Begin to practise an item and stand on its first question."""
    return citizen.go(f"/item/{code}").send(f"/practice/item/{code}").send(f"/item/{code}", who="self")


@pytest.mark.parametrize("code", ITEMS)
def test_an_item_is_practised_with_its_example_and_nothing_is_written(
    kiosk: Kiosk, citizen: Citizen, code: str
) -> None:
    before = written(kiosk)

    practise(citizen, code).send("/practice/example")
    assert citizen.at == "/check"
    citizen.send("/check", agree="yes")

    assert citizen.title == "练习完了，没有交任何东西"
    assert 'class="qr"' not in citizen.page and not re.search(r"\b[2-9A-Z]{4} [2-9A-Z]{3} [2-9A-Z]{3}\b", citizen.page)
    assert written(kiosk) == before


def test_the_first_page_of_an_item_promises_nothing_in_practice(citizen: Citizen) -> None:
    promised = ("今天交，", "自动送")
    assert all(words in citizen.go("/item/RS-01").page for words in promised)
    citizen.send("/practice")
    assert not any(words in citizen.go("/item/RS-01").page for words in promised)


def test_every_page_of_practice_is_marked_and_no_other(citizen: Citizen) -> None:
    assert BAND not in citizen.go("/").page
    citizen.send("/practice")
    for path in ("/all", "/", "/help", "/search", "/item/RS-01", "/first", "/nothing-here"):
        assert BAND in citizen.go(path).page, path
    citizen.send("/item/RS-01", who="self")
    for _ in range(3):
        assert BAND in citizen.page
        citizen.reply("张三" if citizen.at.endswith("/name") else "")
    assert BAND in citizen.go("/idle").page
    assert BAND not in citizen.go("/").send("/practice/end").page


def test_a_page_that_forgets_practice_still_hands_in_nothing(
    kiosk: Kiosk, citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    practise(citizen, "RS-01").send("/practice/example")
    before = written(kiosk)
    monkeypatch.setattr(check_answers, "rehearses", lambda: False)

    citizen.send("/check", agree="yes")

    assert citizen.title == ONLY_PRACTICE.title_zh
    assert written(kiosk) == before


def test_the_desk_takes_no_form_no_photo_and_no_correction_in_practice(kiosk: Kiosk, citizen: Citizen) -> None:
    receipt, tail = citizen.hand_in("RS-01")
    verdict(kiosk.site, receipt, tail, "needs_correction", reason="有一样要补", asks=(("bank_card", "看不清"),))
    case = track(kiosk.site, receipt, tail)
    item = shipped_catalogue().item("RS-01")
    photo = Photo(item.materials[0].key, b"x", "image/webp")
    before = written(kiosk)
    practising(True)
    try:
        for act in (lambda: lodge(kiosk.site, item, item.example, channel="kiosk"),
                    lambda: attach(item, [photo], kiosk.site.chance),
                    lambda: amend(kiosk.site, case, {"bank_card": "6222020000000000000"})):
            with pytest.raises(Problem) as refused:
                act()
            assert refused.value.kind is ONLY_PRACTICE
    finally:
        practising(False)
    assert written(kiosk) == before


def test_practice_works_where_the_machine_takes_nothing(kiosk: Kiosk, citizen: Citizen) -> None:
    kiosk.site.disk = lambda: Disk(99 * 2**30, 2**30)
    assert citizen.go("/").title == "这台机器现在不收材料"

    practise(citizen, "CL-02").send("/practice/example").send("/check", agree="yes")

    assert citizen.title == "练习完了，没有交任何东西"
    assert citizen.go("/").title == "今天来办什么事？"


def test_doing_it_in_earnest_begins_empty_and_is_taken(kiosk: Kiosk, citizen: Citizen) -> None:
    practise(citizen, "RS-01").send("/practice/example").send("/check", agree="yes")
    old = citizen.csrf

    citizen.send("/practice/real")

    assert citizen.at == "/item/RS-01" and BAND not in citizen.page and citizen.csrf != old
    assert citizen.go("/check").at == "/"
    citizen.go("/item/RS-01")
    assert "张" not in citizen.send("/item/RS-01", who="self").page
    citizen.hand_in("RS-01")
    assert lane.head(kiosk.site.store.read()).n == 1


@pytest.mark.parametrize("path", ["/track", "/staff"])
def test_what_is_never_practice_ends_it(citizen: Citizen, path: str) -> None:
    citizen.send("/practice")

    assert BAND not in citizen.go(path).page and BAND not in citizen.go("/").page


def test_no_example_is_put_into_a_real_form(citizen: Citizen) -> None:
    citizen.begin("RS-01").send("/practice/example")

    assert citizen.at.startswith("/fill/") and "用样例填" not in citizen.page
