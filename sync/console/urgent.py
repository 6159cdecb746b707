"""Cases of items that needed a live answer: only registered, and somebody waits for a call, whatever the deadline."""

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


def phone_of(item: Item) -> tuple[str, str]:
    """Return (whose, number) of the phone that the kiosk tells the citizen to call first."""
    name, number = catalogue().phones_of(item)[0]
    return tr(name), number
