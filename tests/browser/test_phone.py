"""A whole matter on a phone: scanned at the machine, filled in with a finger at 390 px, handed in, cleared."""

import re
import socket
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

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


def test_a_whole_matter_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    site, _ = make_site(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    inviting = Inviting(site, f"http://127.0.0.1:{port}", "bianmin")
    drawn: list[str] = []
    address_of = inviting.address_of
    inviting.address_of = lambda code: drawn.append(address_of(code)) or drawn[-1]  # type: ignore[method-assign, func-returns-value]  # stands in for the phone's camera
    pages = make_server("127.0.0.1", port, create_phone_pages(site, inviting, phone="0533-0000000"), threaded=True)
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    phone = touch_phone(browser)
    story = Story(phone, inviting.url, site, lambda name: None)
    try:
        with serving(create_kiosk(site, inviting=inviting)) as base:
            screens = [new_page(browser, size) for size in SIZES[:2]]
            for screen, size in zip(screens, SIZES, strict=False):
                screen.goto(base + "/")
                screen.click('.dock [value="large"]')
                screen.wait_for_load_state()
                assert faults_of(screen, size, axe=False) == []
                screen.click('[href="/phone"]')
                expect(screen.locator("svg.qr")).to_be_visible()
                assert faults_of(screen, size) == []
            phone.goto(drawn[-1])
            assert faults_of(phone, PHONE) == []
            phone.tap("button.go")
            expect(phone.locator(".find")).to_be_visible()
            expect(screens[1].locator("h1")).to_have_text("手机接上了")
            assert faults_of(screens[1], SIZES[1]) == []

            story.fill_to_check("MZ-01")
            phone.check("#f-agree")
            story.press_go()
            assert faults_of(phone, PHONE) == []
            assert re.fullmatch(r"[0-9A-Z ]{12}", phone.inner_text(".code")) and lane.head(site.store.read()).n == 1
            phone.locator(".actions .go").tap()
            expect(phone.locator("h1")).to_have_text("这部手机现在没有在填")
            phone.go_back()
            expect(phone.locator("h1")).to_have_text("这部手机现在没有在填")
    finally:
        pages.shutdown()
        pages.server_close()
        site.store.close()
