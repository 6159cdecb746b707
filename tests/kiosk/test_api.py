"""The site's interface: what a bank machine's software is told, what it is refused, what is written down nowhere."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from edge.desk.site import Site
from edge.desk.tokens import check_token, make_token, revoke_tokens
from edge.domain.catalogue import shipped_catalogue
from edge.ground.database import Store
from edge.kiosk.app import create_kiosk
from tests.fakes.api_walk import answered, named, walk
from tests.fakes.one_site import HeldClock, make_site, verdict

KEY = "5f0e0a52-7a35-4b62-9d0e-6f9a3f0a1c11"
ITEMS = ("CL-02", "CL-03", "GA-02", "MZ-01", "RS-01", "SS-04")


class Bank:
    """A bank machine's software with its token."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.token = make_token(site.store, site.chance, "bank")
        self.app = create_kiosk(site)
        self.http = self.app.test_client()

    def get(self, path: str, **headers: str) -> TestResponse:
        """Ask with the token."""
        return self.http.get(f"/api/v1{path}", headers=self._headers(headers))

    def post(self, path: str, body: object, **headers: str) -> TestResponse:
        """Send JSON with the token."""
        return self.http.post(f"/api/v1{path}", json=body, headers=self._headers(headers))

    def send(self, raw: bytes, kind: str = "application/json") -> TestResponse:
        """Send a body as it is to where forms are taken."""
        headers = self._headers({"Idempotency-Key": KEY})
        return self.http.post("/api/v1/submissions", data=raw, content_type=kind, headers=headers)

    def lodge(self, item: str, key: str = KEY, **changes: object) -> TestResponse:
        """Hand in the item's own example."""
        return self.hand_in(item, self.example(item) | changes, key)

    def hand_in(self, item: str, answers: dict[str, Any], key: str = KEY) -> TestResponse:
        """Hand in these answers."""
        return self.post("/submissions", {"item": item, "answers": answers}, **{"Idempotency-Key": key})

    def example(self, item: str) -> dict[str, Any]:
        """Return the example that the interface gives."""
        found: dict[str, Any] = body(self.get(f"/items/{item}"))["example"]
        return found

    def track(self, receipt: str, tail: str) -> TestResponse:
        """Ask with receipt code and ID tail."""
        return self.post("/track", {"receipt": receipt, "tail": tail})

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", **more}


def body(answer: TestResponse) -> dict[str, Any]:
    assert isinstance(answer.json, dict)
    return answer.json


def problem(answer: TestResponse) -> tuple[int, str]:
    """Return status and code of a refusal, and see that it is one."""
    assert answer.content_type == "application/problem+json"
    told = body(answer)
    assert told["status"] == answer.status_code
    assert {"title", "detail", "cure", "retry"} <= told.keys()
    return answer.status_code, told["type"].removeprefix("urn:yizhan:problem:")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[Site, HeldClock]]:
    site, clock = make_site(tmp_path)
    yield site, clock
    site.store.close()


@pytest.fixture
def bank(place: tuple[Site, HeldClock]) -> Bank:
    return Bank(place[0])


# ---------------------------------------------------------------- who may come in


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer yz_wrong", "Basic eHg6eXo=", "Bearer \u00e9"])
def test_without_a_good_token_nothing_is_told(bank: Bank, sent: str) -> None:
    for rule in bank.app.url_map.iter_rules():
        if rule.rule.startswith("/api/") and rule.endpoint not in ("api.health", "api.openapi"):
            method = "POST" if "POST" in (rule.methods or ()) else "GET"
            answer = bank.http.open(rule.rule, method=method, headers={"Authorization": sent} if sent else {})
            assert problem(answer) == (401, "log-in"), rule.rule
            assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_health_and_description_need_no_token(bank: Bank) -> None:
    assert body(bank.http.get("/api/v1/health")) == {"status": "ok"}
    assert body(bank.http.get("/api/v1/openapi.json"))["openapi"].startswith("3.1")


def test_a_token_stands_nowhere_on_the_disk(bank: Bank, tmp_path: Path) -> None:
    written = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert bank.token.encode() not in written
    assert bank.token.removeprefix("yz_").upper().encode() not in written


