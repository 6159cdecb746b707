"""Every page of the console at every size, in both languages: axe, contrast, nothing sideways, keys that work."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chrome import Size, new_page, serving
from tests.browser.console_story import CONSOLE_SIZES, ConsoleStory
from tests.console.sample import make_sample

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
AXE = (HERE.parent / "vendor" / "axe.min.js").read_text("utf-8")
FAULTS = (HERE / "console_faults.js").read_text("utf-8")
WIDE, DESK, PHONE = CONSOLE_SIZES


@pytest.fixture
def base(tmp_path: Path) -> Iterator[str]:
    """A served county."""
    sample = make_sample(tmp_path)
    with serving(sample.app) as address:
        yield address
    sample.hub.store.close()


def faults_of(page: Page, axe: bool) -> list[str]:
    """Return what is wrong with the page now: by our own rules and, where asked for, by axe-core's."""
    page.wait_for_load_state()
    found: list[str] = page.evaluate(FAULTS)
    if not axe:
        return found
    page.evaluate(AXE)
    told: Any = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return found + [f"axe {one['id']}: {one['nodes'][0]['html'][:160]}" for one in told["violations"]]


def listening(page: Page) -> list[str]:
    """Return a list that fills with what the browser complains of (scripts, styles, the content policy)."""
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    return complaints


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "english", "axe"),
    # axe looks at structure: once at a desk, and once where rows become cards
    [(DESK, False, False), (DESK, True, True), (PHONE, False, True), (PHONE, True, False), (WIDE, False, False)],
    ids=["1366-zh", "1366-en", "390-zh", "390-en", "1440-zh"],
)
def test_every_page_can_be_read(browser: Browser, base: str, size: Size, english: bool, axe: bool) -> None:
    page = new_page(browser, size)
    complaints = listening(page)
    found: dict[str, list[str]] = {}
    seen: list[str] = []

    def look(name: str) -> None:
        seen.append(name)
        faults = faults_of(page, axe)
        if faults:
            found[name] = faults

    ConsoleStory(page, base, look, english).walk()
    page.context.close()

    assert found == {}
    assert len(seen) >= 30
    # the pages that are refused on purpose are told by their status
    assert [one for one in complaints if "Failed to load resource" not in one] == []


def test_keys_move_open_and_choose(browser: Browser, base: str) -> None:
    page = new_page(browser, DESK)
    story = ConsoleStory(page, base, lambda name: None)
    story.log_in("reviewer")
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    chosen = page.locator("tr.at a.row")
    assert chosen.count() == 1
    address = chosen.get_attribute("href")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{base}{address}"
    for key, verdict in (("1", "accept"), ("2", "return"), ("3", "reject")):
        page.keyboard.press(key)
        assert page.locator("input[name=verdict]:checked").get_attribute("value") == verdict
    with page.expect_navigation():
        page.keyboard.press("j")
    assert page.url != f"{base}{address}"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("j1")
    assert page.input_value("#find") == "j1"
    page.context.close()


def test_the_citizens_words_follow_while_one_types(browser: Browser, base: str) -> None:
    page = new_page(browser, DESK)
    story = ConsoleStory(page, base, lambda name: None)
    story.log_in("reviewer")
    story.press("tr.open a.row")
    page.keyboard.press("2")
    page.locator(".ask input[type=checkbox]").nth(1).check()
    page.locator(".ask input[type=text]").nth(1).fill("请带户口簿再来一次")
    page.locator("#seen .screen", has_text="请带户口簿再来一次").wait_for()
    assert "要补 2 样东西" in page.inner_text("#seen")   # with the photo that was left for later
    page.context.close()


def test_a_case_can_be_decided_without_scripts(browser: Browser, base: str) -> None:
    page = new_page(browser, DESK, scripts=False)
    story = ConsoleStory(page, base, lambda name: None)
    story.log_in("reviewer")
    story.press("tr.open a.row")
    page.check("#to-return")
    page.locator(".ask input[type=checkbox]").nth(1).check()
    page.locator(".ask input[type=text]").nth(1).fill("看不清")
    story.press("form.decide button.go")
    story.press("main form button.go")
    assert page.locator(".chip.returned").first.is_visible()
    page.context.close()


def test_the_back_button_after_log_out_shows_nothing(browser: Browser, base: str) -> None:
    page = new_page(browser, DESK)
    story = ConsoleStory(page, base, lambda name: None)
    story.log_in("reviewer")
    story.press("tr.open a.row")
    story.press('form[action="/logout"] button')
    page.go_back()
    page.wait_for_load_state()
    assert page.url == f"{base}/login"
    page.context.close()


def test_going_back_after_sending_shows_the_case_and_sends_nothing_again(browser: Browser, base: str) -> None:
    page = new_page(browser, DESK)
    story = ConsoleStory(page, base, lambda name: None)
    story.log_in("reviewer")
    story.press("tr.open a.row")
    case = page.url
    page.check("#to-return")
    page.locator(".ask input[type=checkbox]").nth(1).check()
    why = page.locator(".ask input[type=text]").nth(1)
    why.fill("看" * 100)
    assert page.locator(".left:visible").inner_text() == "还能写 20 个字"
    why.fill("看不清")
    assert not page.locator(".left:visible").count()
    story.press("form.decide button.go")
    assert page.url == case, "a page that answers a form has the address of the case"
    story.press("main form button.go")
    page.go_back()
    page.wait_for_load_state()
    assert page.url == case
    assert page.locator(".chip.returned").first.is_visible()
    page.context.close()
