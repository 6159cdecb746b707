"""The hub's interface: what a department's own system follows, opens and decides, and what stays in the audit."""

import logging
from io import StringIO
from typing import Any

import msgspec
import pytest
from werkzeug.test import TestResponse

from edge.records import audit
from sync.hub import api_words as words
from sync.hub import review, sessions
from sync.hub.api_shapes import CaseList
from sync.hub.web import create_hub_app
from tests.fakes.api_walk import answered, named, walk
from tests.fakes.county import County

ASKS = [{"field": "material_hukou", "reason": "看不清"}]
RESULT = {"category": "4", "grade": "2", "new_number": "11010519800101002442"}


class Office:
    """A department's own system with its token."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.row, self.token = sessions.make_token(county.hub, "account:it", "connector")
        self.app = create_hub_app(county.hub)
        self.http = self.app.test_client()

    def get(self, path: str, **headers: str) -> TestResponse:
        """Ask with the token."""
        return self.http.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {self.token}", **headers})

    def decide(self, receipt: str, verdict: str, **more: object) -> TestResponse:
        """Post a verdict."""
        return self.post(f"/cases/{self.county.case(receipt).id}/verdict", {"verdict": verdict, **more})

    def post(self, path: str, body: object) -> TestResponse:
        """Send JSON with the token."""
        return self.http.post(f"/api/v1{path}", json=body, headers={"Authorization": f"Bearer {self.token}"})

    def open(self, receipt: str) -> dict[str, Any]:
        """Open a case."""
        return body(self.get(f"/cases/{self.county.case(receipt).id}"))


def body(answer: TestResponse) -> dict[str, Any]:
    assert isinstance(answer.json, dict)
    return answer.json


def problem(answer: TestResponse) -> tuple[int, str]:
    """Return status and code of a refusal, and see that it is one."""
    assert answer.content_type == "application/problem+json", answer.text
    assert body(answer)["status"] == answer.status_code
    return answer.status_code, body(answer)["type"].removeprefix("urn:yizhan:problem:")


def test_a_cursor_of_the_log_after_a_restore_is_as_the_document_says(county: County) -> None:
    county.kiosk("柳河镇").lodge()
    county.settle()
    told = words.case_list(review.cases_after(county.hub), 3)

    assert msgspec.json.decode(msgspec.json.encode(told), type=CaseList).cases[0].cursor == "3-1"


def acts(county: County) -> list[tuple[str, str, str]]:
    """Return (actor, act, subject) of the audit."""
    return [(line.actor, line.act, line.subject) for line, _ in audit.lines(county.hub.store.read())]


@pytest.fixture
def office(county: County) -> Office:
    return Office(county)


@pytest.fixture
def receipts(county: County) -> list[str]:
    """Five cases of two machines."""
    west, east = county.kiosk("城西支行"), county.kiosk("城东支行")
    told = [west.lodge("RS-01"), west.lodge("CL-02"), east.lodge("MZ-01"), west.lodge("RS-01"), east.lodge("GA-02")]
    county.settle()
    return told


# ---------------------------------------------------------------- who may come in


@pytest.mark.parametrize("sent", ["", "Bearer yz_wrong", "Basic eHg6eXo="])
def test_without_a_good_token_nothing_is_told(office: Office, sent: str) -> None:
    for path, method in answered(office.app) - {("/api/v1/health", "GET"), ("/api/v1/openapi.json", "GET")}:
        answer = office.http.open(path, method=method, headers={"Authorization": sent} if sent else {})
        assert problem(answer) == (401, "log-in"), path
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_revoked_token_lets_nobody_in(office: Office) -> None:
    assert office.get("/cases").status_code == 200
    sessions.revoke_token(office.county.hub, "account:it", office.row.id, "left the county")
    assert problem(office.get("/cases")) == (401, "log-in")
    assert body(office.http.get("/api/v1/health")) == {"status": "ok"}


# ---------------------------------------------------------------- the log of cases


def test_the_log_is_followed_page_by_page_without_a_gap(office: Office, receipts: list[str]) -> None:
    seen, after = [], ""
    while True:
        page = body(office.get(f"/cases?after={after}&limit=2"))
        seen += page["cases"]
        if page["next"] is None:
            break
        after = page["next"]
    assert sorted(case["receipt"] for case in seen) == sorted(receipts)
    assert [case["cursor"] for case in seen] == ["1", "2", "3", "4", "5"]
    assert seen[0]["lodged_at"].endswith("Z")
    assert {case["state"] for case in seen} == {"held"}


def test_a_follower_goes_on_from_the_last_case_it_saw(office: Office, receipts: list[str]) -> None:
    last = body(office.get("/cases"))["cases"][-1]["cursor"]
    assert body(office.get(f"/cases?after={last}")) == {"cases": [], "next": None}
    late = office.county.kiosk("城西支行").lodge("SS-04")
    office.county.settle()
    assert [case["receipt"] for case in body(office.get(f"/cases?after={last}"))["cases"]] == [late]


@pytest.mark.parametrize("query", [
    "limit=0", "limit=201", "limit=", "limit=x", "limit=+5", "limit=1&limit=2", "after=x", "after=-1", "page=2",
    "after=1234567890123456789",
])  # fmt: skip
def test_a_query_that_means_nothing_is_refused(office: Office, query: str) -> None:
    assert problem(office.get(f"/cases?{query}")) == (400, "bad-request")


def test_a_list_holds_no_answers(office: Office, receipts: list[str]) -> None:
    listed = office.get("/cases").text
    assert "110105" not in listed
    assert "李四" not in listed


# ---------------------------------------------------------------- one case


def test_a_case_is_opened_and_the_audit_says_by_whom(office: Office, receipts: list[str]) -> None:
    case = office.open(receipts[1])
    assert (case["item"], case["state"], case["may"]) == ("CL-02", "held", ["accept", "return", "reject"])
    assert case["answers"]["name"] == "王五"
    assert {field["key"] for field in case["outcome"]} == {"category", "grade", "new_number"}
    assert acts(office.county)[-1] == (f"token:connector {office.row.id[-6:]}", "read-case", case["id"])


def test_an_unknown_case_is_not_found(office: Office) -> None:
    assert problem(office.get("/cases/aaaaaaaaaaaaaaaaaaaaaaaaaa")) == (404, "not-found")
    unknown = office.post("/cases/aaaaaaaaaaaaaaaaaaaaaaaaaa/verdict", {"verdict": "accept"})
    assert problem(unknown) == (404, "not-found")


def test_an_accepted_case_reaches_the_machine_with_its_offer(office: Office, receipts: list[str]) -> None:
    decided = office.decide(receipts[1], "accept", result=RESULT)
    assert (decided.status_code, body(decided)["state"], body(decided)["step"]) == (200, "accepted", 1)
    assert acts(office.county)[-1][:2] == (f"token:connector {office.row.id[-6:]}", "accept")
    office.county.settle()
    told = office.county.kiosk("城西支行").read(receipts[1])
    assert (told.state, told.result) == ("accepted", RESULT)
    assert "CL-03" in {offer.to for offer in told.offers}


def test_a_returned_case_comes_back_corrected(office: Office, receipts: list[str]) -> None:
    case = body(office.decide(receipts[0], "return", asks=ASKS))
    assert case["history"][-1]["asks"] == ASKS
    office.county.settle()
    office.county.kiosk("城西支行").amend(receipts[0])
    office.county.settle()
    case = office.open(receipts[0])
    assert (case["state"], case["step"]) == ("held", 1)
    assert case["amendments"][0]["answers_step"] == 1
    assert body(office.decide(receipts[0], "accept", result={"joined_on": "2026-11-20"}))["state"] == "accepted"
    assert body(office.decide(receipts[0], "finish"))["state"] == "done"


def test_the_same_verdict_again_is_answered_like_the_first(office: Office, receipts: list[str]) -> None:
    first = office.decide(receipts[0], "reject", reason="不符合条件")
    before = len(acts(office.county))
    again = office.decide(receipts[0], "reject", reason="不符合条件")
    assert (again.status_code, again.data) == (200, first.data)
    assert len(acts(office.county)) == before


def test_another_verdict_on_a_decided_case_is_refused(office: Office, receipts: list[str]) -> None:
    office.decide(receipts[0], "reject", reason="不符合条件")
    assert problem(office.decide(receipts[0], "accept")) == (409, "wrong-state")
    assert problem(office.decide(receipts[0], "reject", reason="另一个理由")) == (409, "wrong-state")


@pytest.mark.parametrize(("given", "status", "code"), [
    ({"verdict": "reject"}, 422, "reason-missing"),
    ({"verdict": "return", "reason": " "}, 422, "reason-missing"),
    ({"verdict": "return", "asks": [{"field": "planet", "reason": "看不清"}]}, 422, "answers-faulty"),
    ({"verdict": "accept", "result": {"grade": "9"}}, 422, "answers-faulty"),
    ({"verdict": "accept", "result": {"planet": "Mars"}}, 422, "answers-faulty"),
    ({"verdict": "reject", "reason": "不符合", "result": RESULT}, 422, "answers-faulty"),
    ({"verdict": "erase"}, 400, "bad-request"),
    ({"verdict": "reject", "reason": "长" * 501}, 400, "bad-request"),
    ({"verdict": "return", "asks": [{"field": "name"}]}, 400, "bad-request"),
    ({"verdict": "accept", "state": "done"}, 400, "bad-request"),
    ({}, 400, "bad-request"),
    ([], 400, "bad-request"),
])  # fmt: skip
def test_a_verdict_that_will_not_do_is_refused(
    office: Office, receipts: list[str], given: object, status: int, code: str
) -> None:
    case = office.county.case(receipts[1])
    assert problem(office.post(f"/cases/{case.id}/verdict", given)) == (status, code)
    assert office.county.case(receipts[1]) == case


def test_what_the_county_cannot_open_is_said_not_to_be_readable(office: Office, receipts: list[str]) -> None:
    hub = office.county.hub
    hub._keys.clear()
    for key in (hub.folder / "keys" / "departments").iterdir():
        key.rename(key.with_suffix(".gone"))
    case = office.open(receipts[0])
    assert (case["readable"], case["answers"], case["outcome"]) == (False, {}, [])


# ---------------------------------------------------------------- sites and machines


def test_sites_and_machines_are_listed(office: Office, receipts: list[str]) -> None:
    assert [site["name"] for site in body(office.get("/sites"))["sites"]] == ["城东支行", "城西支行"]
    east, west = body(office.get("/devices"))["devices"]
    assert (east["site"], east["state"], east["held"], west["held"]) == ("城东支行", "active", 2, 3)
    assert west["last_exchange"].endswith("Z")
    assert {"queue", "software", "quiet"} <= west.keys()


# ---------------------------------------------------------------- what is refused, what is written down


def test_a_fault_of_ours_is_told_without_its_words(
    office: Office, receipts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = StringIO()
    monkeypatch.setattr("sync.hub.api.review.case", _broken)
    logger = logging.getLogger("yizhan.hub")
    logger.addHandler(listener := logging.StreamHandler(heard))
    listener.setFormatter(_Everything())
    try:
        answer = office.get(f"/cases/{office.county.case(receipts[0]).id}", **{"Accept-Language": "en"})
    finally:
        logger.removeHandler(listener)
    assert problem(answer) == (500, "internal")
    assert "RuntimeError" in heard.getvalue()
    assert "110105198506150014" not in heard.getvalue() + answer.text
    assert "Traceback" not in answer.text


class _Everything(logging.Formatter):
    """All that a record carries."""

    def format(self, record: logging.LogRecord) -> str:
        return f"{super().format(record)} {record.__dict__}"


def _broken(*_: object) -> None:
    raise RuntimeError("110105198506150014")


def test_what_no_address_answers_is_told_the_same_way(office: Office) -> None:
    assert problem(office.get("/nowhere")) == (404, "not-found")
    assert problem(office.http.get("/")) == (404, "not-found")
    wrong = office.http.delete("/api/v1/cases")
    assert problem(wrong) == (405, "wrong-method")
    assert wrong.headers["Allow"] == "GET, HEAD"
    token = {"Authorization": f"Bearer {office.token}"}
    untyped = office.http.post("/api/v1/cases/x/verdict", data="{}", headers=token)
    assert problem(untyped) == (415, "wrong-content-type")


# ---------------------------------------------------------------- the description


def test_the_document_names_every_address_and_no_other(office: Office) -> None:
    assert named(office.app) == answered(office.app)


@pytest.mark.slow
def test_the_interface_keeps_every_promise_of_its_document(office: Office, receipts: list[str]) -> None:
    wrong, seen = walk(office.app, office.token, examples=8)
    assert wrong == []
    assert {("POST /api/v1/cases/{id}/verdict", status) for status in (200, 400, 401, 404, 415, 422)} <= seen
    assert {("GET /api/v1/cases/{id}", status) for status in (200, 401, 404)} <= seen