def test_a_revoked_token_lets_nobody_in(bank: Bank) -> None:
    other = make_token(bank.site.store, bank.site.chance, "other")
    assert revoke_tokens(bank.site.store, "bank") == 1
    assert problem(bank.get("/status")) == (401, "log-in")
    assert check_token(bank.site.store, other)


def test_another_host_name_is_refused_and_no_cookie_is_given(bank: Bank) -> None:
    assert problem(bank.get("/status", Host="evil.example")) == (403, "foreign-origin")
    assert problem(bank.get("/status", Origin="https://evil.example")) == (403, "foreign-origin")
    assert "Set-Cookie" not in bank.get("/status").headers


# ---------------------------------------------------------------- what is told


def test_status_tells_lane_and_line(bank: Bank) -> None:
    bank.lodge("RS-01")
    told = body(bank.get("/status"))
    assert told["lane"] == {"head": 1, "acked": 0, "safe": 0, "incarnations": 1}
    assert (told["line"], told["waiting"]) == ("down", 1)
    assert told["last_exchange"].endswith("Z")


def test_items_are_listed_with_what_the_tile_says(bank: Bank) -> None:
    items = body(bank.get("/items"))["items"]
    assert {item["code"] for item in items} == set(shipped_catalogue().items)
    assert {"code", "name", "department", "offline"} <= items[0].keys()


def test_a_form_is_told_with_the_countys_own_choices(bank: Bank) -> None:
    form = body(bank.get("/items/RS-01"))
    fields = {field["key"]: field for field in form["fields"]}
    assert fields["tier"]["choices"][0]["value"].isdigit()
    assert fields["home"]["regions"][0]["villages"]
    assert fields["material_hukou"]["choices"]
    assert form["limits"]["answer_days"] == 5
    assert problem(bank.get("/items/XX-99")) == (404, "unknown-item")


@pytest.mark.parametrize("day", [datetime(2026, 11, 23, 6, tzinfo=UTC), datetime(2027, 10, 1, 6, tzinfo=UTC)])
def test_every_example_is_taken_on_any_day(place: tuple[Site, HeldClock], day: datetime) -> None:
    site, clock = place
    clock.at = day
    bank = Bank(site)
    for item in ITEMS:
        lodged = bank.lodge(item, key=item)
        assert lodged.status_code == 201, lodged.text
        told = body(lodged)
        assert (told["state"], told["item"], told["lodged_at"]) == ("queued", item, f"{day:%Y-%m-%dT%H:%M:%SZ}")
        assert told["qr"].startswith("YZ1:")
        assert lodged.headers["Location"] == f"/api/v1/submissions/{told['id']}"


def test_a_submission_stands_without_its_item(bank: Bank) -> None:
    told = body(bank.get(f"/submissions/{body(bank.lodge('RS-01'))['id']}"))
    assert told.keys() == {"id", "state", "lodged_at", "held_at", "resending"}
    assert (told["state"], told["held_at"]) == ("queued", None)
    assert problem(bank.get("/submissions/aaaaaaaaaaaaaaaaaaaaaaaaaa")) == (404, "not-found")


def test_a_decided_case_is_told_with_reason_and_offers(bank: Bank) -> None:
    tail = bank.example("CL-02")["id_number"][-4:]
    receipt = body(bank.lodge("CL-02"))["receipt"]
    result = {"category": "4", "grade": "2", "new_number": "11010519800101002442"}
    known = {"gets_care_allowance": False, "business": "change"}
    verdict(bank.site, receipt, tail, "accepted", result=result, known=known)
    told = body(bank.track(f"{receipt[:4]} {receipt[4:7].lower()}-{receipt[7:]}", tail))
    assert (told["state"], told["result"], told["receipt"]) == ("accepted", result, receipt)
    assert "CL-03" in {offer["to"] for offer in told["offers"]}
    assert all(offer["basis"]["en"] and offer["reason"]["zh"] for offer in told["offers"])


def test_what_is_asked_for_is_told_with_the_fields_names(bank: Bank) -> None:
    tail = bank.example("RS-01")["id_number"][-4:]
    receipt = body(bank.lodge("RS-01"))["receipt"]
    verdict(bank.site, receipt, tail, "needs_correction", asks=(("bank_card", "号码少一位"),))
    told = body(bank.track(receipt, tail))
    assert told["state"] == "needs_correction"
    assert told["asks"][0]["field"] == "bank_card"
    assert told["asks"][0]["label"]["zh"]
    assert told["asks"][0]["reason"] == "号码少一位"


