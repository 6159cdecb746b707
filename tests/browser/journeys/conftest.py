"""One hall for each module of journeys."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.journeys.hall import Hall, opened_hall


@pytest.fixture(scope="module")
def hall(browser: Browser) -> Iterator[Hall]:
    """A machine that shows every item, and the county behind it."""
    with opened_hall(browser) as opened:
        yield opened
