"""The site's interface: the same key again, what is refused, and what is written down nowhere."""

import logging
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edge.desk.site import Site
from edge.ground.database import Store
from tests.fakes.bank import ITEMS, KEY, Bank, body, problem
from tests.fakes.one_site import HeldClock

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
