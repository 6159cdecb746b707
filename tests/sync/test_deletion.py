"""What is safe because it stands in the backups, and what a machine may delete because of that."""

from datetime import timedelta

from edge.records import audit, blobs, envelopes, facts, lane
from sync.hub.backup import KEPT
from sync.hub.backup_check import heads
from sync.hub.book import Kind
from sync.hub.safe import safe_up_to
from sync.hub.tables import backups
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.sync.invariants import Witness

DAY = timedelta(days=1)


def safe(kiosk: Kiosk) -> int:
    return lane.acked(kiosk.site.store.read())[1]


def kept(kiosk: Kiosk) -> int:
    return envelopes.count(kiosk.site.store.read())


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
