"""Backups: copied away, looked through where they lie, listed; and what may be deleted because of them."""

import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from edge.ground.database import sqlite3
from edge.ground.problem import BACKUP_FAILED, Problem
from edge.records import audit, blobs, envelopes, facts, lane
from sync.hub import backup as backup_module
from sync.hub import backup_plan
from sync.hub.backup import KEPT, back_up
from sync.hub.backup_check import heads
from sync.hub.backup_plan import Settings
from sync.hub.book import Kind
from sync.hub.hub import open_hub
from sync.hub.key_bundle import new_recovery_code, unseal_keys
from sync.hub.manifest import manifests_in, read_manifest
from sync.hub.safe import safe_up_to
from sync.hub.tables import backups, book
from sync.hub.tables.copying import open_still
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.sync.invariants import Witness

DAY = timedelta(days=1)


def safe(kiosk: Kiosk) -> int:
    return lane.acked(kiosk.site.store.read())[1]


def kept(kiosk: Kiosk) -> int:
    return envelopes.count(kiosk.site.store.read())


@pytest.fixture
def kiosk(county: County) -> Kiosk:
    """One machine with three forms that the hub holds."""
    one = county.kiosk("柳河镇")
    for _ in range(3):
        one.lodge()
    county.pass_time(minutes=10)
    return one


def test_without_a_backup_nothing_is_safe_and_the_machine_keeps_everything(county: County, kiosk: Kiosk) -> None:
    county.pass_time(hours=1)

    assert (lane.acked(kiosk.site.store.read()), kiosk.forget_safe(), kept(kiosk)) == ((3, 0), 0, 3)


def test_what_stands_in_every_backup_is_safe(county: County, kiosk: Kiosk) -> None:
    county.back_up()
    kiosk.lodge()
    county.pass_time(minutes=10)
    county.back_up()
    county.pass_time(minutes=10)

    assert lane.acked(kiosk.site.store.read()) == (4, 3)   # the lowest of both, not the newest


def test_safe_rises_when_the_oldest_is_retired(county: County, kiosk: Kiosk) -> None:
    county.back_up()
    kiosk.lodge()
    county.pass_time(minutes=10)
    for _ in range(KEPT):
        county.back_up()
    county.pass_time(minutes=10)

    assert safe(kiosk) == 4
    assert [row.state for row in backups.every(county.hub.store.read())] == ["kept"] * KEPT + ["retired"]
    assert len(list(county.disk.glob("*.db"))) == KEPT


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


def test_a_head_of_another_history_counts_as_nothing(county: County, kiosk: Kiosk) -> None:
    old = county.copy_hub()
    kiosk.lodge()
    twin = kiosk.clone("柳河镇二号")
    kiosk.sync()
    county.back_up()                     # holds the first machine's fourth form
    county.restore_hub(old)
    with twin.site.store.write() as db:
        facts.forget(db, "receipt")
        stranger = lane.after(db, 3, 1)[0]
        db.execute("DELETE FROM submissions WHERE name = ?", (stranger.name,))
        db.execute("DELETE FROM lane WHERE name = ?", (stranger.name,))
    twin.lodge()
    twin.sync(most=2)                    # another form takes the fourth place

    head = lane.head(twin.site.store.read())

    assert head.n == 4
    assert safe_up_to(county.hub.store.read(), twin.device, head.incarnation) == 0


def test_a_form_whose_photo_has_not_come_is_not_in_the_backup(county: County, kiosk: Kiosk) -> None:
    with county.hub.store.write() as db:
        name = db.execute("SELECT name FROM lane_names WHERE position = 2").fetchone()["name"]
        db.execute("INSERT INTO blobs (name) VALUES (?)", (bytes(32),))
        db.execute("INSERT INTO parts (envelope, blob, device, manifest, named_at, state) VALUES (?, ?, ?, 1, 0, "
                   "'waiting')", (name, bytes(32), kiosk.device))

    made = county.back_up()

    assert [n for _, _, n, _ in made.heads] == [1]


