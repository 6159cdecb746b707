"""The ferry over HTTP: the same bytes as on any other way, and every refusal in RFC 9457."""

import io
import socket
from contextlib import ExitStack

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client, TestResponse

from edge.domain.envelope import Faulty
from edge.ground.keys import SigningKey
from sync.agent.hub_link import HubLink
from sync.command.serving import FEW_CONNECTIONS, Address, Server, answers, room_for_connections
from sync.hub import enrol
from sync.hub.ferry_web import FERRY_TYPE, LARGEST_ENROLMENT_BYTES
from sync.hub.web import create_hub_app, side_by_side
from sync.protocol.hub_time import read_time
from sync.protocol.messages import LARGEST_MESSAGE
from tests.fakes.county import County

SYNC, ENROLL, TIME = "/ferry/v1/sync", "/ferry/v1/enroll", "/ferry/v1/time"
NONCE = bytes(range(16))


@pytest.fixture
def http(county: County) -> FlaskClient:
    return create_hub_app(county.hub).test_client()


def post(http: FlaskClient, path: str, raw: bytes, kind: str = FERRY_TYPE) -> TestResponse:
    return http.post(path, data=raw, content_type=kind)


def problem(answer: TestResponse) -> tuple[int, str]:
    """Return status and code of a refusal, and see that it is one."""
    assert answer.content_type == "application/problem+json"
    assert isinstance(answer.json, dict)
    assert answer.json["status"] == answer.status_code
    return answer.status_code, answer.json["type"].removeprefix("urn:yizhan:problem:")


def over(http: FlaskClient, county: County) -> list[bytes]:
    """Let the county's machines speak over HTTP from now on; return the list that their messages go into."""

    def answer(path: str, message: bytes) -> bytes:
        said = post(http, path, message)
        assert said.status_code == 200, said.text
        assert said.content_type == FERRY_TYPE
        asked.append(message)
        return bytes(said.data)

    asked: list[bytes] = []
    county.answer = answer  # type: ignore[method-assign]  # the very seam that the simulator is made with
    return asked


def test_a_form_goes_over_http_and_its_verdict_comes_back(county: County, http: FlaskClient) -> None:
    over(http, county)
    kiosk = county.kiosk("城西支行")
    receipt = kiosk.lodge("RS-01")
    county.settle()
    assert county.hub_cases() == [receipt]
    county.decide(receipt, "accept")
    county.settle()
    assert kiosk.track(receipt) == "accepted"


def test_the_agents_own_link_speaks_with_the_real_server(county: County) -> None:
    server = Server(side_by_side(create_hub_app(county.hub), Flask("people")), Address("127.0.0.1", 0))
    server.start()
    link = HubLink(server.address.url)
    county.answer = link.exchange  # type: ignore[method-assign]  # the very seam that the simulator is made with
    try:
        kiosk = county.kiosk("城西支行")
        receipt = kiosk.lodge("RS-01")
        county.settle()
    finally:
        link.close()
        server.stop()
    assert county.hub_cases() == [receipt]


def test_machines_that_keep_their_connections_shut_nobody_out(county: County) -> None:
    """Where somebody stands at a machine it speaks every ten seconds and never hangs up."""
    server = Server(create_hub_app(county.hub), Address("127.0.0.1", 0), connections=room_for_connections())
    server.start()
    try:
        with ExitStack() as kept:
            for _ in range(2 * FEW_CONNECTIONS):
                kept.enter_context(socket.create_connection(("127.0.0.1", server.address.port)))

            assert answers(server.address)
    finally:
        server.stop()


def test_a_ticket_is_answered_the_same_when_the_answer_was_lost(county: County, http: FlaskClient) -> None:
    asked = over(http, county)
    county.kiosk("城西支行")
    first, again = post(http, ENROLL, asked[0]), post(http, ENROLL, asked[0])
    assert (first.status_code, first.data) == (200, again.data)


def test_a_wrong_ticket_and_a_stranger_are_refused(county: County, http: FlaskClient) -> None:
    kiosk = county.kiosk("城西支行")
    question = kiosk.ask()
    other = County(county.folder / "other", seed=2)
    try:
        assert problem(post(create_hub_app(other.hub).test_client(), SYNC, question)) == (403, "unknown-device")
    finally:
        other.close()
    ticket = enrol.issue(county.hub, "城北支行", "it")
    assert ticket.public
    assert problem(post(http, ENROLL, b"\x80")) == (400, "bad-message")


