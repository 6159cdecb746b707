"""Backups: copied away, looked through where they lie, listed, retired, and made by the plan."""

import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from edge.ground.database import sqlite3
from edge.ground.problem import BACKUP_FAILED, Problem
from edge.records import lane
from sync.hub import backup as backup_module
from sync.hub import backup_plan
from sync.hub.backup import KEPT, back_up
from sync.hub.backup_plan import Settings
from sync.hub.book import Kind
from sync.hub.hub import open_hub
from sync.hub.key_bundle import new_recovery_code, unseal_keys
from sync.hub.manifest import manifests_in, read_manifest
from sync.hub.tables import backups, book
from sync.hub.tables.copying import open_still
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk

DAY = timedelta(days=1)


def test_a_backup_is_retired_by_a_signed_line_before_its_files_go(
        county: County, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = county.back_up()
    for _ in range(KEPT - 1):
        county.back_up()
    told: list[bool] = []

    def watch(hub: object, folder: Path) -> None:
        line = county.hub.book.read(folder / county.hub.book.name_elsewhere())
        told.append(any(one.kind == Kind.RETIRED and one.subject.hex() == first.id for one in line))

    monkeypatch.setattr(backup_module, "_tidy", watch)
    county.back_up()

    assert told == [False, True]   # before the copy, and when files are removed


def test_the_heads_are_read_from_the_copy_and_not_from_the_hub_that_goes_on(
        county: County, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    settle = backup_module._settle

    def go_on(unfinished: Path, path: Path) -> None:
        settle(unfinished, path)
        kiosk.lodge()
        kiosk.sync()           # the hub is not stopped for a backup

    monkeypatch.setattr(backup_module, "_settle", go_on)
    made = county.back_up()

    assert [n for _, _, n, _ in made.heads] == [3]
    county.pass_time(minutes=10)
    assert lane.acked(kiosk.site.store.read()) == (4, 3)


def test_a_backup_goes_into_every_folder_that_takes_it(county: County, kiosk: Kiosk, tmp_path: Path) -> None:
    (tmp_path / "no folder").write_text("a file stands here")
    told: list[tuple[str, int]] = []

    made = back_up(county.hub, [tmp_path / "a", tmp_path / "no folder", tmp_path / "b"], "it",
                   lambda step, percent: told.append((step, percent)))

    assert made.places == [str(tmp_path / "a"), str(tmp_path / "b")]
    assert list(made.failed) == [str(tmp_path / "no folder")]
    a, b = (sorted(path.name for path in (tmp_path / name).iterdir()) for name in "ab")
    assert a == b and "backup-failed" in county.alarms()
    assert told[-1] == ("done", 100) and {step for step, _ in told} == {"copy", "check", "done"}


def test_a_disk_that_is_full_makes_no_backup_and_leaves_the_earlier_ones(
        county: County, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    county.back_up()
    county.pass_time(minutes=10)
    before = sorted(path.name for path in county.disk.iterdir())

    def full(store: object, path: Path, progress: object) -> None:
        path.write_bytes(b"half a page")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup_module, "copy_to", full)
    with pytest.raises(Problem) as refused:
        county.back_up()

    assert refused.value.kind is BACKUP_FAILED and "backup-failed" in county.alarms()
    assert sorted(path.name for path in county.disk.iterdir()) == before
    assert len(county.backups()) == 1


def test_a_copy_that_is_damaged_where_it_lies_is_no_backup(
        county: County, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    settle = backup_module._settle

    def damage(unfinished: Path, path: Path) -> None:
        settle(unfinished, path)
        with closing(sqlite3.connect(str(path))) as db:
            db.execute("UPDATE lane_names SET chain = zeroblob(32) WHERE position = 2")
            db.commit()

    monkeypatch.setattr(backup_module, "_settle", damage)
    with pytest.raises(Problem) as refused:
        county.back_up()

    assert "lane_chains" in refused.value.detail and county.backups() == []
    assert not list(county.disk.glob("*.manifest"))


def test_what_an_interrupted_backup_left_is_tidied_and_nothing_else(county: County, kiosk: Kiosk) -> None:
    made = county.back_up()
    stem = made.file.removesuffix(".db")
    torn = stem.replace("000001", "000002")
    for name in (torn + ".db", torn + ".db.part", "家里的照片.db"):
        (county.disk / name).write_bytes(b"x")
    shutil.copy(county.disk / made.file, county.disk / ("copy of " + made.file))

    second = county.back_up()

    names = {path.name for path in county.disk.iterdir()}
    assert {"家里的照片.db", "copy of " + made.file, made.file, second.file} <= names
    assert not [name for name in names if name.endswith(".part")] and len(names) == 7


def test_a_backup_is_signed_and_opens_read_only_where_it_lies(county: County, kiosk: Kiosk) -> None:
    made = county.back_up()
    path, manifest = manifests_in(county.disk, county.hub.key.public)[0]

    assert manifest == made == read_manifest(path.read_bytes(), county.hub.key.public)
    with closing(open_still(county.disk / made.file)) as db:
        assert db.execute("SELECT count(*) FROM cases").fetchone()[0] == 3
    assert not list(county.disk.glob("*-wal")) and not list(county.disk.glob("*-shm"))
    path.write_bytes(path.read_bytes().replace(b'"cases":3', b'"cases":4'))
    assert manifests_in(county.disk, county.hub.key.public) == []


def test_the_keys_travel_sealed_and_only_the_code_opens_them(county: County, kiosk: Kiosk, tmp_path: Path) -> None:
    code = new_recovery_code(county.hub, "it")
    made = county.back_up()
    bundle = (county.disk / made.keys).read_bytes()
    seeds = [path.read_bytes() for path in (county.hub.folder / "keys").rglob("*.key")]

    assert all(seed not in bundle for seed in seeds)
    assert unseal_keys(bundle, code.lower(), tmp_path) == len(seeds)
    assert (tmp_path / "keys" / "root.key").read_bytes() == (county.hub.folder / "keys" / "root.key").read_bytes()
    with pytest.raises(Problem) as refused:
        unseal_keys(bundle, new_recovery_code(county.hub, "it"), tmp_path / "other")
    assert refused.value.kind.code == "wrong-recovery-code"


def test_the_book_is_taken_up_from_the_file_whatever_database_lies_there(county: County, kiosk: Kiosk) -> None:
    old = county.copy_hub()
    county.back_up()
    county.revoke(kiosk)

    county.restore_hub(old)

    db = county.hub.store.read()
    assert book.has(db, Kind.REVOKED, kiosk.device) and len(county.backups()) == 1
    assert backups.heads_at(db, kiosk.device, kiosk.incarnation())[0][0] == 3


def test_a_torn_line_at_the_end_of_the_book_costs_only_itself(county: County, kiosk: Kiosk) -> None:
    county.back_up()
    path = county.hub.book.path
    path.write_bytes(path.read_bytes() + b'{"at":1,"kind":"retired"')

    county.restart_hub()
    county.back_up()

    assert [line.kind for line in county.hub.book.read(path)] == [Kind.TICKET, Kind.BACKUP, Kind.BACKUP]
    assert len(county.backups()) == 2


def test_a_foreign_hand_writes_no_line(county: County, kiosk: Kiosk) -> None:
    from tests.fakes.time_and_chance import Dice
    other = open_hub(county.folder.parent / "another", county.watch, Dice(7), create=True)
    with other.store.write() as db:
        other.book.write(db, Kind.REVOKED, kiosk.device, 1)
    path = county.hub.book.path
    path.write_bytes((path.read_bytes() if path.exists() else b"") + other.book.path.read_bytes())
    other.store.close()

    county.restart_hub()

    assert not book.has(county.hub.store.read(), Kind.REVOKED, kiosk.device)


def test_the_plan_makes_a_backup_each_day_and_tries_again_after_a_failure(county: County, kiosk: Kiosk) -> None:
    hub = county.hub
    assert not backup_plan.due(hub)                       # nowhere to put it
    backup_plan.change(hub, "it", Settings((str(county.disk),), hour=2))
    assert backup_plan.due(hub)
    backup_plan.make_if_due(hub)
    assert not backup_plan.due(hub) and len(county.backups()) == 1

    county.time.go(DAY)
    assert backup_plan.due(hub)
    moved = county.disk.rename(county.disk.with_name("unplugged"))
    county.disk.write_text("no folder")
    backup_plan.make_if_due(hub)
    assert "backup-failed" in county.alarms() and not backup_plan.due(hub)
    county.disk.unlink()
    moved.rename(county.disk)
    county.time.go(timedelta(hours=1))
    backup_plan.make_if_due(hub)

    assert len(county.backups()) == 2 and not backup_plan.overdue(hub)
    county.time.go(3 * DAY)
    backup_plan.watch(hub)
    assert backup_plan.overdue(hub) and "backup-overdue" in county.alarms()


def test_settings_that_would_put_backups_beside_the_hub_are_refused(county: County) -> None:
    for wanted in (Settings((str(county.hub.folder / "x"),)), Settings(("relative",)), Settings((), hour=24)):
        with pytest.raises(Problem):
            backup_plan.change(county.hub, "it", wanted)