def test_wrong_and_absent_receipts_are_one_answer_and_thirty_are_enough(bank: Bank) -> None:
    receipt = body(bank.lodge("RS-01"))["receipt"]
    wrong, absent = bank.track(receipt, "0000"), bank.track("K7M4Q2TX9B", "0014")
    assert wrong.data == absent.data
    assert problem(wrong) == (404, "receipt-not-found")
    for _ in range(28):
        bank.track(receipt, "0000")
    assert problem(bank.track(receipt, "0014")) == (429, "too-many-tries")


# ---------------------------------------------------------------- the same key again


def test_the_same_key_again_gets_the_same_answer(bank: Bank) -> None:
    first, again = bank.lodge("RS-01"), bank.lodge("RS-01")
    assert (again.status_code, again.data, again.headers["Location"]) == (201, first.data, first.headers["Location"])
    assert body(bank.get("/status"))["lane"]["head"] == 1


def test_the_same_key_again_gets_the_same_answer_after_a_restart(place: tuple[Site, HeldClock], tmp_path: Path) -> None:
    site, clock = place
    first = Bank(site).lodge("RS-01")
    site.store.close()
    clock.pass_time(days=40)
    store = Store(tmp_path / "site.db")
    later = Bank(Site(store, clock, site.chance, site.identity, site.key))
    again = later.lodge("RS-01")
    assert (again.status_code, again.data) == (201, first.data)
    assert body(later.get("/status"))["lane"]["head"] == 1
    store.close()


def test_the_same_key_with_other_content_is_refused(bank: Bank) -> None:
    bank.lodge("RS-01")
    assert problem(bank.lodge("RS-01", name="李五")) == (422, "idempotency-key-reused")
    assert problem(bank.lodge("MZ-01")) == (422, "idempotency-key-reused")
    assert body(bank.get("/status"))["lane"]["head"] == 1


@pytest.mark.parametrize("key", ["k" * 201, "\u00e9", "a\tb"])
def test_a_key_is_200_printable_characters_at_the_most(bank: Bank, key: str) -> None:
    assert problem(bank.lodge("RS-01", key=key)) == (400, "bad-request")


def test_a_key_is_needed(bank: Bank) -> None:
    assert problem(bank.post("/submissions", {"item": "RS-01", "answers": {}})) == (400, "idempotency-key-missing")
    assert bank.lodge("RS-01", key="k" * 200).status_code == 201


# ---------------------------------------------------------------- what is refused


def test_every_faulty_field_is_listed_with_a_message_in_both_languages(bank: Bank) -> None:
    refused = bank.lodge("RS-01", id_number="110105198506150015", mobile="1", planet="Mars", tier=None)
    assert problem(refused) == (422, "answers-faulty")
    errors = body(refused)["errors"]
    assert {error["field"] for error in errors} >= {"id_number", "mobile", "planet", "tier"}
    assert all(error["message"] and error["message_en"].isascii() for error in errors if error["field"] != "tier")
    assert body(bank.get("/status"))["lane"]["head"] == 0


def test_a_form_that_cannot_be_applied_for_says_why(bank: Bank) -> None:
    refused = bank.lodge("RS-01", student=True)
    assert problem(refused) == (422, "not-eligible")
    assert body(refused)["reasons"][0].keys() == {"message", "message_en"}


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"null", b"[]", b"{", b'"', b'"\\', b"\xff\xfe", b'{"item":"RS-01"}', b'{"item":1,"answers":{}}',
        b'{"item":"RS-01","answers":{},"more":1}', b'{"item":"RS-01","answers":[]}',
        b'{"item":"RS-01","answers":{"a":NaN}}',
        b'{"item":"RS-01","answers":{"a":"\\ud800"}}', b'{"item":"RS-01","answers":{"a":1' + b"0" * 5000 + b"}}",
        b'{"item":"RS-01","answers":{"a":' + b"[" * 20 + b"]" * 20 + b"}}", b"[" * 60_000, b'{"a":' * 10_000,
    ],
)  # fmt: skip
def test_a_body_that_is_no_form_is_refused(bank: Bank, raw: bytes) -> None:
    assert problem(bank.send(raw)) == (400, "bad-request")


