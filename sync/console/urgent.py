"""Cases of items that needed a live answer: only registered, and somebody waits for a call, whatever the deadline."""

from edge.domain.county import County
from edge.domain.form import Item
from edge.domain.submission import State
from sync.console.frame import tr
from sync.console.office import catalogue
from sync.hub.tables.cases import Case


def is_waited_for(case: Case, item: Item | None) -> bool:
    """Tell if the citizen waits for somebody to do it now and call back."""
    return item is not None and item.live is not None and case.state == State.HELD


def urgent_items() -> list[str]:
    """Return the codes of the items whose citizens wait for a call."""
    return [item.code for item in catalogue().items.values() if item.live is not None]


def phone_of(item: Item, county: County) -> tuple[str, str]:
    """Return (whose, number) of the phone that the kiosk tells the citizen to call first."""
    wanted = item.live.phones if item.live else ()
    lines = [(tr(phone.name), phone.number) for key in wanted for phone in county.phones if phone.key == key]
    department = catalogue().departments[item.department]
    return lines[0] if lines else (tr(department.name), department.phone)
