"""Copied disks, disks that forget, machines gone wild: seen at the hub, and nothing is dropped."""

from collections.abc import Iterator

import pytest

from edge.desk.readiness import GIB, Ready
from edge.desk.start_up import MARK, start_up
from edge.ground.disk import Disk
from edge.ground.problem import DEVICE_CAPPED, DISK_FORGETS, DISK_FULL, Problem
from sync.hub import caps
from sync.hub.registry import open_alarms
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk

HERE = {"system": ["a1"], "network": ["52:54:00:00:00:01"], "disk": ["S1"]}
THERE = {"system": ["a1"], "network": ["52:54:00:00:00:02"], "disk": ["S1"]}


@pytest.fixture
def kiosk(county: County) -> Iterator[Kiosk]:
    """A machine that was started as the program starts it."""
    one = county.kiosk("柳河镇")
    start(one)
    yield one


def start(kiosk: Kiosk, machine: dict[str, list[str]] | None = None) -> Ready:
    """Switch the machine off and on again; return what it takes then."""
    kiosk.restart()
    start_up(kiosk.site, kiosk.folder, HERE if machine is None else machine)
    return kiosk.site.refusing().state


def causes(county: County) -> dict[str, int]:
    """Return cause → how often it was raised."""
    return {alarm.cause: alarm.times for alarm in open_alarms(county.hub)}


def test_a_mark_that_is_missing_stops_forms_until_it_is_found_again(county: County, kiosk: Kiosk) -> None:
    (kiosk.folder / MARK).unlink()
    assert start(kiosk) is Ready.RED
    with pytest.raises(Problem) as refused:
        kiosk.lodge()
    assert (refused.value.kind, kiosk.head()) == (DISK_FORGETS, 0)
    kiosk.sync()
    assert "takes-no-forms" in causes(county)

    assert start(kiosk) is Ready.OK
    kiosk.lodge()


def test_a_mark_beside_an_older_database_begins_a_lane_of_its_own(county: County, kiosk: Kiosk) -> None:
    before = kiosk.image()
    for _ in range(3):
        start(kiosk)
    mark = (kiosk.folder / MARK).read_bytes()
    kiosk.restore(before)
    (kiosk.folder / MARK).write_bytes(mark)

    assert start(kiosk) is Ready.OK
    assert kiosk.incarnations() == 2


def test_a_disk_that_forgets_at_each_start_is_told_so_by_the_hub(county: County, kiosk: Kiosk) -> None:
    frozen = kiosk.image()
    states = []
    for _ in range(4):
        kiosk.restore(frozen)
        start(kiosk)
        kiosk.sync()
        states.append(kiosk.site.refusing().state)

    assert states == [Ready.OK, Ready.OK, Ready.RED, Ready.RED]
    assert {"disk-put-back", "disk-forgets"} <= causes(county).keys()
    with pytest.raises(Problem) as refused:
        kiosk.lodge()
    assert refused.value.kind is DISK_FORGETS


def test_an_image_that_was_put_back_once_goes_on_taking_forms(county: County, kiosk: Kiosk) -> None:
    image = kiosk.image()
    for _ in range(5):
        start(kiosk)
        kiosk.lodge()
        kiosk.sync()
    kiosk.restore(image)
    states = []
    for _ in range(3):
        states.append(start(kiosk))
        kiosk.sync()
        kiosk.lodge()
    county.pass_time(minutes=30)

    assert states == [Ready.OK] * 3
    assert "disk-forgets" not in causes(county)
    assert sorted(county.hub_cases()) == sorted(county.told)


def test_a_copied_disk_in_another_machine_begins_its_own_lane_and_both_deliver(county: County, kiosk: Kiosk) -> None:
    kiosk.lodge()
    kiosk.sync()
    twin = kiosk.clone("柳河镇二")
    start(twin, THERE)
    kiosk.lodge()
    twin.lodge()
    county.pass_time(minutes=30)

    assert (kiosk.incarnations(), twin.incarnations()) == (1, 2)
    assert sorted(county.hub_cases()) == sorted(county.told)
    assert "other-machine" in causes(county) and "fork" not in causes(county)


@pytest.mark.parametrize(("now", "moved"), [
    (HERE, False), ({**HERE, "network": ["52:54:00:00:00:01", "00:11:22:33:44:55"]}, False),
    ({"system": ["a1"]}, False), ({}, False), (THERE, True), ({**HERE, "disk": ["S2"]}, True),
    ({**HERE, "system": ["b2"]}, True)])
def test_what_is_another_machine(county: County, kiosk: Kiosk, now: dict[str, list[str]], moved: bool) -> None:
    start(kiosk, now)

    assert (kiosk.incarnations() == 2) is moved


def test_a_full_disk_is_shown_at_the_hub_once_and_again_when_it_changes(county: County, kiosk: Kiosk) -> None:
    kiosk.site.disk = lambda: Disk(97 * GIB, 3 * GIB)
    for _ in range(5):
        kiosk.sync()
    assert (causes(county)["takes-no-forms"], open_alarms(county.hub)[0].detail) == (1, DISK_FULL.code)

    kiosk.site.disk = lambda: Disk(50 * GIB, 50 * GIB)
    kiosk.sync()
    kiosk.site.disk = lambda: Disk(92 * GIB, 8 * GIB)
    kiosk.sync()

    assert causes(county)["disk-nearly-full"] == 1


def test_a_machine_that_begins_anew_without_end_is_put_off_and_loses_nothing(
        county: County, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caps, "MOST_INCARNATIONS", 3)
    image = kiosk.image()
    receipts = [kiosk.lodge()]
    kiosk.sync()
    for n in range(6):
        kiosk.restore(image)
        start(kiosk, {**HERE, "disk": [f"X{n}"]})
        receipts.append(kiosk.lodge())
        last = kiosk.sync()
    assert (last, causes(county)["too-much"]) == (None, 1)
    assert len(county.hub_cases()) < len(receipts)

    county.pass_time(days=2)

    # what stood only on a disk that was put back is gone with it; the last one is still here and arrives
    assert receipts[-1] in county.hub_cases()


def test_a_machine_that_brings_too_much_is_put_off_to_the_next_day(
        county: County, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk.lodge()
    kiosk.sync()
    monkeypatch.setattr(caps, "MOST_BYTES", 100)
    kiosk.lodge()
    with pytest.raises(Problem) as refused:
        county.answer("/ferry/v1/sync", kiosk.ask())
    county.open()
    assert (refused.value.kind, refused.value.kind.status, len(county.hub_cases())) == (DEVICE_CAPPED, 429, 1)

    county.pass_time(days=1)

    assert sorted(county.hub_cases()) == sorted(county.told)
