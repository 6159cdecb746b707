"""What a machine may take is asked before anything is accepted, and comes back by itself."""

import shutil
from dataclasses import dataclass, field

import pytest

from edge.desk.readiness import FORMS, GIB, MIB, PHOTOS, Ready
from edge.ground.disk import Disk
from edge.ground.problem import DISK_FAULT, DISK_FORGETS, DISK_FULL, DISK_SLOW, NO_ROOM_FOR_PHOTOS, Problem
from edge.machine.host import LocalHost
from tests.fakes.county import County


def disk_with(used: float, total: int) -> Disk:
    """Return a disk of `total` bytes of which a share is used."""
    return Disk(int(total * used), total - int(total * used))


@pytest.mark.parametrize(("disk", "state", "downloads"), [
    (disk_with(0.79, 60 * GIB), Ready.OK, True),
    (disk_with(0.81, 60 * GIB), Ready.OK, False),
    (disk_with(0.91, 60 * GIB), Ready.NO_PHOTOS, False),
    (disk_with(0.96, 60 * GIB), Ready.PAPER_ONLY, False),
    # of a very large disk even 5 % are room for years
    (disk_with(0.97, 1000 * GIB), Ready.OK, True),
    (disk_with(0.993, 1000 * GIB), Ready.NO_PHOTOS, False),
    (disk_with(0.999, 1000 * GIB), Ready.PAPER_ONLY, False),
    # of a very small one a share is not enough
    (disk_with(0.901, 2 * GIB), Ready.NO_PHOTOS, False),
    (disk_with(0.50, 100 * MIB), Ready.OK, False),
    (disk_with(0.80, 100 * MIB), Ready.NO_PHOTOS, False),
    (disk_with(0.50, 15 * MIB), Ready.PAPER_ONLY, False),
    # nobody asked the machine
    (Disk(0, 0), Ready.OK, True),
    # a disk without a single free byte is not an unknown one
    (Disk(10 * GIB, 0), Ready.PAPER_ONLY, False),
])
def test_each_limit_stops_what_it_is_for(county: County, disk: Disk, state: Ready, downloads: bool) -> None:
    site = county.kiosk("柳河镇").site
    site.disk = lambda: disk

    found = site.refusing()

    assert (found.state, found.downloads) == (state, downloads)


def test_a_full_disk_refuses_before_acceptance_and_heals_by_itself(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.site.disk = lambda: disk_with(0.96, 60 * GIB)
    with pytest.raises(Problem) as refused:
        kiosk.lodge()
    assert (refused.value.kind, refused.value.kind.status, kiosk.head()) == (DISK_FULL, 507, 0)

    kiosk.site.disk = lambda: disk_with(0.5, 60 * GIB)
    kiosk.lodge()

    assert kiosk.head() == 1


def test_a_correction_asks_before_acceptance_too(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    county.pass_time(minutes=10)
    county.decide(receipt, "return", asks=[("bank_card", "看不清")])
    county.pass_time(minutes=10)
    kiosk.site.health.forgets = True

    with pytest.raises(Problem) as refused:
        kiosk.amend(receipt)

    assert (refused.value.kind, kiosk.head()) == (DISK_FORGETS, 1)


def test_without_room_for_photos_a_form_passes(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.site.disk = lambda: disk_with(0.91, 60 * GIB)

    kiosk.lodge()

    assert kiosk.head() == 1
    with pytest.raises(Problem) as refused:
        kiosk.site.require(photos=True)
    assert refused.value.kind is NO_ROOM_FOR_PHOTOS


@pytest.mark.parametrize("disk", [None, Disk(10 * GIB, 50 * GIB, read_only=True)])
def test_a_disk_that_cannot_be_written_is_red(county: County, disk: Disk | None) -> None:
    site = county.kiosk("柳河镇").site
    site.disk = lambda: disk

    assert (site.refusing().state, site.refusing().refusal) == (Ready.RED, DISK_FAULT)


def test_a_repeat_is_answered_also_by_a_machine_that_takes_nothing_new(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    first = kiosk.take(key="bank-7-0001")
    kiosk.site.health.damaged = True

    assert kiosk.take(key="bank-7-0001").receipt == first.receipt


@dataclass
class Slow:
    """A clock that a stalling disk makes run."""

    passed: float = 0.0
    steps: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        """Return the seconds."""
        return self.passed


def test_a_write_that_hangs_is_told_while_it_hangs(county: County) -> None:
    site = county.kiosk("柳河镇").site
    slow = Slow()
    site.store._clock = slow  # type: ignore[assignment]  # the store asks for nothing but the seconds
    with site.store.write():
        slow.passed = 9.0
        before = site.refusing().state
        slow.passed = 11.0
        during = site.refusing()

    assert (before, during.state, during.refusal) == (Ready.OK, Ready.RED, DISK_SLOW)
    assert site.refusing().state is Ready.OK


def test_another_program_that_holds_the_file_is_a_refusal_and_no_fault(
        county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.site.store._writer.execute("PRAGMA busy_timeout=50")
    other = kiosk.site.store._connect()
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Problem) as refused:
        kiosk.lodge()
    other.execute("ROLLBACK")
    other.close()

    assert (refused.value.kind, kiosk.site.refusing().state) == (DISK_SLOW, Ready.RED)
    kiosk.lodge()
    assert (kiosk.head(), kiosk.site.refusing().state) == (1, Ready.OK)


def test_the_real_disk_is_asked(county: County) -> None:
    host = LocalHost(county.folder)
    disk, room = host.disk(), shutil.disk_usage(county.folder)

    assert disk is not None
    assert (disk.used + disk.free <= room.total, disk.read_only) == (True, False)
    assert LocalHost(county.folder / "not here").disk() is None
    assert FORMS.least < PHOTOS.least
