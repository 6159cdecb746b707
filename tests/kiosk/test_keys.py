"""The route behind the pinyin keys: what it answers, whom it refuses, what it never writes down."""

import logging

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from edge.domain.text import Text
from edge.kiosk.keys import local_words
from tests.fakes.keys_page import keys_kiosk, place


@pytest.fixture
def client() -> FlaskClient:
    client = keys_kiosk(place("东张各庄村")).test_client()
    client.get("/")
    return client


def ask(client: FlaskClient, body: object, **headers: str) -> TestResponse:
    return client.post("/keys/pinyin", json=body, headers={"X-Csrf": csrf(client)} | headers)


def csrf(client: FlaskClient) -> str:
    page = client.get("/").get_data(as_text=True)
    return page.partition('name="csrf" value="')[2].partition('"')[0]


def test_letters_give_candidates_and_how_many_letters_each_uses(client: FlaskClient) -> None:
    answer = ask(client, {"q": "zhangsan"})
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["candidates"][0] == {"text": "张三", "used": 8}
    assert answer.json["spelt"] == "zhang san"
    assert answer.headers["Cache-Control"] == "no-store"


def test_pages_follow_each_other_and_end(client: FlaskClient) -> None:
    seen: list[str] = []
    for page in range(80):
        answer = ask(client, {"q": "chong", "page": page}).json
        assert answer is not None
        seen += [candidate["text"] for candidate in answer["candidates"]]
        if not answer["more"]:
            break
    assert "翀" in seen
    assert len(seen) == len(set(seen)) > 100


def test_a_village_of_this_county_is_offered(client: FlaskClient) -> None:
    answer = ask(client, {"q": "dongzhanggezhuangcun"}).json
    assert answer is not None and answer["candidates"][0]["text"] == "东张各庄村"


def test_a_newly_published_catalogue_brings_its_villages() -> None:
    app = keys_kiosk(place("东张各庄村"))
    client = app.test_client()
    ask(client, {"q": "dong"})
    after = place("西马坊村")
    app.config["SITE"].catalogue = lambda: after
    answer = ask(client, {"q": "ximafangcun"}).json
    assert answer is not None and answer["candidates"][0]["text"] == "西马坊村"


@pytest.mark.parametrize("body", [
    {}, {"q": ""}, {"q": "Zhang"}, {"q": "张"}, {"q": "a" * 61}, {"q": 7}, [], "zhang", None,
    {"q": "a", "page": -1}, {"q": "a", "page": "0"}, {"q": "a", "page": 80},
])
def test_anything_but_letters_is_refused(client: FlaskClient, body: object) -> None:
    assert ask(client, body).status_code == 400


def test_another_site_cannot_ask(client: FlaskClient) -> None:
    assert ask(client, {"q": "zhang"}, Origin="http://elsewhere.example").status_code == 403
    assert client.post("/keys/pinyin", json={"q": "zhang"}).status_code == 403


def test_letters_are_never_taken_from_an_address(client: FlaskClient) -> None:
    assert client.get("/keys/pinyin?q=zhang").status_code == 405


def test_nothing_typed_reaches_a_log(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        ask(client, {"q": "wangxiuying"})
        ask(client, {"q": "WANGXIUYING"})
    assert "xiuying" not in caplog.text.lower() and "秀英" not in caplog.text


def test_local_words_are_places_departments_and_items() -> None:
    assert Text(zh="柳河镇", en="Liuhe").zh in list(local_words(place("东张各庄村")))
    assert {"东张各庄村", "民政局"} <= set(local_words(place("东张各庄村")))
