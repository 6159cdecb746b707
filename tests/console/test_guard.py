"""The door: cookies, headers, hosts, origins, locks, and the first password."""

import pytest

from sync.hub import accounts
from sync.hub.ferry_web import FERRY_TYPE
from sync.hub.web import create_hub_app, side_by_side
from tests.console.sample import SECRET, Sample, form_token, post
from tests.fakes.long_body import answer_to


def test_log_in_leads_each_role_to_its_first_page(empty_county: Sample) -> None:
    for name, page in (("reviewer", "/cases"), ("it", "/sites"), ("auditor", "/sites")):
        answer = empty_county.browser(name).get("/")
        assert (answer.status_code, answer.location) == (303, page)


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(empty_county: Sample) -> None:
    answer = post(empty_county.browser(), "/login", name="it", secret=SECRET)
    cookie = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("desk="))
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Secure" not in cookie  # plain HTTP on the hub's own machine; behind TLS it is there, see below


def test_behind_tls_the_cookie_is_secure(empty_county: Sample) -> None:
    browser = empty_county.browser()
    tls = "https://localhost/"
    page = browser.get("/login", base_url=tls).get_data(as_text=True)
    token = page.partition('name="csrf" value="')[2].partition('"')[0]
    answer = browser.post("/login", base_url=tls, data={"csrf": token, "name": "it", "secret": SECRET})
    assert "Secure" in next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("desk="))


def test_every_page_carries_the_headers(empty_county: Sample) -> None:
    browser = empty_county.browser("it")
    for page in ("/login", "/sites", "/nothing-here", "/accounts"):
        headers = browser.get(page).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy


def test_a_session_planted_before_the_log_in_is_worth_nothing(empty_county: Sample) -> None:
    browser = empty_county.browser()
    browser.set_cookie("desk", "planted")
    post(browser, "/login", name="it", secret=SECRET)
    cookie = browser.get_cookie("desk")
    assert cookie is not None
    assert cookie.value != "planted"


def test_after_log_out_the_old_cookie_opens_nothing(empty_county: Sample) -> None:
    browser = empty_county.browser("it")
    cookie = browser.get_cookie("desk")
    assert cookie is not None
    post(browser, "/logout")
    thief = empty_county.browser()
    thief.set_cookie("desk", cookie.value)
    assert thief.get("/sites").location == "/login"


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8700"])
def test_a_name_that_is_not_ours_is_refused(empty_county: Sample, host: str) -> None:
    assert empty_county.browser().get("/login", headers={"Host": host}).status_code != 200


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8700", "10.1.2.3", "[::1]:8700"])
def test_addresses_and_localhost_are_right(empty_county: Sample, host: str) -> None:
    assert empty_county.browser().get("/login", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_form_from_another_site_is_refused(empty_county: Sample, headers: dict[str, str]) -> None:
    browser = empty_county.browser("it")
    answer = browser.post("/tokens", data={"csrf": form_token(browser, "/tokens"), "name": "x"}, headers=headers)
    assert answer.status_code == 403


def test_the_token_of_another_browser_is_worth_nothing(empty_county: Sample) -> None:
    one, other = empty_county.browser("it"), empty_county.browser("it")
    answer = one.post("/tokens", data={"csrf": form_token(other, "/tokens"), "name": "x"})
    assert answer.status_code == 403


def test_five_wrong_tries_lock_through_the_page_too(empty_county: Sample) -> None:
    browser = empty_county.browser()
    codes = [post(browser, "/login", name="it", secret="wrong").status_code for _ in range(6)]
    assert codes == [401, 401, 401, 401, 429, 429]
    answer = post(browser, "/login", name="it", secret=SECRET)
    assert "30 分钟" in answer.get_data(as_text=True)


def test_many_log_ins_from_one_address_are_slowed_down(empty_county: Sample) -> None:
    browser = empty_county.browser()
    token = form_token(browser, "/login")
    codes = [
        browser.post("/login", data={"csrf": token, "name": f"n{n}", "secret": "x"}).status_code for n in range(21)
    ]
    assert (codes[0], codes[-1]) == (401, 429)


def test_a_given_password_opens_only_the_page_where_it_is_changed(empty_county: Sample) -> None:
    _, given = accounts.add_account(empty_county.hub, "test", "fresh", "新人", "reviewer")
    browser = empty_county.browser()
    post(browser, "/login", name="fresh", secret=given)
    assert browser.get("/cases").location == "/me"
    answer = post(browser, "/me/secret", old=given, new="a long new one 5", again="a long new one 5")
    assert "密码换好了" in answer.get_data(as_text=True)
    assert browser.get("/cases").status_code == 200


def test_a_wrong_old_password_is_said_beside_its_field(empty_county: Sample) -> None:
    browser = empty_county.browser("it")
    answer = post(browser, "/me/secret", old="wrong", new="a long new one 5", again="a long new one 5")
    assert answer.status_code == 422
    assert "现在的密码不对" in answer.get_data(as_text=True)


def test_an_idle_browser_has_to_log_in_again(empty_county: Sample) -> None:
    browser = empty_county.browser("it")
    empty_county.clock.pass_time(minutes=31)
    assert browser.get("/sites").location == "/login"


def test_a_piece_of_a_page_leads_to_the_log_in_when_the_session_is_over(county: Sample) -> None:
    browser = county.browser("reviewer")
    case = county.case_ids()[0]
    token = form_token(browser, "/me")
    county.clock.pass_time(minutes=31)
    answer = browser.post(f"/cases/{case}/preview", data={"csrf": token}, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/login"


def test_the_language_stays_for_the_browser(empty_county: Sample) -> None:
    browser = empty_county.browser("it")
    post(browser, "/language", lang="en")
    page = browser.get("/sites").get_data(as_text=True)
    assert '<html lang="en">' in page
    assert "Sites and devices" in page


def test_a_fault_of_ours_says_where_it_was_and_nothing_of_its_words(
    empty_county: Sample, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> str:
        raise RuntimeError("110105194401010025")

    empty_county.app.view_functions["sites.show"] = fail
    empty_county.app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = empty_county.browser("it").get("/sites")
    assert answer.status_code == 500
    assert "110105" not in answer.get_data(as_text=True)
    noted = [getattr(record, "facts", {}) for record in caplog.records]
    assert [(one["kind"], one["endpoint"]) for one in noted] == [("RuntimeError", "sites.show")]
    assert "test_guard.py:" in noted[0]["where"] and "110105" not in caplog.text


def test_what_even_the_server_does_not_take_in_is_refused_in_our_words(empty_county: Sample) -> None:
    whole = side_by_side(create_hub_app(empty_county.hub), empty_county.app)

    status, kind, page = answer_to(whole, "/login")
    assert (status, kind) == (413, "text/html") and "写得太长了" in page
    status, kind, told = answer_to(whole, "/ferry/v1/sync", FERRY_TYPE)
    assert (status, kind) == (413, "application/problem+json") and '"cure":"' in told
