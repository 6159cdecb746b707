"""A machine that takes no forms says so at its door, names the paper way, and comes back by itself."""

import pytest

from edge.ground.disk import Disk
from edge.records import lane
from tests.kiosk.conftest import Kiosk

GIB = 2**30
FULL, ROOM = Disk(99 * GIB, GIB), Disk(10 * GIB, 90 * GIB)
READ_ONLY = Disk(10 * GIB, 90 * GIB, read_only=True)


@pytest.mark.parametrize("disk", [FULL, READ_ONLY, None])
def test_the_first_page_names_the_paper_way_and_whom_to_ask(kiosk: Kiosk, disk: Disk | None) -> None:
    kiosk.site.disk = lambda: disk
    citizen = kiosk.citizen()

    assert citizen.title == "这台机器现在不收材料"
    assert "请用纸质表" in citizen.page and "0533-0000000" in citizen.page and "李师傅" in citizen.page
    assert "能填能交" not in citizen.page
    assert citizen.go("/track").title == "回执号是多少？"


def test_only_a_full_disk_is_said_to_keep_what_it_has(kiosk: Kiosk) -> None:
    kiosk.site.disk = lambda: FULL
    assert "以前交的材料都存着" in kiosk.citizen().page
    kiosk.site.disk = lambda: READ_ONLY
    assert "以前交的材料都存着" not in kiosk.citizen().page


def test_a_form_is_refused_before_its_first_question_and_again_at_its_last(kiosk: Kiosk) -> None:
    before = kiosk.citizen()
    before.go("/item/RS-01")
    kiosk.site.disk = lambda: FULL
    before.send("/item/RS-01", who="self")
    assert (before.answer.status_code, before.title) == (507, "这台机器存满了，现在不能收材料")

    kiosk.site.disk = lambda: ROOM
    late = kiosk.citizen().begin("RS-01").fill("RS-01")
    kiosk.site.disk = lambda: FULL
    late.send("/check", agree="yes")
    assert (late.answer.status_code, lane.head(kiosk.site.store.read()).n) == (507, 0)

    kiosk.site.disk = lambda: ROOM
    late.go("/check?page=last").send("/check", agree="yes")
    assert lane.head(kiosk.site.store.read()).n == 1


def test_the_page_loads_again_when_there_is_room(kiosk: Kiosk) -> None:
    kiosk.site.disk = lambda: FULL
    waiting = kiosk.citizen()
    assert "HX-Refresh" not in waiting.client.get("/ready").headers
    kiosk.site.disk = lambda: ROOM

    assert waiting.client.get("/ready").headers["HX-Refresh"] == "true"
    assert waiting.go("/").title == "今天来办什么事？"


def test_health_and_status_tell_it_to_programs(kiosk: Kiosk) -> None:
    kiosk.site.disk = lambda: FULL

    assert kiosk.app.test_client().get("/api/v1/health").json == {"status": "paper_only", "why": "disk-full"}
