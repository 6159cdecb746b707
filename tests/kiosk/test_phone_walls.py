"""Phones on the place's own network: what nobody else sees, and who is kept out."""

from typing import Any

import pytest

from tests.kiosk.phone import (  # noqa: F401 - the fixture `place`
    NAME,
    OUT,
    Phone,
    Place,
    invites_phones,
)
from tests.kiosk.test_guard import routes


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
        assert phone.client.post(path, data={"csrf": other.csrf}).location == "/problem", path
