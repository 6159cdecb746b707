"""A whole matter on a phone: scanned at the machine, filled in with a finger at 390 px, handed in, cleared."""

import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from edge.desk.site import Site
from edge.kiosk import create_kiosk
from edge.kiosk.inviting import Inviting
from edge.kiosk.phone_app import create_phone_pages
from edge.records import lane
from tests.browser.chrome import SIZES, new_page, serving
from tests.browser.look import faults_of
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


@dataclass
class Place:
    """A machine that invites phones; `drawn` are the addresses in its codes, as a phone's camera reads them."""

    site: Site
    kiosk: str
    drawn: list[str]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A machine with both its listeners."""
    site, _ = make_site(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    inviting, drawn = Inviting(site, f"http://127.0.0.1:{port}", "bianmin"), list[str]()
    address_of = inviting.address_of
    inviting.address_of = lambda code: drawn.append(address_of(code)) or drawn[-1]  # type: ignore[method-assign, func-returns-value]  # stands in for the phone's camera
    pages = make_server("127.0.0.1", port, create_phone_pages(site, inviting, phone="0533-0000000"), threaded=True)
    thread = threading.Thread(target=pages.serve_forever, daemon=True)
    thread.start()
    with serving(create_kiosk(site, inviting=inviting)) as base:
        yield Place(site, base, drawn)
    pages.shutdown()
    thread.join(5)
    site.store.close()


def test_a_whole_matter_on_a_phone(browser: Browser, place: Place) -> None:
    screens = [new_page(browser, size) for size in SIZES[:2]]
    for screen, size in zip(screens, SIZES, strict=False):
        screen.goto(place.kiosk + "/")
        screen.click('.dock [value="large"]')
        screen.wait_for_load_state()
        screen.click('[href="/phone"]')
        expect(screen.locator("svg.qr")).to_be_visible()
        assert faults_of(screen, size) == []
    phone = touch_phone(browser)
    phone.goto(place.drawn[-1])
    assert faults_of(phone, PHONE) == []
    phone.tap("button.go")
    expect(phone.locator(".find")).to_be_visible()
    expect(screens[1].locator("h1")).to_have_text("手机接上了")
    assert faults_of(screens[1], SIZES[1]) == []

    story = Story(phone, place.drawn[-1].partition("/in/")[0], place.site, lambda name: None)
    story.fill_to_check("MZ-01")
    phone.check("#f-agree")
    story.press_go()
    assert faults_of(phone, PHONE) == []
    assert re.fullmatch(r"[0-9A-Z ]{12}", phone.inner_text(".code")) and lane.head(place.site.store.read()).n == 1
    phone.locator(".actions .go").tap()
    expect(phone.locator("h1")).to_have_text("这部手机现在没有在填")
    phone.go_back()
    expect(phone.locator("h1")).to_have_text("这部手机现在没有在填")
