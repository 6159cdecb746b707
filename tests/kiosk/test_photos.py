"""Photos of papers without any script: take, look, again, one more, not now, and put right."""

from io import BytesIO
from typing import Any

import pytest

from edge.desk.amend import amend as real_amend
from edge.desk.lodge import lodge as real_lodge
from edge.desk.readiness import Readiness, Ready
from edge.desk.site import Site
from edge.ground.problem import NO_ROOM_FOR_PHOTOS
from edge.kiosk import check_answers
from edge.kiosk.photo import MOST_PAGES
from edge.machine.imaging import PretendImaging
from edge.machine.photo_child import LARGEST_PHOTO_BYTES
from tests.fakes.one_site import verdict
from tests.fakes.photos import blurred, page, written
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk
from tests.kiosk.http_citizen import HUKOU, citizen_example
from tests.kiosk.photographed import PHOTO, at_hukou, to_check


def sent(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bytes]]:
    """Return a list that gets (material, content) of every photo that is handed in."""
    found: list[tuple[str, bytes]] = []

    def lodge(*args: Any, **more: Any) -> Any:
        found.extend((one.material, one.content) for one in more.get("photos", ()))
        return real_lodge(*args, **more)

    def amend(*args: Any, **more: Any) -> Any:
        found.extend((one.material, one.content) for one in more.get("photos", ()))
        return real_amend(*args, **more)

    monkeypatch.setattr(check_answers, "lodge", lodge)
    monkeypatch.setattr(check_answers, "amend", amend)
    return found


# ---------------------------------------------------------------- taking


def test_who_brought_a_paper_is_asked_for_its_photo(citizen: Citizen) -> None:
    at_hukou(citizen)

    assert citizen.title == "给户口簿拍张照"
    assert 'type="file"' in citizen.page and 'enctype="multipart/form-data"' in citizen.page
    assert "没带，以后补" in citizen.page and "不拍，以后带原件去" in citizen.page


