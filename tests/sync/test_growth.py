"""Exchanges that end in the middle, again and again: nothing grows by them, and the conversation goes on by itself."""

import threading

from filelock import FileLock

from edge.ground.database import Store
from sync.agent.keep_talking import Conversation
from tests.fakes.county import County

FORMS, ABORTED = 40, 200
PAGE_BYTES = 4096
BYTES_A_NUMBER = 128   # of a message, at the hub: its number and the hash of its END


def pages(store: Store) -> int:
    """Return how many pages the file takes once the WAL is in it."""
    store._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found: int = store._writer.execute("PRAGMA page_count").fetchone()["page_count"]
    assert store.path.stat().st_size == found * PAGE_BYTES
    return found


def rows(store: Store) -> dict[str, int]:
    """Return how many rows each table has."""
    db = store.read()
    names = [row["name"] for row in db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")]
    return {name: db.execute(f"SELECT count(*) AS n FROM {name}").fetchone()["n"] for name in names}


def test_exchanges_that_are_cut_off_leave_both_sides_as_they_were(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    for _ in range(FORMS):
        kiosk.lodge()
    site, hub = kiosk.site.store, county.hub.store
    kiosk.link.lose_next_reply()
    assert kiosk.sync(most=1) is None   # the hub has them now, and the machine does not know
    before, rows_before, pages_hub, rows_hub = pages(site), rows(site), pages(hub), rows(hub)

    for n in range(ABORTED):
        if n % 2:
            kiosk.link.lose_next_request()
        else:
            kiosk.link.lose_next_reply()
        assert kiosk.sync(most=1) is None

    assert pages(site) <= before * 1.01
    assert rows(site) == rows_before
    assert (pages(hub) - pages_hub) * PAGE_BYTES <= ABORTED * BYTES_A_NUMBER
    grown = {name: n - rows_hub[name] for name, n in rows(hub).items() if n != rows_hub[name]}
    assert set(grown) <= {"messages", "envelopes", "lane_names"} and grown["messages"] == ABORTED // 2
    assert rows(hub)["envelopes"] <= FORMS
    county.pass_time(hours=2)
    assert sorted(county.hub_cases()) == sorted(county.told)


def test_a_database_that_another_program_holds_ends_no_conversation(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    kiosk.site.store._writer.execute("PRAGMA busy_timeout=20")
    talk = Conversation(threading.Event(), kiosk.agent, FileLock(kiosk.folder / "sync.lock"))
    other = kiosk.site.store._connect()
    other.execute("BEGIN IMMEDIATE")
    for _ in range(3):
        talk.turn()
    failures = kiosk.agent.pace.failures
    other.execute("ROLLBACK")
    other.close()

    talk.turn()

    assert (failures, kiosk.acked(), kiosk.agent.pace.failures) == (3, 1, 0)
