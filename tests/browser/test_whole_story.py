"""The whole story in a real browser, on the packaged executable: line down, line up, returned, corrected, accepted.

Kiosk, site, hub and console are all real; only the citizen and the reviewer are played.
"""

import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page

from edge.domain.catalogue import shipped_catalogue
from tests.browser.chrome import SIZES, new_page
from tests.browser.story import Story
from tests.executable.conftest import yizhan as yizhan
from tests.executable.program import Program, Yizhan, free_port, interface, until
from tests.executable.raw_scan import traces, typed_by
from tests.fakes.one_site import make_site

pytestmark = [pytest.mark.browser, pytest.mark.executable]
KIOSK, CONSOLE = SIZES[0], SIZES[1]
ITEM = "MZ-01"
PERSON = {"name": "欧阳甲乙", "id_number": "110105193906120049", "home": ["370399001201", "西头第九十七号"],
          "bank_card": "6228480000112233440", "mobile": "13900001357"}
"""Invented, and unlike the item's own example, which stands in the published catalogue on every machine."""


@dataclass
class County:
    """A running demo with a citizen at its kiosk and a reviewer at its console."""

    demo: Program
    folder: Path
    citizen: Story
    reviewer: Page
    site: httpx.Client

    def line(self, state: str) -> None:
        """Cut the line or mend it, and wait until the site has noticed."""
        self.demo.running.send_signal(signal.SIGUSR1)
        until(lambda: self.site.get("/status").json()["line"] == state, f"the line is {state}")

    def arrive(self) -> None:
        """Wait until the county holds everything."""
        until(lambda: self.site.get("/status").json()["waiting"] == 0, "everything is delivered")

    def decide(self, key: str) -> None:
        """Open the only waiting case, choose with a key, send, and confirm."""
        page = self.reviewer
        page.goto(self.demo.facts["console"] + "/cases")
        with page.expect_navigation():
            page.locator("tr.open a.row").first.click()
        page.keyboard.press(key)
        page.wait_for_load_state("networkidle")
        if key == "2":
            owed = page.locator(".ask input[type=checkbox]:checked")
            while owed.count():   # what was left for later is ticked beforehand
                owed.first.uncheck()
            page.check('.ask input[name="ask_bank_card"]')
            page.fill('.ask input[name="why_bank_card"]', "和银行登记的名字对不上")
        for form in ("form.decide button.go", "main form button.go"):
            with page.expect_navigation():
                page.locator(form).first.click()

    def read(self, receipt: str, tail: str, words: str) -> str:
        """Track at the kiosk until the page says `words`; return its text."""
        def told() -> str:
            self.citizen.open_case(receipt, tail)
            text = self.citizen.page.inner_text("body")
            return text if words in text else ""
        found: str = until(told, words)
        return found


@pytest.fixture
def county(yizhan: Yizhan, browser: Browser, tmp_path: Path) -> Iterator[County]:
    words = ["demo", "--headless", "--dir", tmp_path / "d", "--edge-port", free_port(), "--hub-port", free_port()]
    (tmp_path / "aside").mkdir()
    stand_in, _ = make_site(tmp_path / "aside")   # the story's type asks for a site; nothing here looks into it
    with yizhan.serving(*map(str, words)) as demo, interface(demo.facts["edge_api"], demo.facts["edge_token"]) as site:
        page, desk = new_page(browser, KIOSK), new_page(browser, CONSOLE)
        login = next(one for one in demo.facts["logins"] if one["role"] == "reviewer")
        desk.goto(demo.facts["console"] + "/login")
        desk.fill("#name", login["name"])
        desk.fill("#secret", login["secret"])
        with desk.expect_navigation():
            desk.keyboard.press("Enter")
        citizen = Story(page, demo.facts["kiosk"], stand_in, lambda name: None)
        yield County(demo, tmp_path / "d" / "site", citizen, desk, site)


def hand_in(citizen: Story) -> tuple[str, str]:
    """Fill and hand in as the invented person; return receipt code and ID tail."""
    receipt, _ = citizen.fill_and_hand_in(ITEM, answers=PERSON)
    return receipt, str(PERSON["id_number"])[-4:]


def test_a_form_handed_in_without_a_line_comes_back_accepted(county: County) -> None:
    citizen, item = county.citizen, shipped_catalogue().item(ITEM)
    county.line("down")

    receipt, tail = hand_in(citizen)
    shown = citizen.page.inner_text("body")
    assert "已保存" in shown
    assert "还没送达" in shown
    assert "不是受理通知书" in shown
    citizen.leave()

    county.line("up")
    county.arrive()
    waiting = county.read(receipt, tail, "已送达")
    assert "还没受理" in waiting
    citizen.leave()

    county.decide("2")
    county.read(receipt, tail, "要补 1 样")
    citizen.press_go()
    for _ in range(2):   # a card is typed twice
        citizen.answer("bank_card", PERSON["bank_card"])
        citizen.press_go()
    citizen.go("/check?page=9")
    citizen.page.check("#f-agree")
    citizen.press_go()
    citizen.leave()
    county.arrive()

    county.decide("1")
    county.read(receipt, tail, "已受理")
    citizen.leave()
    assert traces(county.folder, typed_by(item, PERSON)) == []
