"""What tests of restores do in the same way."""

from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk


def more(county: County, kiosk: Kiosk, count: int = 1) -> list[str]:
    receipts = [kiosk.lodge() for _ in range(count)]
    county.pass_time(minutes=10)
    return receipts
