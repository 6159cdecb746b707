"""A kiosk with a touch screen, and a citizen who begins to fill in before it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from edge.desk.site import Site
from edge.kiosk import create_kiosk
from tests.browser.chrome import SIZES, new_page, serving
from tests.browser.story import Story
from tests.fakes.one_site import HeldClock, make_site

NAME = "欧阳春兰"


@dataclass
class Machine:
    """A kiosk and the page in front of the citizen."""

    base: str
    page: Page
    site: Site
    clock: HeldClock
    story: Story


@contextmanager
def standing(browser: Browser, folder: Path) -> Iterator[Machine]:
    """Yield a standing kiosk."""
    site, clock = make_site(folder)
    page = new_page(browser, SIZES[0], touch=True)
    with serving(create_kiosk(site, phone="0533-0000000")) as base:
        yield Machine(base, page, site, clock, Story(page, base, site, lambda name: None))
        page.context.close()
    site.store.close()


def begin(machine: Machine) -> None:
    """Go to the question about the ID number."""
    machine.story.go("/item/MZ-01")
    machine.page.locator(".actions .go").first.tap()
    machine.page.fill("#f-name", NAME)
    machine.story.press_go()


def press(machine: Machine, keys: str) -> None:
    """Press keys of the pad."""
    for key in keys:
        machine.page.locator(f'.key[data-key="{key}"]').tap()
