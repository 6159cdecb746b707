"""Windows and budgets bind photos, never forms, and a clock can only delay. Source: docs/protocol.md 9."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.domain.day_windows import DAY_MINUTES, is_open, read_windows, write_windows
from edge.ground.problem import Problem
from sync.agent import link_rules
from sync.agent.link_rules import Rules
from sync.hub import pacing
from sync.hub.tables import link_rules as hub_rules
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.fakes.snaps import picture, waiting

SITE = "柳河镇"
NIGHT = "22:00-06:00"    # the county's clock stands at 9 in the morning


def rule(county: County, windows: str = "", daily_bytes: int = 0, site: str = "") -> None:
    """Let the county set rules, and every machine hear of them."""
    pacing.set_rules(county.hub, hub_rules.Rules(site, windows, daily_bytes), "it")
    county.settle()


def pieces(kiosk: Kiosk) -> int:
    """Return how many pieces of photos are still to go."""
    found: int = kiosk.site.store.read().execute(
        "SELECT count(*) AS n FROM blobs WHERE state IN ('sealed', 'offered', 'partial')").fetchone()["n"]
    return found


def test_outside_of_its_window_a_photo_waits_and_its_form_does_not(county: County) -> None:
    kiosk = county.kiosk(SITE)
    rule(county, NIGHT)
    receipt = kiosk.lodge(photos=[picture(40)])

    county.pass_time(hours=2)

    assert (county.hub_cases(), kiosk.track(receipt)) == ([receipt], "held")
    assert (waiting(county, receipt), pieces(kiosk)) == (1, 2)

    county.pass_time(hours=12)

    assert (waiting(county, receipt), pieces(kiosk)) == (0, 0)


def test_a_days_budget_holds_photos_back_until_tomorrow_and_no_form(county: County) -> None:
    kiosk = county.kiosk(SITE)
    rule(county, daily_bytes=100_000)
    receipts = [kiosk.lodge(photos=[picture(80)]) for _ in range(3)]

    county.pass_time(hours=3)

    assert sorted(county.hub_cases()) == sorted(receipts)
    assert sum(waiting(county, receipt) for receipt in receipts) == 2

    county.pass_time(hours=72)

    assert sum(waiting(county, receipt) for receipt in receipts) == 0


def test_a_site_has_rules_of_its_own_or_those_of_all(county: County) -> None:
    here, there = county.kiosk(SITE), county.kiosk("城西支行")
    rule(county, NIGHT)
    rule(county, site="城西支行")
    for kiosk in (here, there):
        kiosk.lodge(photos=[picture(9)])

    county.pass_time(hours=1)

    assert (pieces(here), pieces(there)) == (2, 0)
    assert [(one.site, one.windows) for one in pacing.all_rules(county.hub)] == [("", NIGHT), ("城西支行", "")]


def test_what_is_set_on_the_machine_must_allow_it_too(county: County) -> None:
    kiosk = county.kiosk(SITE)
    with kiosk.site.store.write() as db:
        link_rules.keep_own(db, Rules(read_windows(NIGHT), 0))
    kiosk.lodge(photos=[picture(9)])

    county.pass_time(hours=1)
    assert pieces(kiosk) == 2
    county.pass_time(hours=13)
    assert pieces(kiosk) == 0


@pytest.mark.parametrize("frozen", [True, False])
def test_a_clock_that_never_shows_the_window_open_delays_a_photo_by_a_day_and_a_half(
        county: County, frozen: bool) -> None:
    """The machine may be off every night; or its clock stands."""
    kiosk = county.kiosk(SITE)
    rule(county, NIGHT)
    receipt = kiosk.lodge(photos=[picture(9)])
    for _ in range(3):
        county.time.go(timedelta(hours=23, minutes=50))
        if frozen:
            kiosk.watch.wrong_by -= timedelta(hours=23, minutes=50)
        county.settle()

    assert waiting(county, receipt) == 0


def test_rules_that_cannot_be_read_are_refused_and_change_nothing(county: County) -> None:
    for windows in ("22-6", "25:00-26:00", "06:00-06:00", ",".join(["01:00-02:00"] * 9)):
        with pytest.raises(ValueError, match=r"window|HH:MM|span"):
            pacing.set_rules(county.hub, hub_rules.Rules(windows=windows), "it")
    with pytest.raises(Problem):
        pacing.set_rules(county.hub, hub_rules.Rules(site="no such place"), "it")

    assert pacing.all_rules(county.hub) == []


@given(st.lists(st.tuples(st.integers(0, DAY_MINUTES - 1), st.integers(0, DAY_MINUTES)).filter(
    lambda one: one[0] != one[1]), max_size=8), st.integers(0, DAY_MINUTES - 1))
def test_windows_are_read_as_they_are_written(windows: list[tuple[int, int]], minute: int) -> None:
    read = read_windows(write_windows(tuple(windows)))

    assert read == tuple(windows)
    assert is_open(read, minute) == (not windows or any(
        start <= minute < end or (start > end and (minute >= start or minute < end)) for start, end in windows))