def test_a_message_of_another_type_is_refused(http: FlaskClient) -> None:
    for path in (SYNC, ENROLL):
        assert problem(post(http, path, b"x", "application/octet-stream")) == (415, "wrong-content-type")
        assert problem(post(http, path, b"x", "")) == (415, "wrong-content-type")
        assert problem(post(http, path + "?x=1", b"x")) == (400, "bad-request")
        assert problem(http.get(path)) == (405, "wrong-method")


@pytest.mark.parametrize(("path", "largest"), [(SYNC, LARGEST_MESSAGE), (ENROLL, LARGEST_ENROLMENT_BYTES)])
def test_a_message_that_is_too_large_is_refused_before_it_is_read(http: FlaskClient, path: str, largest: int) -> None:
    class Unread(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise AssertionError("read")

        readinto = readline = readlines = read  # type: ignore[assignment]  # however it is read

    environ = {"CONTENT_LENGTH": str(largest + 1), "wsgi.input": Unread(), "CONTENT_TYPE": FERRY_TYPE}
    assert problem(http.open(path, method="POST", environ_overrides=environ)) == (413, "too-large")
    assert problem(post(http, path, b"\0" * largest)) == (400, "bad-message")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=400), path=st.sampled_from([SYNC, ENROLL]))
def test_noise_is_refused_and_changes_nothing(county: County, http: FlaskClient, raw: bytes, path: str) -> None:
    assert problem(post(http, path, raw)) in ((400, "bad-message"), (422, "bad-ticket"), (403, "unknown-device"))
    assert county.states() == {}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_changed_message_is_refused_and_changes_nothing(
    county: County, http: FlaskClient, data: st.DataObject
) -> None:
    kiosk = county.kiosk("城西支行")
    if not kiosk.site.line().waiting:
        kiosk.lodge("RS-01")
    before = county.states()
    raw = bytearray(kiosk.ask())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    answer = post(http, SYNC, bytes(raw))
    assert problem(answer) in ((400, "bad-message"), (403, "unknown-device"))
    assert county.states() == before


def test_time_is_told_signed_with_the_nonce_of_the_question(county: County, http: FlaskClient) -> None:
    answer = http.get(f"{TIME}?nonce={NONCE.hex()}")
    told = read_time(answer.data, county.hub.key.public, NONCE)
    assert (told.hub, told.hub_time) == (county.hub.id, county.hub.now())
    with pytest.raises(Faulty, match="another question"):
        read_time(answer.data, county.hub.key.public, NONCE[::-1])
    with pytest.raises(Faulty, match="not signed"):
        read_time(answer.data, SigningKey(bytes(32)).public, NONCE)
    with pytest.raises(Faulty, match="no time"):
        read_time(b"<html>", county.hub.key.public, NONCE)


@pytest.mark.parametrize(
    "query", ["", "?nonce=", "?nonce=00", "?nonce=xy", f"?nonce={'00' * 33}", f"?nonce={NONCE.hex()}&x=1"]
)
def test_time_needs_a_nonce(http: FlaskClient, query: str) -> None:
    assert problem(http.get(TIME + query)) == (400, "bad-request")


def test_a_fault_of_ours_is_no_stack_trace(http: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bytes:
        raise RuntimeError("something secret")

    monkeypatch.setattr("sync.hub.admit.exchange", broken)
    answer = post(http, SYNC, b"x")
    assert problem(answer) == (500, "internal")
    assert "secret" not in answer.text
    assert "File" not in answer.text


def test_programs_and_people_are_answered_side_by_side(county: County) -> None:
    people = Flask("people")
    people.add_url_rule("/<path:path>", view_func=lambda path: f"page {path}")
    whole = Client(side_by_side(create_hub_app(county.hub), people), Response)
    assert whole.get("/api/v1/health").json == {"status": "ok"}
    assert problem(whole.get("/ferry/v1/sync")) == (405, "wrong-method")
    assert whole.get("/apiary").text == "page apiary"
    assert whole.get("/cases").text == "page cases"
