"""Someone of the staff at the machine."""

from tests.fakes.staffed import PIN
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk


def enter(kiosk: Kiosk) -> Citizen:
    """Return someone who has typed the PIN."""
    return kiosk.citizen().go("/staff").send("/staff", pin=PIN)
