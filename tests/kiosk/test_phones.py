"""Phones on the place's own network: who gets in, what they can do, what nobody else sees of it."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from edge.desk.lodge import PRINT
from edge.kiosk import create_kiosk, phone_app
from edge.kiosk.invitations import FRESH_SECONDS, GOOD_SECONDS, MOST_PHONES_AT_ONCE
from edge.kiosk.inviting import MOST_PHONES, Inviting
from edge.kiosk.phone_app import LODGED, STRANGER, create_phone_pages
from edge.kiosk.upload import LARGEST_UPLOAD_BYTES
from edge.kiosk.visit import COUNT_SECONDS, GRACE_SECONDS, PHONE_QUIET_SECONDS
from edge.records import audit, lane
from tests.fakes.one_site import make_site
from tests.kiosk.phone import URL, Phone, Place
from tests.kiosk.photographed import PHOTO, at_hukou
from tests.kiosk.test_guard import routes

NAME = "欧阳春兰"
OUT = "这部手机现在没有在填"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A machine that invites phones, its line down."""
    site, clock = make_site(tmp_path)
    inviting = Inviting(site, URL, "bianmin")
    yield Place(site, clock, inviting, create_kiosk(site, inviting=inviting), create_phone_pages(site, inviting))
    site.store.close()


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


def test_two_phones_and_the_machine_see_nothing_of_each_other(place: Place) -> None:
    here, first, second = place.citizen(), place.phone(), place.phone("192.168.1.21")
    first.fill("MZ-01", name=NAME)

    for path in ("/fill", "/fill/name", "/check", "/receipt", "/track/case", "/correct/done", "/track"):
        assert NAME not in second.go(path).page and NAME not in here.go(path).page
    stolen = place.kiosk.test_client()
    stolen.set_cookie("visit", next(iter(place.inviting.visits._open)))   # a phone's token at the machine's screen
    assert NAME not in stolen.get("/check", follow_redirects=True).get_data(as_text=True)
    assert NAME in first.go("/check").page


def test_nothing_of_the_machine_is_offered_to_a_phone(place: Place) -> None:
    phone, found = place.phone(), {path for _, path in routes(place.pages)}

    assert not [path for path in found if path.startswith(("/staff", "/api", "/practice", "/card", "/verify", "/keys"))]
    for path in ("/staff", "/staff/devices", "/practice", "/verify", "/phone", "/api/v1/health", "/api/v1/status"):
        assert phone.client.get(path).status_code == 404, path
    phone.fill("MZ-01", name=NAME)
    for path in ("/", "/help", "/item/MZ-01", "/fill/name", "/fill/id_number", "/search", "/track", "/check"):
        page = phone.go(path).page
        for thing in ("/staff", '"/practice', "/first", "/verify", "data-keys=", "voice.js", "pinyin.js", "/card/"):
            assert thing not in page, (path, thing)
        assert 'autocomplete="off"' in page or "<input" not in page, path


def test_whoever_was_not_invited_gets_no_further_than_the_door(place: Place) -> None:
    stranger = Phone(place.pages)
    for method, path in routes(place.pages):
        answer = stranger.client.open(path, method=method)
        assert "Set-Cookie" not in answer.headers, path
        if path.startswith("/static") or path in ("/door", "/in/x"):
            continue
        led = answer.status_code == 303 and answer.headers["Location"] == "/door"
        assert led or answer.status_code in (204, 405, 409, 410), (method, path, answer.status_code)

    assert len(place.inviting.visits) == 0
    assert stranger.go("/").title == OUT


@pytest.mark.parametrize(("words", "told"), [
    ({"base_url": "https://evil.example"}, (421, 403)),
    ({"base_url": "https://127.0.0.1:8443"}, (421, 403)),
    ({"headers": {"Origin": "https://evil.example"}}, (403,)),
    ({"environ_base": {"REMOTE_ADDR": "8.8.8.8"}}, (403,)),
    ({"environ_base": {"REMOTE_ADDR": ""}}, (403,))])
def test_every_route_refuses_other_names_origins_and_networks(
        place: Place, words: dict[str, Any], told: tuple[int, ...]) -> None:
    phone = place.phone()
    for method, path in routes(place.pages)[::3]:
        assert phone.client.open(path, method=method, **words).status_code in told, path


