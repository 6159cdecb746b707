"""Who may ask, what every answer carries, what one visit leaves for the next."""

import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from edge.kiosk import create_kiosk
from edge.kiosk.guard import SAFE_METHODS
from edge.kiosk.visit import GRACE_SECONDS
from tests.fakes.long_body import answer_to
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk

NAME, ID_NUMBER, MOBILE = "欧阳春兰", "110105194401010025", "13800000000"


def routes(app: Flask) -> list[tuple[str, str]]:
    """Return (method, an address) of every route, from the route table."""
    found = []
    for rule in app.url_map.iter_rules():
        assert isinstance(rule, Rule)
        path = re.sub(r"<(?:\w+:)?\w+>", "x", rule.rule)
        found += [(method, path) for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"})]
    return found


def test_every_route_refuses_another_host(kiosk: Kiosk) -> None:
    client = kiosk.app.test_client()
    for method, path in routes(kiosk.app):
        assert client.open(path, method=method, headers={"Host": "evil.example"}).status_code in (403, 421), path


def test_every_route_refuses_another_origin(kiosk: Kiosk, citizen: Citizen) -> None:
    for method, path in routes(kiosk.app):
        headers = {"Origin": "http://evil.example", "X-Csrf": citizen.csrf}
        assert citizen.client.open(path, method=method, headers=headers).status_code == 403, path


def test_every_route_refuses_what_another_site_sends(kiosk: Kiosk, citizen: Citizen) -> None:
    for method, path in routes(kiosk.app):
        headers = {"Sec-Fetch-Site": "cross-site", "X-Csrf": citizen.csrf}
        assert citizen.client.open(path, method=method, headers=headers).status_code == 403, path


def test_every_route_that_changes_something_wants_the_token_of_the_visit(kiosk: Kiosk, citizen: Citizen) -> None:
    other = kiosk.citizen()
    for method, path in routes(kiosk.app):
        if path.startswith("/api/"):  # programs carry a bearer token instead
            continue
        if method not in SAFE_METHODS:
            assert citizen.client.open(path, method=method).status_code == 403, path
            assert citizen.client.open(path, method=method, data={"csrf": other.csrf}).location == "/problem", path


def test_a_page_that_was_left_open_says_that_its_visit_has_ended(citizen: Citizen) -> None:
    citizen.go("/item/RS-01")
    left_open = citizen.csrf
    citizen.client.post("/leave", data={"csrf": left_open})
    citizen.go("/")

    answer = citizen.client.post("/item/RS-01", data={"csrf": left_open, "who": "self"}, follow_redirects=True)

    assert answer.status_code == 409 and "这一页已经清空了" in answer.get_data(as_text=True)
    assert citizen.go("/fill/name").at == "/"


@pytest.mark.parametrize(("path", "title"), [("/check", "写得太长了"), ("/fill/x/photo", "这张照片太大")])
def test_what_even_the_server_does_not_take_in_is_refused_on_a_page_with_its_cure(
    kiosk: Kiosk, path: str, title: str
) -> None:
    status, kind, page = answer_to(kiosk.app, path)

    assert (status, kind) == (413, "text/html")
    assert title in page and "请人帮忙" in page


def test_a_long_body_is_told_so_before_anything_else(kiosk: Kiosk) -> None:
    answer = kiosk.app.test_client().post("/check", data={"words": "长" * 300_000})

    assert answer.status_code == 413


def test_every_page_is_kept_nowhere_and_runs_only_our_own_scripts(kiosk: Kiosk, citizen: Citizen) -> None:
    for method, path in routes(kiosk.app):
        if path.startswith("/static"):
            continue
        headers = citizen.client.open(path, method=method, headers={"X-Csrf": citizen.csrf}).headers
        assert headers["Cache-Control"] == "no-store", path
        assert (
            "unsafe" not in headers["Content-Security-Policy"]
            and "default-src 'self'" in headers["Content-Security-Policy"]
        )
        for name in ("X-Frame-Options", "Referrer-Policy", "Permissions-Policy", "X-Content-Type-Options"):
            assert name in headers, (path, name)


def test_the_cookie_is_for_this_machine_only(kiosk: Kiosk) -> None:
    cookie = kiosk.app.test_client().get("/").headers["Set-Cookie"]

    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/" in cookie
    assert "Expires" not in cookie and "Max-Age" not in cookie


def test_no_page_holds_anything_inline(citizen: Citizen) -> None:
    citizen.fill("MZ-01")
    for path in ("/", "/all", "/item/MZ-01", "/fill/id_number", "/check", "/track", "/help"):
        page = citizen.go(path).page
        assert not re.search(r"<script(?![^>]*\bsrc=)", page), path
        assert "style=" not in page and not re.search(r"\son\w+=", page), path


def test_two_visits_see_nothing_of_each_other(kiosk: Kiosk) -> None:
    first, second = kiosk.citizen(), kiosk.citizen()
    first.fill("MZ-01", name=NAME)

    for path in ("/fill", "/fill/name", "/check", "/receipt", "/track/case", "/correct/done", "/found", "/track"):
        assert NAME not in second.go(path).page

    assert NAME in first.go("/check").page


def test_after_the_end_nothing_is_left_for_the_next_person(citizen: Citizen) -> None:
    citizen.fill("MZ-01", name=NAME)
    answer = citizen.client.post("/leave", data={"csrf": citizen.csrf})

    assert answer.headers["Location"] == "/"
    assert '"storage"' in answer.headers["Clear-Site-Data"] and '"cookies"' in answer.headers["Clear-Site-Data"]
    for path in ("/fill", "/fill/name", "/fill/id_number", "/check", "/receipt", "/track/case"):
        assert citizen.go(path).title == "今天来办什么事？", path


def test_the_docks_end_asks_before_it_wipes_what_is_not_handed_in(citizen: Citizen) -> None:
    citizen.begin("MZ-01")
    assert citizen.send("/leave", go="leave").at == "/", "nothing was filled in yet"

    citizen.fill("MZ-01", name=NAME).go("/fill/name").send("/leave", go="leave")
    assert citizen.at == "/leaving" and NAME not in citizen.page
    assert 'href="/fill/name"' in citizen.page and NAME in citizen.go("/fill/name").page

    citizen.go("/check?page=9").send("/check", agree="yes").send("/leave", go="leave")
    assert citizen.at == "/", "what was handed in is safe"


def test_a_visit_that_nobody_touches_is_forgotten(kiosk: Kiosk, citizen: Citizen) -> None:
    citizen.fill("MZ-01", name=NAME)
    kiosk.clock.pass_time(seconds=90 + 60 + GRACE_SECONDS - 1)
    assert NAME in citizen.go("/check").page

    kiosk.clock.pass_time(seconds=90 + 60 + GRACE_SECONDS + 1)

    assert citizen.go("/check").title == "今天来办什么事？"


def test_what_the_page_fetches_by_itself_is_no_touch(kiosk: Kiosk, citizen: Citizen) -> None:
    citizen.fill("MZ-01", name=NAME)
    for _ in range(35):
        kiosk.clock.pass_time(seconds=5)
        citizen.client.get("/line")

    assert citizen.go("/check").title == "今天来办什么事？"


def test_no_visit_lasts_longer_than_two_hours(kiosk: Kiosk, citizen: Citizen) -> None:
    citizen.fill("MZ-01", name=NAME)
    for _ in range(121):
        kiosk.clock.pass_time(minutes=1)
        citizen.client.get("/check")

    assert citizen.go("/check").title == "今天来办什么事？"


def test_the_oldest_visit_gives_way_when_the_machine_is_full(kiosk: Kiosk) -> None:
    app = create_kiosk(kiosk.site, max_visits=3)
    citizens = []
    for _ in range(4):
        citizens.append(Citizen(app.test_client()))
        kiosk.clock.pass_time(seconds=1)

    assert len(app.extensions["visits"]) == 3


def test_no_address_and_no_title_holds_what_was_typed(citizen: Citizen) -> None:
    receipt, tail = citizen.fill("MZ-01", name=NAME).send("/check", agree="yes"), "0025"
    assert receipt is citizen
    seen = [citizen.at]
    for path in ("/receipt", "/check", "/fill/name", "/track"):
        citizen.go(path)
        title = re.search(r"<title>(.*?)</title>", citizen.page, re.DOTALL)
        seen += [citizen.at, title[1] if title else ""]

    for value in (NAME, ID_NUMBER, MOBILE, tail):
        assert not any(value in one for one in seen)


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "';--"])
def test_what_was_typed_stays_text(citizen: Citizen, payload: str) -> None:
    citizen.begin("MZ-01").reply(payload)
    raw = citizen.answer.get_data(as_text=True)

    assert "<script>alert" not in raw and "<img src=x" not in raw and "49" not in re.findall(r'value="(\d\d)"', raw)


def test_a_fault_of_ours_says_nothing_of_what_was_typed(
    kiosk: Kiosk, citizen: Citizen, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    citizen.fill("MZ-01", name=NAME)

    def broken(*_: object, **__: object) -> None:
        raise ValueError(f"cannot seal {NAME} {ID_NUMBER}")

    monkeypatch.setattr("edge.kiosk.check_answers.lodge", broken)
    citizen.send("/check", agree="yes")

    assert citizen.answer.status_code == 500 and "已经存好的材料不会丢" in citizen.page
    assert NAME not in caplog.text and ID_NUMBER not in caplog.text
    assert NAME not in citizen.page
