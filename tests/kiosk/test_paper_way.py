"""A machine that takes no forms says so at its door, names the paper way, and comes back by itself."""

import pytest

from edge.desk.revoked import note_revoked
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


@pytest.mark.parametrize("struck_off", [False, True])
def test_whoever_is_past_the_first_page_reads_the_same_truth(kiosk: Kiosk, struck_off: bool) -> None:
    citizen = kiosk.citizen()
    if struck_off:
        with kiosk.site.store.write() as db:
            note_revoked(db, kiosk.site.now())
    else:
        kiosk.site.disk = lambda: FULL
    for code in ("MZ-01", "BD-02"):   # kept here first, and looked at first by the county
        page = citizen.go(f"/item/{code}").page
        assert "现在不收。</b>请用纸质表" in page, code
        assert "现在能办" not in page and "今天交" not in page and "开始填" not in page and 'name="who"' not in page
    page = citizen.go("/item/BD-01").page
    assert "登记，请人代查" not in page and "请打电话，或者到窗口办" in page
    assert "现在能办" not in citizen.go("/all").page

    assert 'name="who"' in citizen.send("/practice").go("/item/MZ-01").page


def test_that_no_photo_can_be_taken_is_said_before_the_first_question(kiosk: Kiosk) -> None:
    assert "不能拍照片" not in kiosk.citizen().go("/item/MZ-01").page
    kiosk.site.disk = lambda: Disk(92 * GIB, 8 * GIB)

    assert "现在不能拍照片，以后补" in kiosk.citizen().go("/item/MZ-01").page
