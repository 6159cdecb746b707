"""What comes out of the printer: the papers and nothing else, from the kiosk's page and from the file."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from edge.desk.paper import reserve
from edge.kiosk import create_kiosk
from edge.kiosk.app import STATIC
from edge.kiosk.paper_sheet import whole_page
from tests.browser.chrome import SIZES, new_page, serving
from tests.browser.story import Story
from tests.fakes.one_site import make_site
from tests.fakes.staffed import plugged

pytestmark = pytest.mark.browser


def printed(page: Page) -> list[str]:
    """Return the numbers that would stand on paper."""
    page.emulate_media(media="print")
    return [one for one in page.locator(".paper header .code").all_inner_texts() if one]


def test_the_kiosk_prints_the_papers_and_nothing_of_the_page(browser: Browser, tmp_path: Path) -> None:
    site, _clock = make_site(tmp_path)
    page = new_page(browser, SIZES[1])
    with serving(create_kiosk(site, **plugged(tmp_path))) as base:
        story = Story(page, base, site, lambda name: None)
        story.staff_in()
        story.go("/staff/paper/RS-01")
        story.press_go()
        assert not page.locator(".paper").first.is_visible()

        assert len(set(printed(page))) == 20
        assert page.locator(".paper .stub").first.is_visible() and page.locator(".paper svg.qr").first.is_visible()
        assert not page.locator("h1").is_visible() and not page.locator(".dock").is_visible()
    page.context.close()
    site.store.close()


def test_the_file_prints_whole_in_itself(browser: Browser, tmp_path: Path) -> None:
    site, _clock = make_site(tmp_path)
    item = site.catalogue().item("RS-01")
    codes = reserve(site, item, 3)
    with create_kiosk(site).test_request_context("/"):
        style = (STATIC / "kiosk" / "paper.css").read_text("utf-8")
        (tmp_path / "papers.html").write_text(whole_page(site, item, codes, style), "utf-8")
    page = new_page(browser, SIZES[1])
    page.goto((tmp_path / "papers.html").as_uri())

    assert [one.replace(" ", "") for one in printed(page)] == codes
    assert page.locator(".paper").first.is_visible()
    page.context.close()
    site.store.close()
