"""Every page at every size, in both languages, dark and large: nothing overlaps, all can be read and hit."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from edge.domain.catalogue import shipped_catalogue
from edge.kiosk import create_kiosk
from tests.browser.chrome import SIZES, Size, new_page, serving
from tests.browser.gallery import turn
from tests.browser.story import Story
from tests.fakes.one_site import make_site
from tests.fakes.staffed import plugged

HERE = Path(__file__).parent
AXE = (HERE.parent / "vendor" / "axe.min.js").read_text("utf-8")
FAULTS = (HERE / "faults.js").read_text("utf-8")
LOOKS: tuple[tuple[str, ...], ...] = ((), ("large", "dark"), ("lang",), ("lang", "large"))


def faults_of(page: Page, size: Size) -> list[str]:
    """Return what is wrong with the page now: by our own rules and by axe-core's."""
    page.wait_for_load_state()
    found: list[str] = page.evaluate(FAULTS, {"target": size.target, "scrolls": size.scrolls})
    page.evaluate(AXE)
    told: Any = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    found += [f"axe {one['id']}: {one['nodes'][0]['html'][:120]}" for one in told["violations"]]
    return found


@pytest.mark.parametrize("looks", LOOKS, ids=lambda looks: "-".join(looks) or "plain")
@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
def test_every_page_can_be_read_and_hit(browser: Browser, tmp_path: Path, size: Size, looks: tuple[str, ...]) -> None:
    assert walk(browser, tmp_path, size, looks, Story.walk) == {}


@pytest.mark.parametrize("looks", [(), ("large",)], ids=["plain", "large"])
@pytest.mark.parametrize("size", SIZES[:2], ids=lambda size: size.name)
def test_every_question_of_every_item_fits(
    browser: Browser, tmp_path: Path, size: Size, looks: tuple[str, ...]
) -> None:
    def fill_all(story: Story) -> None:
        for code in sorted(set(shipped_catalogue().items) - {"MZ-01"}):
            story.fill_and_hand_in(code, looks=True)

    assert walk(browser, tmp_path, size, looks, fill_all) == {}


def walk(
    browser: Browser, folder: Path, size: Size, looks: tuple[str, ...], way: Callable[[Story], None]
) -> dict[str, list[str]]:
    """Go a way through the kiosk and return what is wrong, by the name of the page."""
    site, _clock = make_site(folder, online_item=True)
    page = new_page(browser, size)
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        faults = faults_of(page, size)
        if faults:
            found[name] = faults

    with serving(create_kiosk(site, duty="李师傅（一楼服务台）", phone="0533-0000000", **plugged(folder))) as base:
        turn(page, base, list(looks))
        way(Story(page, base, site, look))
    page.context.close()
    site.store.close()
    return found
