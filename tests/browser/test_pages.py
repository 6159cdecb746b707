"""Every page at every size, in both languages, dark and large: nothing overlaps, all can be read and hit."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from edge.domain.catalogue import shipped_catalogue
from edge.domain.form_walk import form_fields
from edge.kiosk import create_kiosk
from edge.kiosk.guard import COOKIE
from tests.browser.chrome import SIZES, new_page, serving
from tests.browser.gallery import turn
from tests.browser.look import faults_of
from tests.browser.story import Story
from tests.fakes.one_site import make_site
from tests.fakes.staffed import plugged
from tests.kiosk.citizen import Citizen

pytestmark = pytest.mark.browser

FULLEST = ("CL-04", "MZ-02", "QY-01", "GJ-02", "MZ-03", "SS-02")
"""Together they hold every kind of page; with the longest texts."""
LOOKED_AT = [
    ("1080", "", False), ("1080", "large-dark", True),
    ("1366", "", False), ("1366", "large-dark", False), ("1366", "lang-large", False), ("390", "lang-large", True),
]
"""Size, looks, and whether axe looks too: it judges the structure, which hangs on the language and the size of the
letters and not on the screen. `make soak` walks all items at all sizes in all looks.
"""


@pytest.mark.slow
@pytest.mark.parametrize(("size", "looks", "axe"), LOOKED_AT, ids=lambda one: str(one) or "plain")
def test_every_page_can_be_read_and_hit(browser: Browser, tmp_path: Path, size: str, looks: str, axe: bool) -> None:
    assert walk(browser, tmp_path, size, looks, Story.walk, axe=axe) == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "looks", "codes"), [("1080", "large", FULLEST[::2]), ("1366", "", FULLEST[1::2])],
    ids=["1080-large", "1366-plain"])
def test_every_question_of_the_fullest_items_fits(
    browser: Browser, tmp_path: Path, size: str, looks: str, codes: tuple[str, ...]
) -> None:
    """All items are walked by `python -m tests.browser.every_item`, which `make soak` calls."""

    def fill_some(story: Story) -> None:
        for code in codes:
            story.fill_and_hand_in(code, looks=True)

    assert walk(browser, tmp_path, size, looks, fill_some) == {}


def test_the_widest_receipt_code_and_its_drawing_stand_on_the_ticket(browser: Browser, tmp_path: Path) -> None:
    site, _clock = make_site(tmp_path)
    app = create_kiosk(site)
    found: dict[str, list[str]] = {}
    with serving(app) as base:
        citizen = Citizen(app.test_client()).send("/comfort", go="large")
        citizen.fill("MZ-01").send("/check", agree="yes")
        cookie = citizen.client.get_cookie(COOKIE)
        assert cookie is not None
        for size in SIZES:
            page = new_page(browser, size)
            page.context.add_cookies([{"name": COOKIE, "value": cookie.value, "url": base}])
            page.goto(base + "/receipt")
            page.evaluate("for (const one of document.querySelectorAll('.code')) one.textContent = 'WWWW WWW WWW'")
            found[size.name] = faults_of(page, size, axe=False)
            page.context.close()
    site.store.close()

    assert found == {size.name: [] for size in SIZES}


def test_the_fullest_items_hold_every_way_to_ask() -> None:
    items = shipped_catalogue().items.values()
    ways = {(field.kind, bool(field.fields), field.twice) for item in items for field in form_fields(item)}
    some = {(field.kind, bool(field.fields), field.twice)
            for code in (*FULLEST, "MZ-01", "RS-01") for field in form_fields(shipped_catalogue().item(code))}
    assert ways - some == set()


def walk(
    browser: Browser, folder: Path, size: str, looks: str, way: Callable[[Story], None], *, axe: bool = False
) -> dict[str, list[str]]:
    """Go a way through the kiosk and return what is wrong, by the name of the page."""
    screen = next(one for one in SIZES if one.name == size)
    site, _clock = make_site(folder)
    page = new_page(browser, screen)
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        faults = faults_of(page, screen, axe=axe)
        if faults:
            found[name] = faults

    with serving(create_kiosk(site, duty="李师傅（一楼服务台）", phone="0533-0000000", **plugged(folder))) as base:
        turn(page, base, [one for one in looks.split("-") if one])
        way(Story(page, base, site, look))
    page.context.close()
    site.store.close()
    return found
