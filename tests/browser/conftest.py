"""One browser for all tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chrome import chromium
from tests.browser.machine import Machine, standing


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser with an empty profile; each test opens its own context."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def machine(browser: Browser, tmp_path: Path) -> Iterator[Machine]:
    """A standing kiosk with a touch screen."""
    with standing(browser, tmp_path) as found:
        yield found
