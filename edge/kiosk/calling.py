"""Whom to call: the phones of an item that needs a live answer, or of its department."""

from edge.domain.form import Item
from edge.kiosk.page import tr
from edge.kiosk.site_here import site

MOST_PHONES = 3


def phones_of(item: Item) -> list[tuple[str, str]]:
    """Return (whose, number) of those to call, the most urgent first."""
    catalogue = site().catalogue()
    wanted = item.live.phones if item.live else ()
    lines = [(tr(phone.name), phone.number) for key in wanted for phone in catalogue.county.phones if phone.key == key]
    department = catalogue.departments[item.department]
    return (lines or [(tr(department.name), department.phone), *(
        (tr(phone.name), phone.number) for phone in catalogue.county.phones)])[:MOST_PHONES]
