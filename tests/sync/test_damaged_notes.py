"""A machine that lost what it had written down of its own forms: the county knows them, and it is told so."""

import pytest

from edge.ground.problem import Problem
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk


def lose_notes(kiosk: Kiosk) -> None:
    """Let a damaged page have taken what this machine knew of its forms."""
    with kiosk.site.store.write() as db:
        db.execute("DELETE FROM submissions")


def test_a_machine_that_lost_its_own_notes_is_answered_each_time_it_asks(county: County, kiosk: Kiosk) -> None:
    receipts = list(county.told)
    lose_notes(kiosk)
    with pytest.raises(Problem):
        kiosk.track(receipts[0])

    kiosk.inquire(receipts[0])
    county.pass_time(minutes=20)
    assert kiosk.track(receipts[0]) == "held"

    with kiosk.site.store.write() as db:   # damaged once more, and that word is gone as well
        db.execute("DELETE FROM statuses")
    kiosk.inquire(receipts[0])
    county.pass_time(minutes=20)

    assert kiosk.track(receipts[0]) == "held"
    county.decide(receipts[0], "accept")
    county.pass_time(minutes=10)
    assert kiosk.track(receipts[0]) == "accepted"


def test_both_of_two_copies_are_answered(county: County, kiosk: Kiosk) -> None:
    other = county.kiosk("东关社区")
    twin = kiosk.clone("抄本")
    kiosk.lodge(), twin.lodge()
    there = other.lodge()
    county.pass_time(hours=1)
    assert "fork" in county.alarms()

    kiosk.inquire(there)
    county.pass_time(minutes=20)
    twin.inquire(there)
    county.pass_time(minutes=20)

    assert (kiosk.track(there), twin.track(there)) == ("held", "held")
