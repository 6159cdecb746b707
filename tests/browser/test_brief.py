"""A result stands on the screen for half a minute; then it is covered until somebody touches it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from edge.desk.lodge import lodge
from edge.domain.catalogue import shipped_catalogue
from edge.kiosk import create_kiosk
from tests.browser.chrome import SIZES, new_page, serving
from tests.browser.story import Story
from tests.fakes.one_site import make_site, verdict

pytestmark = pytest.mark.browser


def test_a_result_is_covered_after_half_a_minute_and_comes_back_at_a_touch(browser: Browser, tmp_path: Path) -> None:
    site, _clock = make_site(tmp_path)
    item = shipped_catalogue().item("CL-02")
    taken = lodge(site, item, item.example, channel="kiosk")
    tail = str(item.example[item.applicant.id_number])[-4:]
    verdict(site, taken.receipt, tail, "accepted", result=dict(item.outcome_example))
    with serving(create_kiosk(site)) as base:
        page = new_page(browser, SIZES[0])
        page.clock.install()
        Story(page, base, site, lambda name: None).open_case(taken.receipt, tail)
        result, again = page.locator(".results"), page.locator("[data-brief] > button")
        page.clock.run_for(29_000)
        assert result.is_visible() and not again.is_visible()

        page.clock.run_for(2_000)
        assert not result.is_visible() and again.is_visible()

        again.click()
        assert result.is_visible()
        page.clock.run_for(31_000)
        assert not result.is_visible()
        page.context.close()
    site.store.close()