def test_a_form_that_came_without_its_content_holds_the_lane_back(county: County, kiosk: Kiosk) -> None:
    with county.hub.store.write() as db:
        name = db.execute("SELECT name FROM lane_names WHERE position = 3").fetchone()["name"]
        db.execute("UPDATE envelopes SET payload = NULL WHERE name = ?", (name,))

    assert [at.n for _, at in heads(county.hub.store.read())] == [2]

    with county.hub.store.write() as db:
        county.hub.book.write(db, Kind.ERASED, name, county.hub.now())
    assert [at.n for _, at in heads(county.hub.store.read())] == [3]   # by law it never comes


def test_a_machine_deletes_a_week_after_it_heard_that_all_is_safe(county: County, kiosk: Kiosk) -> None:
    county.back_up()
    county.pass_time(minutes=10)

    early = kiosk.forget_safe(7 * 24 * 3600)
    county.time.go(7 * DAY)
    county.pass_time(minutes=10)

    assert (early, kiosk.forget_safe(7 * 24 * 3600), kept(kiosk)) == (0, 3, 0)


def test_a_clock_that_is_wrong_by_years_deletes_nothing_sooner(county: County, kiosk: Kiosk) -> None:
    county.back_up()
    county.pass_time(minutes=10)
    kiosk.set_clock_wrong(days=3650)
    county.pass_time(minutes=10)

    assert kiosk.forget_safe(7 * 24 * 3600) == 0


def test_what_the_citizen_reads_outlives_the_deletion(county: County, kiosk: Kiosk) -> None:
    witness = Witness(county)
    receipt = next(iter(county.told))
    county.back_up()
    county.pass_time(minutes=10)
    assert kiosk.forget_safe() == 3

    assert kiosk.track(receipt) == "safe"
    county.decide(receipt, "return", asks=[("name", "看不清")])
    county.pass_time(minutes=10)
    assert kiosk.track(receipt) == "needs_correction"
    kiosk.amend(receipt)
    later = kiosk.lodge()
    county.pass_time(minutes=10)
    county.decide(receipt, "accept")
    county.pass_time(minutes=10)

    witness.check()
    assert (kiosk.track(receipt), kiosk.track(later), kiosk.incarnations()) == ("accepted", "held", 1)
    assert lane.recomputes(kiosk.site.store.read()) and lane.receipt_fits(kiosk.site.store.read())


def test_deletion_takes_the_photos_along(county: County, kiosk: Kiosk) -> None:
    with kiosk.site.store.write() as db:
        name = db.execute("SELECT name FROM lane WHERE position = 1").fetchone()["name"]
        db.execute("INSERT INTO blobs (name, items, bytes, missing, state) VALUES (?, 1, 1, x'90', 'complete')",
                   (bytes(32),))
        db.execute("INSERT INTO attached (envelope, blob) VALUES (?, ?)", (name, bytes(32)))
    county.back_up()
    county.pass_time(minutes=10)

    kiosk.forget_safe()

    assert blobs.every(kiosk.site.store.read()) == []


def test_a_hub_that_fell_below_what_was_deleted_is_named_at_both_ends(county: County, kiosk: Kiosk) -> None:
    from sync.hub.missing import deleted_at_machines, gaps, highest
    old = county.copy_hub()                # a copy that stands on no list
    kiosk.lodge()
    county.pass_time(minutes=10)
    county.back_up()
    county.pass_time(minutes=10)
    kiosk.forget_safe()
    kept_one = kiosk.lodge()
    county.restore_hub(old)

    county.pass_time(hours=1)

    db = kiosk.site.store.read()
    assert kept_one in county.hub_cases() and kiosk.incarnations() == 2
    assert [(one.n, one.fell_to) for one in lane.ever_deleted(db)] == [(4, 3)]
    assert "hub-fell-below-deleted" in [line.act for line, _ in audit.lines(db)]
    hub = county.hub.store.read()
    assert [(gap.first, gap.last) for gap in gaps(deleted_at_machines(hub), highest(hub))] == [(4, 4)]


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
