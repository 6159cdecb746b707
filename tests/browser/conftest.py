"""One browser for all tests of this folder."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.chrome import chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser with an empty profile; each test opens its own context."""
    with chromium() as opened:
        yield opened
