"""One table decides every route: every route stands in it, and every role gets exactly what it says."""

import pytest
from werkzeug.routing import Rule

from sync.console.permits import NOBODY_YET, PERMITS, may
from sync.hub.accounts import Role
from tests.console.sample import Sample, form_token

REFUSED = 403


def routes(county: Sample) -> list[tuple[str, str, str]]:
    """Return (endpoint, method, address) of every route, with real ids filled in."""
    case = county.case_ids()[0]
    known = {
        "case_id": case, "device": next(iter(county.devices.values())).hex(), "account_id": "nobody", "change": "reset",
        "token_id": "nobody", "code": "MZ-01", "alarm_id": 1, "filename": "console.css", "number": 1,
        "blob": "0" * 64, "verb": "release",
    }  # fmt: skip
    bound = county.app.url_map.bind("localhost")
    found = []
    for rule in county.app.url_map.iter_rules():
        address = bound.build(rule.endpoint, {name: known[name] for name in rule.arguments}, method=method_of(rule))
        found.append((rule.endpoint, method_of(rule), address))
    return found


def method_of(rule: Rule) -> str:
    """Return the method that matters."""
    return "POST" if "POST" in (rule.methods or ()) else "GET"


def test_every_route_stands_in_the_table(county: Sample) -> None:
    endpoints = {endpoint for endpoint, _, _ in routes(county)}
    assert endpoints - set(PERMITS) - NOBODY_YET == set()
    assert set(PERMITS) - endpoints == set()


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gets_what_the_table_says_and_no_more(county: Sample, role: Role) -> None:
    browser = county.browser(role.value)
    token = form_token(browser, "/me")
    wrong = []
    for endpoint, method, address in routes(county):
        if endpoint in NOBODY_YET or endpoint == "door.leave":
            continue
        answer = browser.open(address, method=method, data={"csrf": token} if method == "POST" else None)
        if (answer.status_code == REFUSED) == may(role, endpoint):
            wrong.append((endpoint, method, answer.status_code))
    assert wrong == []


def test_without_a_log_in_nothing_opens(county: Sample) -> None:
    opened = []
    for endpoint, method, address in routes(county):
        if endpoint in NOBODY_YET:
            continue
        browser = county.browser()
        token = form_token(browser, "/login")
        answer = browser.open(address, method=method, data={"csrf": token} if method == "POST" else None)
        shut = (
            answer.status_code == 401 if method == "POST" else (answer.status_code, answer.location) == (303, "/login")
        )
        if not shut:
            opened.append((endpoint, method, answer.status_code))
    assert opened == []


def test_every_change_needs_the_token_of_its_page(county: Sample) -> None:
    unguarded = []
    for role in Role:
        browser = county.browser(role.value)
        for endpoint, method, address in routes(county):
            if method == "POST" and (endpoint in NOBODY_YET or may(role, endpoint)):
                for data in ({}, {"csrf": "0" * 64}):
                    answer = browser.post(address, data=data)
                    if answer.status_code != REFUSED or "foreign-origin" not in answer.get_data(as_text=True):
                        unguarded.append((role, endpoint, answer.status_code))
    assert unguarded == []


def test_cases_are_for_reviewers_only() -> None:
    rooms = ("case.", "case_erase.", "photos.", "worklist.")
    assert {endpoint for endpoint in PERMITS if endpoint.startswith(rooms)} == {
        endpoint for endpoint, roles in PERMITS.items() if roles == {Role.REVIEWER}
    }


def test_the_auditor_changes_nothing_but_the_own_password(county: Sample) -> None:
    posts = {endpoint for endpoint, method, _ in routes(county) if method == "POST" and may(Role.AUDITOR, endpoint)}
    assert posts == {"door.leave", "me.change"}