def test_a_body_is_weighed_and_its_type_looked_at(bank: Bank) -> None:
    assert problem(bank.send(b" " * (64 * 1024 + 1))) == (413, "too-large")
    assert problem(bank.send(b" " * (300 * 1024))) == (413, "too-large")
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/json5", ""):
        assert problem(bank.send(b"{}", kind)) == (415, "wrong-content-type")
    assert problem(bank.send(b"{}", "application/json; charset=utf-8")) == (400, "bad-request")


def test_what_no_address_answers_is_told_the_same_way(bank: Bank) -> None:
    assert problem(bank.get("/nowhere")) == (404, "not-found")
    assert problem(bank.get("/items?code=RS-01")) == (400, "bad-request")
    wrong = bank.http.put("/api/v1/submissions", headers={"Accept-Language": "en"})
    assert problem(wrong) == (405, "wrong-method")
    assert wrong.headers["Allow"] == "POST"
    assert body(wrong)["title"] == "This address does not take that kind of request"


@pytest.mark.parametrize(("asked", "title"), [
    ("en", "There is nothing here"), ("en-GB,en;q=0.9", "There is nothing here"), ("zh-CN,en;q=0.5", "没有找到这一页"),
    ("fr", "没有找到这一页"), ("", "没有找到这一页"),
])  # fmt: skip
def test_titles_come_in_the_callers_language(bank: Bank, asked: str, title: str) -> None:
    answer = bank.get("/nowhere", **{"Accept-Language": asked})
    assert body(answer)["title"] == title
    assert answer.headers["Content-Language"] == ("en" if title.isascii() else "zh")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_as_an_answer_is_no_fault_of_ours(bank: Bank, data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(ITEMS))
    example = bank.example(item)
    scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
    anything = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=6)
    changes = data.draw(st.dictionaries(st.sampled_from(sorted(example)), anything, min_size=1, max_size=4))
    refused = bank.hand_in(item, example | changes, key=data.draw(st.uuids()).hex)
    assert refused.status_code in (201, 400, 422), refused.text


# ---------------------------------------------------------------- what is written down


def test_typed_values_stand_in_no_log(
    bank: Bank, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    planted = ["李四光明", "110105198506150014", "13912345678", "6228480000000000018"]
    heard = StringIO()
    listener = logging.StreamHandler(heard)
    listener.setFormatter(_Everything())
    for name in ("", "yizhan", "waitress", "werkzeug"):
        monkeypatch.setattr(logging.getLogger(name), "level", logging.DEBUG)
    logging.getLogger().addHandler(listener)
    try:
        changed = {"name": planted[0], "mobile": planted[2]}
        receipt = body(bank.lodge("RS-01", **changed))["receipt"]
        bank.lodge("RS-01", key="other", id_number=planted[1] + "9", **changed)
        bank.send("{".join(planted).encode())
        bank.send(f'{{"item":"RS-01","answers":{{}},"{planted[1]}":1}}'.encode())
        bank.track(receipt, planted[1][-4:])
        _break(bank.site, monkeypatch, " ".join(planted))
        assert problem(bank.lodge("RS-01", key="third", **changed)) == (500, "internal")
    finally:
        logging.getLogger().removeHandler(listener)
    captured = capfd.readouterr()
    written = heard.getvalue() + captured.out + captured.err
    assert "RuntimeError" in written   # the fault itself is told
    assert [value for value in [*planted, receipt, KEY] if value in written] == []


class _Everything(logging.Formatter):
    """All that a record carries."""

    def format(self, record: logging.LogRecord) -> str:
        return f"{super().format(record)} {record.__dict__}"


def _break(site: Site, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(words)

    monkeypatch.setattr("edge.kiosk.api.lodge", broken)


# ---------------------------------------------------------------- the description


def test_the_document_names_every_address_and_no_other(bank: Bank) -> None:
    assert named(bank.app) == answered(bank.app)


@pytest.mark.slow
def test_the_interface_keeps_every_promise_of_its_document(bank: Bank) -> None:
    wrong, seen = walk(bank.app, bank.token, examples=10)
    assert wrong == []
    assert {("POST /api/v1/submissions", status) for status in (201, 400, 401, 404, 415, 422)} <= seen
    assert {("GET /api/v1/submissions/{id}", status) for status in (200, 401, 404)} <= seen
