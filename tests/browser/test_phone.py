"""A whole matter on a phone: scanned at the machine, filled in with a finger at 390 px, handed in, cleared."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from edge.records import lane
from tests.browser.chrome import SIZES, new_page
from tests.browser.look import faults_of
from tests.browser.phone_place import PhonePlace, letting_phones_in
from tests.browser.story import Story
from tests.fakes.one_site import make_site

pytestmark = pytest.mark.browser
PHONE = SIZES[2]


def touch_phone(browser: Browser) -> Page:
    """Return the page of a phone."""
    context = browser.new_context(viewport={"width": PHONE.width, "height": PHONE.height}, has_touch=True,
                                  locale="zh-CN", reduced_motion="reduce")
    context.set_default_timeout(8000)
    return context.new_page()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[PhonePlace]:
    """A machine with both its listeners."""
    site, _ = make_site(tmp_path)
    with letting_phones_in(site) as there:
        yield there
    site.store.close()


def test_a_whole_matter_on_a_phone(browser: Browser, place: PhonePlace) -> None:
    screens = [new_page(browser, size) for size in SIZES[:2]]
    for screen, size in zip(screens, SIZES, strict=False):
        screen.goto(place.kiosk + "/")
        screen.click('.dock [value="large"]')
        screen.wait_for_load_state()
        screen.click('[href="/phone"]')
        expect(screen.locator("svg.qr")).to_be_visible()
        assert faults_of(screen, size) == []
    phone = touch_phone(browser)
    phone.goto(place.scanned)
    assert faults_of(phone, PHONE) == []
    phone.tap("button.go")
    expect(phone.locator(".find")).to_be_visible()
    expect(screens[1].locator("h1")).to_have_text("手机接上了")
    assert faults_of(screens[1], SIZES[1]) == []

    story = Story(phone, place.phones, place.site, lambda name: None)
    story.fill_to_check("MZ-01")
    phone.check("#f-agree")
    story.press_go()
    assert faults_of(phone, PHONE) == []
    assert re.fullmatch(r"[0-9A-Z ]{12}", phone.inner_text(".code")) and lane.head(place.site.store.read()).n == 1
    phone.locator(".actions .go").tap()
    expect(phone.locator("h1")).to_have_text("这部手机现在没有在填")
    phone.go_back()
    expect(phone.locator("h1")).to_have_text("这部手机现在没有在填")
