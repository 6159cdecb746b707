"""Restores: nothing that any readable copy knows is lost."""

import shutil
from pathlib import Path

import pytest

from edge.ground.problem import (
    BACKUP_RETIRED,
    BUSY,
    KEYS_MISSING,
    NO_BACKUP,
    Problem,
)
from edge.records import audit
from sync.hub import materials
from sync.hub.backup import KEPT, back_up
from sync.hub.examine import examine
from sync.hub.hub import open_hub
from sync.hub.key_bundle import new_recovery_code
from sync.hub.restore import restore
from sync.hub.tables import devices, down
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.fakes.snaps import picture, states, talk, waiting
from tests.sync.invariants import Witness
from tests.sync.restoring import more


def test_a_listed_backup_brings_everything_back(county: County, kiosk: Kiosk) -> None:
    witness = Witness(county)
    county.back_up()
    first = next(iter(county.told))
    more(county, kiosk)
    county.decide(first, "accept")
    county.pass_time(minutes=10)
    kiosk.forget_safe()

    restored = county.restore(county.backups()[0])
    witness.hub_was_restored()
    county.pass_time(hours=1)

    assert (restored.listed, restored.read_in) == (True, {})
    witness.check()
    assert sorted(county.hub_cases()) == sorted(county.told)
    assert (county.case(first).state, kiosk.track(first), kiosk.incarnations()) == ("accepted", "accepted", 1)
    assert county.hub.folder.joinpath("hub.db").exists() and list(county.hub.folder.glob("hub.db.before-1-*"))


def test_newer_backups_and_the_old_database_are_read_in(county: County, kiosk: Kiosk) -> None:
    county.back_up()
    receipt = more(county, kiosk)[0]
    county.decide(receipt, "return", reason="看不清", asks=[("name", "看不清")])
    county.pass_time(minutes=10)
    second = county.back_up()
    more(county, kiosk)

    restored = county.restore(county.backups()[1], old_is_broken=False)
    county.open()

    assert restored.read_in == {"the database that was here": 2, second.file: 0}
    assert sorted(county.hub_cases()) == sorted(county.told) and restored.gaps == []
    case = county.case(receipt)
    assert (case.state, case.step) == ("needs_correction", 1)   # with its reasons, not as an echo
    county.pass_time(minutes=10)
    assert county.case(receipt).received_at <= second.made_at   # the day it came counts, not the day of the restore


def test_a_photo_given_up_after_the_backup_is_not_waited_for_again(county: County) -> None:
    kiosk = county.kiosk("东关社区")
    receipt = kiosk.lodge(photos=[picture(90)])
    talk(county, kiosk)
    county.back_up()
    assert waiting(county, receipt) == 1
    materials.give_up(county.hub, county.case(receipt).id, "reviewer", "那台机器烧了")

    county.restore(county.backups()[0], old_is_broken=False)

    assert (waiting(county, receipt), states(county, receipt)) == (0, ["lost"])


def test_a_photo_that_came_after_it_was_called_lost_is_here(county: County) -> None:
    kiosk = county.kiosk("东关社区")
    receipt = kiosk.lodge(photos=[picture(90)])
    talk(county, kiosk)
    materials.give_up(county.hub, county.case(receipt).id, "reviewer", "那台机器烧了")
    county.back_up()
    county.settle(4)
    assert states(county, receipt) == ["complete"]

    county.restore(county.backups()[0], old_is_broken=False)

    assert states(county, receipt) == ["complete"] and examine(county.hub)["blobs"] is True


def test_a_newer_backup_that_cannot_be_read_is_said(county: County, kiosk: Kiosk) -> None:
    county.back_up()
    more(county, kiosk)
    second = county.back_up()
    with (county.disk / second.file).open("rb+") as file:
        file.seek(8192)
        file.write(b"\xff" * 4096)

    restored = county.restore(county.backups()[1])

    assert restored.unreadable == [second.file]
    assert [(gap.first, gap.last) for gap in restored.gaps] == [(4, 4)]


