"""The disk of a dead or a revoked machine is read in at the hub, also a damaged one, and as often as anybody likes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from edge.ground.pages import FRAME_HEADER, WAL_HEADER
from sync.agent.enrol import DATABASE
from sync.command import salvage_commands
from sync.command.cli import main
from sync.hub import aside
from sync.hub.erase import erase
from sync.hub.tables import blobs, envelopes
from tests.fakes.county import County
from tests.fakes.snaps import picture

Run = Callable[..., dict[str, Any]]


@pytest.fixture
def lift(county: County, capsys: pytest.CaptureFixture[str]) -> Run:
    """`yizhan hub lift`, as a person would type it; returns what it printed."""

    def run(source: Path) -> dict[str, Any]:
        assert main(["hub", "lift", str(source), "--dir", str(county.folder / "hub"), "--json"]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return run


def disk(county: County, forms: int = 4) -> Path:
    """Return the disk of a machine that died with this many forms on it, one of them delivered before."""
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    kiosk.sync()
    county.open()
    for _ in range(forms - 1):
        kiosk.lodge()
    image = kiosk.image()
    kiosk.die()
    return image


def test_what_a_dead_machine_held_becomes_cases_once(county: County, lift: Run) -> None:
    image = disk(county)
    before = {path: path.read_bytes() for path in image.rglob("*") if path.is_file()}

    first, again = lift(image), lift(image / DATABASE)
    county.open()

    assert (first["new"], first["known"], first["unsigned"]) == (3, 1, 0)
    assert (again["new"], again["known"]) == (0, 4)
    assert sorted(county.hub_cases()) == sorted(county.told)
    assert {path: path.read_bytes() for path in image.rglob("*") if path.is_file()} == before


def test_what_a_revoked_machine_held_waits_for_a_person(county: County, lift: Run) -> None:
    kiosk = county.kiosk("柳河镇")
    image = disk(county)
    county.set_state(kiosk, "revoked")

    told = lift(image)
    county.open()
    assert (told["new"], told["set_aside"], len(county.hub_cases())) == (3, 3, 1)

    aside.release(county.hub, kiosk.device, "it", "looked at it")
    county.open()
    assert sorted(county.hub_cases()) == sorted(county.told)


def test_a_damaged_disk_gives_what_it_still_holds(county: County, lift: Run) -> None:
    image = disk(county, 12)
    wal = image / (DATABASE + "-wal")
    raw = bytearray(wal.read_bytes())
    for place in range(WAL_HEADER + FRAME_HEADER, len(raw), 20 * (FRAME_HEADER + 4096)):
        raw[place + 2000] ^= 4   # one bit on every twentieth page
    wal.write_bytes(bytes(raw))

    told = lift(image)
    county.open()

    assert told["new"] + told["known"] == 12
    assert sorted(county.hub_cases()) == sorted(county.told)


def test_what_was_erased_comes_back_from_no_disk(county: County, lift: Run) -> None:
    kiosk = county.kiosk("柳河镇")
    receipts = [kiosk.lodge(photos=[picture(40)]), kiosk.lodge()]
    kiosk.lodge()
    county.pass_time(minutes=10)
    image = kiosk.image()
    for receipt in receipts:
        erase(county.hub, county.case(receipt).id, "it", "本人要求")
    kiosk.die()

    told = lift(image)
    county.open()

    db = county.hub.store.read()
    assert (told["new"], told["known"]) == (0, 3)
    for receipt in receipts:
        kept = envelopes.get(db, county.told[receipt].name)
        assert kept is not None and kept.payload is None
    assert blobs.every(db) == []   # nor is its photo asked for again
    assert sorted(case.state for case in county.case_rows()) == ["erased", "erased", "held"]


def test_a_strangers_disk_brings_nothing(county: County, lift: Run, tmp_path: Path) -> None:
    image = disk(county)
    other = County(tmp_path / "other", seed=77, sites=("东关社区",))
    try:
        assert main(["hub", "lift", str(image), "--dir", str(other.folder / "hub")]) == 0
        assert other.states() == {}
    finally:
        other.close()
    assert salvage_commands.SITE_DATABASE == DATABASE
