"""Phones on the place's own network: who gets in, and what they can do."""

import re

from edge.desk.lodge import PRINT
from edge.kiosk import create_kiosk
from edge.kiosk.invitations import FRESH_SECONDS, GOOD_SECONDS
from edge.kiosk.visit import COUNT_SECONDS, GRACE_SECONDS, PHONE_QUIET_SECONDS
from edge.records import audit, lane
from tests.kiosk.phone import (  # noqa: F401 - the fixture `place`
    NAME,
    OUT,
    Phone,
    Place,
    invites_phones,
)
from tests.kiosk.photographed import PHOTO, at_hukou


def test_a_form_from_a_phone_stands_on_the_lane_before_its_number_is_shown(place: Place) -> None:
    phone = place.phone()
    receipt, tail = phone.hand_in("RS-01")

    db = place.site.store.read()
    assert lane.head(db).n == 1
    assert [line.actor for line, _ in audit.lines(db) if line.act == "lodge"] == ["phone"]
    # nobody stands at the machine to take a slip
    assert db.execute("SELECT count(*) AS n FROM jobs WHERE kind = ?", (PRINT,)).fetchone()["n"] == 0
    assert "截屏" in phone.page and '<svg xmlns' in phone.page
    assert receipt in place.phone("192.168.1.21").look_up(receipt, tail).page.replace(" ", "")


def test_a_phone_is_told_that_its_form_is_kept_at_the_station(place: Place) -> None:
    """To whoever holds a phone, 本机 and 这台机器 are the phone."""
    phone = place.phone()
    pages = [phone.go("/item/MZ-01").page, phone.fill("MZ-01").go("/check?page=last").page,
             phone.send("/check", agree="yes").page]

    assert not [word for page in pages for word in ("本机", "这台机器", "一张收件回执") if word in page]
    assert all("站里" in page for page in pages)
    assert "本机" in place.citizen().page


def test_without_the_setting_nothing_invites(place: Place) -> None:
    plain = create_kiosk(place.site)

    assert plain.test_client().get("/phone").status_code == 404
    assert "/phone" not in plain.test_client().get("/").get_data(as_text=True)
    assert "/phone" in place.citizen().page
    # nor does whoever reaches the machine's own pages from elsewhere
    far = place.kiosk.test_client().get("/phone", environ_base={"REMOTE_ADDR": "192.168.1.20"})
    assert far.status_code == 404


def test_a_code_lets_one_phone_in_and_no_second(place: Place) -> None:
    code = place.code()
    first, second = Phone(place.pages).scan(code), Phone(place.pages, "192.168.1.21").scan(code)

    assert first.title == "今天来办什么事？"
    assert second.answer.status_code == 410 and "按“用手机填”，扫新的码" in second.page
    assert second.client.post("/in", data={"code": code}).status_code == 410
    assert second.go("/all").title == OUT
    assert first.go(f"/in/{code}").title == "今天来办什么事？"   # the same phone looks once more


def test_looking_at_a_code_spends_nothing_and_begins_nothing(place: Place) -> None:
    code = place.code()
    for _ in range(3):
        looked = Phone(place.pages).go(f"/in/{code}")
        assert "Set-Cookie" not in looked.answer.headers

    assert len(place.inviting.visits) == 0
    assert Phone(place.pages).scan(code).title == "今天来办什么事？"


def test_a_code_that_was_photographed_is_soon_worth_nothing(place: Place) -> None:
    code = place.code()
    place.clock.pass_time(seconds=GOOD_SECONDS)

    late = Phone(place.pages).scan(code)

    assert late.title == "这个码过时了" and late.answer.status_code == 410
    assert Phone(place.pages).scan("0" * 32).title == "这个码过时了"


def test_the_screen_renews_its_code_and_says_when_a_phone_has_come(place: Place) -> None:
    citizen = place.citizen()
    before = place.shown_to(citizen)
    assert citizen.client.get("/phone/code").status_code == 204   # still fresh
    place.clock.pass_time(seconds=FRESH_SECONDS)

    assert "<svg" in citizen.client.get("/phone/code").get_data(as_text=True)
    phone = Phone(place.pages).scan(before)   # scanned in its last second: still good

    assert phone.title == "今天来办什么事？"
    assert "手机接上了" in citizen.client.get("/phone/code").get_data(as_text=True)
    assert citizen.go("/phone").title == "手机接上了"
    assert citizen.send("/phone").title == "用手机填"


def test_waiting_for_a_phone_keeps_no_visit_alive(place: Place) -> None:
    citizen = place.citizen()
    citizen.fill("MZ-01", name=NAME).go("/phone")
    for _ in range(60):
        place.clock.pass_time(seconds=3)
        citizen.client.get("/phone/code")

    assert NAME not in citizen.go("/check").page


def test_the_end_on_a_phone_leaves_nothing_and_touches_no_other_site(place: Place) -> None:
    phone = place.phone()
    cookie = phone.client.get_cookie("phone", "zhan1.example.cn")
    assert cookie is not None and cookie.secure and cookie.http_only and cookie.same_site == "Strict"
    phone.fill("MZ-01", name=NAME)
    answer = phone.client.post("/leave", data={"csrf": phone.csrf})

    assert '"storage"' in answer.headers["Clear-Site-Data"] and "cookies" not in answer.headers["Clear-Site-Data"]
    assert len(place.inviting.visits) == 0
    for path in ("/fill/name", "/check", "/receipt"):
        assert phone.go(path).title == OUT


def test_a_phone_that_nobody_touches_is_forgotten_also_when_nobody_asks(place: Place) -> None:
    phone = place.phone()
    phone.fill("MZ-01", name=NAME)
    place.clock.pass_time(seconds=PHONE_QUIET_SECONDS + COUNT_SECONDS + GRACE_SECONDS - 1)
    assert NAME in phone.go("/check").page
    place.clock.pass_time(seconds=PHONE_QUIET_SECONDS + COUNT_SECONDS + GRACE_SECONDS + 1)
    place.inviting.visits.forget_stale()

    assert len(place.inviting.visits) == 0
    # a page that stands open finds out by itself
    assert phone.client.get("/line?v=x").headers["HX-Refresh"] == "true"


def test_a_phone_takes_its_photo_with_its_own_camera(place: Place) -> None:
    phone = place.phone()
    page = at_hukou(phone).page
    assert "camera.js" not in page and re.search(r'type="file"[^>]*capture="environment"', page)

    phone.photograph(PHOTO)
    assert len(phone.pictures()) == 1
    assert place.phone("192.168.1.21").go(phone.pictures()[0]).answer.status_code == 404


def test_a_phone_looks_as_its_person_chose_at_the_machine(place: Place) -> None:
    citizen = place.citizen()
    for look in ("lang", "large"):
        citizen.send("/comfort", go=look)

    door = Phone(place.pages).go(f"/in/{place.shown_to(citizen)}")

    assert 'lang="en"' in door.page and 'data-size="large"' in door.page and door.title == "Use my phone"


def test_an_open_network_is_said_on_both_screens(place: Place) -> None:
    place.inviting.sealed = False

    assert "没有加锁" in place.citizen().go("/phone").page
    assert "没有加锁" in Phone(place.pages).go(f"/in/{place.code()}").page
