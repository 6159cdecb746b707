"""The proof of a period counts each envelope once, on however many lanes its machine handed it in."""

from datetime import date, timedelta

import pytest

from edge.desk.anew import start_anew
from edge.ground.clock import local_day
from sync.agent import push
from sync.command.cli import main
from sync.hub import registry
from sync.hub.admit import exchange
from sync.hub.examine import examine
from sync.hub.proof import UNDER_WAY, WHOLE, Proof, prove
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk

LONG_AGO, LATER = date(2020, 1, 1), date(2040, 1, 1)


@pytest.fixture
def kiosk(county: County) -> Kiosk:
    """A machine that delivered seven forms."""
    one = county.kiosk("柳河镇")
    for _ in range(7):
        one.lodge()
    county.pass_time(minutes=10)
    return one


def copy(county: County, kiosk: Kiosk) -> Kiosk:
    """Let the machine and a copy of its disk take a form each, and deliver all."""
    twin = kiosk.clone("copy")
    kiosk.lodge()
    twin.lodge()
    county.pass_time(hours=1)
    assert len(county.hub_cases()) == 9
    return twin


def totals(proof: Proof) -> tuple[int, int, int]:
    return proof.total("sent"), proof.total("held"), proof.total("cases")


def test_a_copied_disk_makes_no_form_count_twice(county: County, kiosk: Kiosk) -> None:
    copy(county, kiosk)

    proof = prove(county.hub, LONG_AGO, LATER)

    assert totals(proof) == (9, 9, 9)
    assert [(one.verdict, one.held, one.again, one.cases) for one in proof.lanes] == [
        (WHOLE, 8, 0, 8), (WHOLE, 8, 7, 1)]
    assert [one.held for one in registry.machines(county.hub)] == [9]


def test_what_was_counted_in_one_period_is_not_counted_in_the_next(county: County, kiosk: Kiosk) -> None:
    first_day = local_day(county.watch.now())
    county.time.go(timedelta(days=30))
    copy(county, kiosk)

    before = prove(county.hub, LONG_AGO, first_day)
    after = prove(county.hub, first_day + timedelta(days=1), LATER)

    assert (totals(before), totals(after)) == ((7, 7, 7), (2, 2, 2))


def test_what_a_lane_left_behind_is_known_by_its_chain_on_the_next_one(county: County, kiosk: Kiosk) -> None:
    for _ in range(3):
        kiosk.lodge()
    exchange(county.hub, push.ask(kiosk.site, 1).raw)   # says that there are ten, brings the eighth, and is cut off
    waiting = prove(county.hub, LONG_AGO, LATER)
    with kiosk.site.store.write() as db:
        start_anew(kiosk.site, db, "test")
    exchange(county.hub, push.ask(kiosk.site, 1).raw)
    unclear = prove(county.hub, LONG_AGO, LATER)
    kiosk.restart()
    county.pass_time(hours=1)

    proof = prove(county.hub, LONG_AGO, LATER)

    assert [one.verdict for one in waiting.lanes] == [UNDER_WAY] and not waiting.perhaps_here
    assert unclear.perhaps_here
    assert totals(proof) == (10, 10, 10)
    assert [(one.verdict, one.again) for one in proof.lanes] == [(WHOLE, 0), (WHOLE, 10)]


def test_what_was_read_off_a_dead_machines_disk_is_not_said_to_lie_there(county: County, kiosk: Kiosk) -> None:
    for _ in range(3):
        kiosk.lodge()
        county.time.go(timedelta(minutes=1))
    exchange(county.hub, push.ask(kiosk.site, 1).raw)
    disk = kiosk.image()
    kiosk.die()

    assert main(["hub", "lift", str(disk), "--dir", str(county.folder / "hub")]) == 0
    county.open()
    proof = prove(county.hub, LONG_AGO, LATER)

    assert (totals(proof), proof.under_way) == ((10, 10, 10), 0)


def test_a_case_without_its_form_and_a_form_without_its_case_are_seen(county: County, kiosk: Kiosk) -> None:
    found = [examine(county.hub)["cases"]]
    for change in ("UPDATE envelopes SET state = 'unopenable'", "UPDATE envelopes SET state = 'opened'",
                   "DELETE FROM cases WHERE position = 1"):
        with county.hub.store.write() as db:
            db.execute(change)
        found.append(examine(county.hub)["cases"])

    assert found == [True, False, True, False]