def test_what_a_phone_changes_carries_its_own_token(place: Place) -> None:
    phone, other = place.phone(), place.phone("192.168.1.21")
    for path in ("/item/RS-01", "/check", "/track", "/leave", "/comfort"):
        assert phone.client.post(path).status_code == 403, path
        assert phone.client.post(path, data={"csrf": other.csrf}).status_code == 403, path


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


def test_a_full_house_turns_new_phones_away_and_nobody_out(place: Place) -> None:
    first = place.phone()
    first.fill("MZ-01", name=NAME)
    for number in range(MOST_PHONES - 1):
        place.phone(f"192.168.1.{30 + number}")
    late = place.inviting.invitations.make().code

    assert Phone(place.pages, "192.168.1.99").scan(late).title == "现在用手机填的人多"
    assert "请就在这台机器上填" in place.citizen().go("/phone").page
    assert NAME in first.go("/check").page
    first.send("/leave")
    assert Phone(place.pages, "192.168.1.99").scan(late).title == "今天来办什么事？"   # the code was not spent


def test_phones_come_in_at_a_pace(place: Place) -> None:
    for number in range(int(MOST_PHONES_AT_ONCE)):
        place.phone(f"192.168.1.{30 + number}").send("/leave")

    assert place.phone().title == "现在用手机填的人多"
    place.clock.pass_time(minutes=1)
    assert place.phone().title == "今天来办什么事？"


def test_a_stranger_who_floods_is_slowed_and_nobody_inside_is(place: Place) -> None:
    phone, most = place.phone(), int(STRANGER[0])
    flood = Phone(place.pages, "192.168.1.66").client
    told = [flood.get("/door").status_code for _ in range(most + 4)]

    assert told == [200] * (most - 1) + [429] * 5
    assert phone.go("/all").answer.status_code == 200
    assert Phone(place.pages, "192.168.1.67").go("/").title == OUT


def test_one_phone_cannot_fill_the_lane(place: Place) -> None:
    phone = place.phone()
    phone.fill("RS-01").send("/check", agree="")
    for _ in range(int(LODGED[0])):
        phone.send("/check", agree="")
    refused = phone.send("/check", agree="yes")

    assert refused.title == "这部手机按得太多了" and lane.head(place.site.store.read()).n == 0
    place.clock.pass_time(minutes=1)
    assert refused.go("/check").send("/check", agree="yes").title.startswith("材料收好了")


class Body(BytesIO):
    """What somebody sends; `looks` counts who looked into it."""

    looks = 0

    def read(self, size: int | None = -1) -> bytes:
        self.looks += 1
        return super().read(size)

    def readinto(self, into: Any) -> int:
        self.looks += 1
        return super().readinto(into)


def test_a_body_is_refused_before_it_is_read(place: Place) -> None:
    def send(phone: Phone, size: int) -> tuple[int, bool]:
        body = Body()
        head = {"CONTENT_LENGTH": str(size), "CONTENT_TYPE": "multipart/form-data; boundary=x", "wsgi.input": body}
        return phone.client.post("/fill/material_id/photo", environ_overrides=head).status_code, body.looks > 0

    assert send(Phone(place.pages), LARGEST_UPLOAD_BYTES) == (409, False)
    assert send(place.phone(), LARGEST_UPLOAD_BYTES + 1) == (413, False)
    assert send(place.phone(), LARGEST_UPLOAD_BYTES) == (400, True)   # and whoever hangs up in the middle is let go


def test_few_photos_stand_in_memory_at_once_and_each_makes_room(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phone_app, "UPLOAD_WAITS_SECONDS", 0.0)
    monkeypatch.setattr(phone_app, "UPLOADS_AT_ONCE", 1)
    place.pages = phone_app.create_phone_pages(place.site, place.inviting)
    first, second = place.phone(), place.phone("192.168.1.21")
    told: list[int] = []

    def send() -> int:
        return second.client.post("/fill/x/photo", data={"csrf": second.csrf}).status_code

    class Meanwhile(Body):
        def readinto(self, into: Any) -> int:
            with ThreadPoolExecutor(1) as elsewhere:
                told.append(elsewhere.submit(send).result())
            return super().readinto(into)

    head = {"CONTENT_LENGTH": "99", "CONTENT_TYPE": "multipart/form-data; boundary=x", "wsgi.input": Meanwhile()}
    first.client.post("/fill/x/photo", environ_overrides=head)

    assert told[0] == 429
    assert send() == 303


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
