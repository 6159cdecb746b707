"""Chores of site and hub: one that breaks takes no other its turn, and ends nothing for ever."""

import threading

import pytest

from edge.desk.site import Site
from edge.work import housekeeping
from sync.hub import chores
from tests.fakes.county import County


def breaks(*_given: object) -> None:
    raise RuntimeError("a fault of ours")


class Turns(threading.Event):
    """A stop that comes after so many turns, without waiting."""

    def __init__(self, turns: int) -> None:
        super().__init__()
        self.left = turns

    def wait(self, timeout: float | None = None) -> bool:
        self.left -= 1
        if not self.left:
            self.set()
        return self.is_set()


def test_a_chore_that_breaks_takes_no_other_its_turn(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    site, done = county.kiosk("柳河镇").site, []

    def note(one: Site) -> None:
        done.append(one)

    for name in ("forget_jobs", "look_at_disk", "understand_held"):
        monkeypatch.setattr(housekeeping, name, breaks)
    for name in ("forget_safe", "write_down", "checkpoint"):
        monkeypatch.setattr(housekeeping, name, note)

    housekeeping.chores(site).run_all()
    housekeeping.keep_house_until(Turns(2), site)

    assert done == [site] * 5   # once by the plan, twice each by the turns


def test_a_backup_that_breaks_does_not_end_the_plan(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    hub, tried = county.hub, []

    def make(*_given: object) -> None:
        tried.append(1)
        hub.backup_wanted.set()
        raise OSError("the disk is gone")

    monkeypatch.setattr(chores, "make", make)
    hub.backup_wanted.set()

    chores.keep_until(Turns(3), hub)

    assert len(tried) == 3
