"""Whom to call: the phones of an item that needs a live answer, or of its department."""

from edge.domain.form import Item
from edge.kiosk.page import tr
from edge.kiosk.site_here import site

MOST_PHONES = 3


def phones_of(item: Item) -> list[tuple[str, str]]:
    """Return (whose, number) of those to call, the most urgent first."""
    return [(tr(name), number) for name, number in site().catalogue().phones_of(item)[:MOST_PHONES]]