def test_a_photo_is_shown_then_listed_then_handed_in(
    kiosk: Kiosk, citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = sent(kiosk, monkeypatch)
    at_hukou(citizen).photograph(PHOTO)
    assert citizen.title == "每个字都看得清吗？"
    shown = citizen.client.get(citizen.pictures()[0])
    assert shown.content_type == "image/jpeg" and shown.headers["Cache-Control"] == "no-store"
    assert kiosk.citizen().client.get(citizen.pictures()[0]).status_code == 404, "it is nobody else's"

    to_check(citizen.send(HUKOU, go="keep"))
    citizen.go("/check?page=9") if "1 页照片" not in citizen.page else None
    assert "1 页照片" in citizen.page and f'href="{HUKOU}"' in citizen.page
    citizen.send("/check", agree="yes")

    assert citizen.title == "材料收好了"
    assert [name for name, _ in kept] == ["hukou"] and kept[0][1] == shown.data


def test_pages_are_added_replaced_and_dropped_in_their_place(
    kiosk: Kiosk, citizen: Citizen, camera: PretendImaging, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = sent(kiosk, monkeypatch)
    first, second, third, better = (written(page(300, 300, seed=n)) for n in range(4))
    at_hukou(citizen).photograph(first)
    citizen.go(f"{HUKOU}?add").photograph(second)
    citizen.go(f"{HUKOU}?add").photograph(third)
    assert "第 3 页，共 3 页" in citizen.page and len(citizen.pictures()) == 3

    citizen.go(f"{HUKOU}?again=2")
    assert citizen.title == "拍户口簿的第 2 页"
    citizen.photograph(better)
    assert "第 2 页，共 3 页" in citizen.page
    citizen.send(HUKOU, go="drop", page="1")

    to_check(citizen.send(HUKOU, go="keep"))
    assert "2 页照片" in citizen.page or "2 页照片" in citizen.go("/check?page=9").page
    citizen.go("/check?page=9").send("/check", agree="yes")
    assert kept == [("hukou", better), ("hukou", third)]


def test_ten_pages_are_enough(citizen: Citizen, camera: PretendImaging) -> None:
    at_hukou(citizen)
    for number in range(MOST_PAGES):
        citizen.photograph(PHOTO).go(f"{HUKOU}?add" if number < MOST_PAGES - 1 else HUKOU)
    assert "还有一页，再拍" not in citizen.page and f"共 {MOST_PAGES} 页" in citizen.page

    citizen.send(HUKOU, go="take", page="0")
    citizen.photograph(PHOTO)

    assert f"共 {MOST_PAGES} 页" in citizen.go(HUKOU).page


def test_what_may_be_wrong_is_said_and_taken_all_the_same(citizen: Citizen) -> None:
    at_hukou(citizen).photograph(written(blurred(page())))

    assert "有点糊。把户口簿放平，手拿开，再拍一次。" in citizen.page and "字不清楚" in citizen.page
    assert citizen.page.index("就用这张") < citizen.page.index("重拍"), "重拍 is the go button now"
    assert citizen.send(HUKOU, go="keep").at != HUKOU


@pytest.mark.parametrize(("raw", "words"), [
    (b"", "还没有照片"),
    (b"hello", "这种照片打不开"),
    (PHOTO[:3000], "这个文件不是照片，或者坏了"),
    (written(page(300, 300).resize((90, 90))), "这张照片太小"),
], ids=["nothing", "text", "torn", "tiny"])
def test_a_photo_that_will_not_do_is_said_on_the_same_page_once(citizen: Citizen, raw: bytes, words: str) -> None:
    at_hukou(citizen).photograph(raw)

    assert citizen.title == "给户口簿拍张照" and words in citizen.page
    assert words not in citizen.go(HUKOU).page


def test_a_file_over_12_mb_is_refused_and_the_page_is_still_there(citizen: Citizen) -> None:
    at_hukou(citizen).photograph(b"\xff\xd8\xff" + b"\0" * LARGEST_PHOTO_BYTES)
    assert "太大" in citizen.page

    citizen.photograph(b"\xff\xd8\xff" + b"\0" * (LARGEST_PHOTO_BYTES + 200_000))

    assert citizen.answer.status_code == 413 and "这张照片太大" in citizen.page
    assert citizen.go(HUKOU).title == "给户口簿拍张照"


def test_a_photo_comes_only_from_this_page(kiosk: Kiosk, citizen: Citizen, camera: PretendImaging) -> None:
    at_hukou(citizen)
    refused = citizen.client.post(HUKOU, data={"csrf": "0" * 48, "go": "take", "photo": (BytesIO(PHOTO), "x.jpg")})

    assert refused.location == "/problem" and camera.seen == []
    assert citizen.client.post(HUKOU, data={"go": "take"}).status_code == 403


# ---------------------------------------------------------------- not taking


def test_who_takes_none_goes_on_and_the_check_page_says_so(
    kiosk: Kiosk, citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = sent(kiosk, monkeypatch)
    to_check(at_hukou(citizen).send(HUKOU, go="skip"))
    assert "带来了，没有照片" in citizen.page or "带来了，没有照片" in citizen.go("/check?page=9").page

    citizen.go("/check?page=9").send("/check", agree="yes")

    assert citizen.title == "材料收好了" and kept == []


def test_who_will_bring_it_later_says_so_on_the_photo_page(citizen: Citizen) -> None:
    to_check(at_hukou(citizen).send(HUKOU, go="later"))

    assert "以后补" in citizen.page or "以后补" in citizen.go("/check?page=9").page


def test_a_paper_that_cannot_be_deferred_offers_no_later(citizen: Citizen) -> None:
    citizen.begin("MZ-01")
    for _ in range(40):
        if citizen.at == "/fill/material_id/photo":
            break
        citizen.reply(citizen_example().get(citizen.at.rsplit("/", 1)[1]))
    assert "没带，以后补" not in citizen.page

    citizen.send("/fill/material_id/photo", go="later")

    assert citizen.at == "/fill/material_hukou", "it is as if the photo was left out"


def test_another_answer_drops_the_photos(
    kiosk: Kiosk, citizen: Citizen, camera: PretendImaging, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = sent(kiosk, monkeypatch)
    at_hukou(citizen).photograph(PHOTO)
    picture = citizen.pictures()[0]

    to_check(citizen.go("/fill/material_hukou").reply("later"))

    assert citizen.client.get(picture).status_code == 404
    citizen.go("/check?page=9").send("/check", agree="yes")
    assert citizen.title == "材料收好了" and kept == []


def test_where_the_disk_is_short_the_page_says_so_and_offers_the_other_ways(
    citizen: Citizen, camera: PretendImaging, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_hukou(citizen)
    full = Readiness(Ready.NO_PHOTOS, NO_ROOM_FOR_PHOTOS.code, refusal=NO_ROOM_FOR_PHOTOS)
    monkeypatch.setattr(Site, "refusing", lambda _self: full)

    citizen.go(HUKOU)
    assert "机器快存满了，现在不能拍照片" in citizen.page and "没带，以后补" in citizen.page
    assert 'type="file"' not in citizen.page and "camera.js" not in citizen.page
    citizen.photograph(PHOTO)
    assert camera.seen == []

    citizen.send(HUKOU, go="skip")
    assert citizen.at != HUKOU


# ---------------------------------------------------------------- putting right


def test_the_county_asks_for_a_photo_and_gets_it(
    kiosk: Kiosk, citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt, tail = citizen.hand_in("MZ-01")
    verdict(kiosk.site, receipt, tail, "needs_correction", asks=(("material_hukou", "照片看不清"),))
    kept = sent(kiosk, monkeypatch)

    citizen.look_up(receipt, tail).send("/correct", field="material_hukou").reply("brought")
    assert citizen.title == "给户口簿拍张照" and "照片看不清" in citizen.page
    citizen.photograph(PHOTO).send(HUKOU, go="keep").send("/check", agree="yes")

    assert citizen.title == "补的材料收好了"
    assert [name for name, _ in kept] == ["hukou"]