def test_a_retired_backup_needs_a_word_and_names_what_may_be_missing(county: County, kiosk: Kiosk) -> None:
    first = county.back_up()
    saved = county.folder / "a copy that somebody kept"
    shutil.copytree(county.disk, saved)
    more(county, kiosk)
    for _ in range(KEPT):
        county.back_up()
    county.pass_time(minutes=10)
    kiosk.forget_safe()

    with pytest.raises(Problem) as refused:
        county.restore(saved / first.file)
    missing = refused.value.facts["missing"]
    restored = county.restore(saved / first.file, accept_loss=True)

    assert refused.value.kind is BACKUP_RETIRED
    assert missing == [{"device": kiosk.device.hex(), "lane": kiosk.incarnation().hex(), "first": 4, "last": 4}]
    assert not restored.listed and restored.gaps == []           # the newer ones could be read in


def test_a_changed_or_foreign_file_is_no_backup(county: County, kiosk: Kiosk) -> None:
    made = county.back_up()
    path = county.disk / made.file
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"!")

    with pytest.raises(Problem) as refused:
        county.restore(path)

    assert refused.value.kind is NO_BACKUP


def test_a_hub_that_runs_is_not_replaced(county: County, kiosk: Kiosk) -> None:
    from filelock import FileLock
    county.back_up()
    backup = county.backups()[0]

    with FileLock(county.hub.folder / "hub.lock"), pytest.raises(Problem) as refused:
        restore(county.hub.folder, backup, county.watch, county.dice, "it")

    assert refused.value.kind is BUSY


def test_on_a_new_machine_the_code_brings_the_keys(county: County, kiosk: Kiosk, tmp_path: Path) -> None:
    code = new_recovery_code(county.hub, "it")
    county.back_up()
    backup, there = county.backups()[0], tmp_path / "new machine"
    with pytest.raises(Problem) as refused:
        restore(there, backup, county.watch, county.dice, "it")
    assert refused.value.kind is KEYS_MISSING

    restore(there, backup, county.watch, county.dice, "it", code=code)
    county.hub.store.close()
    county.hub = open_hub(there, county.watch, county.dice)
    county.hub_fell = True
    receipt = more(county, kiosk)[0]

    assert county.hub_cases()[-1] == receipt and len(county.hub_cases()) == 4
    assert len(county.backups()) == 1


def test_lanes_down_begin_anew_and_bring_nothing_twice(county: County, kiosk: Kiosk) -> None:
    county.back_up()
    before = down.head(county.hub.store.read(), kiosk.device)
    more(county, kiosk)
    county.restore(county.backups()[0])

    after = down.head(county.hub.store.read(), kiosk.device)
    county.pass_time(hours=1)

    assert before and after and before.incarnation != after.incarnation
    Witness(county).check()
    assert "downlink-changed" in [line.act for line, _ in audit.lines(kiosk.site.store.read())]


def test_two_folders_bring_the_book_together(county: County, kiosk: Kiosk, tmp_path: Path) -> None:
    made = back_up(county.hub, [tmp_path / "a"], "it").manifest
    county.revoke(kiosk)
    second = back_up(county.hub, [tmp_path / "b"], "it").manifest
    (tmp_path / "b" / second.file).write_bytes(b"a broken disk")   # its book can still be read
    county.hub.store.close()
    (county.folder / "hub" / "black.book").unlink()
    (county.folder / "hub" / "hub.db").unlink()

    done = restore(county.folder / "hub", tmp_path / "a" / made.file, county.watch, county.dice, "it",
                   others=(tmp_path / "b",))
    county.hub = open_hub(county.folder / "hub", county.watch, county.dice)

    row = devices.get(county.hub.store.read(), kiosk.device)
    assert done.listed and row and row.state == "revoked"
