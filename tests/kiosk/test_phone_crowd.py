"""Phones on the place's own network: many at once, too many, and one that wants too much."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest

from edge.kiosk import phone_app
from edge.kiosk.invitations import MOST_PHONES_AT_ONCE
from edge.kiosk.inviting import MOST_PHONES
from edge.kiosk.phone_app import LODGED, STRANGER
from edge.kiosk.upload import LARGEST_UPLOAD_BYTES
from edge.records import lane
from tests.kiosk.phone import (  # noqa: F401 - the fixture `place`
    NAME,
    OUT,
    Phone,
    Place,
    invites_phones,
)


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
    slowed = flood.get("/door")

    assert told == [200] * (most - 1) + [429] * 5
    assert slowed.mimetype == "text/html" and "请等一分钟再试。" in slowed.text
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
