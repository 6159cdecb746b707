"""The site's interface: who may come in, what is told, and that its document says the truth."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from edge.desk.site import Site
from edge.desk.tokens import check_token, make_token, revoke_tokens
from edge.domain.catalogue import shipped_catalogue
from tests.fakes.api_walk import answered, named, walk
from tests.fakes.bank import ITEMS, Bank, body, problem
from tests.fakes.one_site import HeldClock, verdict

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


# ---------------------------------------------------------------- the description


def test_the_document_names_every_address_and_no_other(bank: Bank) -> None:
    assert named(bank.app) == answered(bank.app)


@pytest.mark.slow
def test_the_interface_keeps_every_promise_of_its_document(bank: Bank) -> None:
    wrong, seen = walk(bank.app, bank.token, examples=10)
    assert wrong == []
    assert {("POST /api/v1/submissions", status) for status in (201, 400, 401, 404, 415, 422)} <= seen
    assert {("GET /api/v1/submissions/{id}", status) for status in (200, 401, 404)} <= seen
