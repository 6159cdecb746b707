"""How a reviewer reads a case and decides it, page by page."""

from flask.testing import FlaskClient

from tests.console.sample import Sample


def first(county: Sample, item: str) -> str:
    """Return the first case of an item."""
    return county.case_ids(item)[0]


def text(browser: FlaskClient, address: str) -> str:
    """Return a page."""
    return browser.get(address).get_data(as_text=True)
