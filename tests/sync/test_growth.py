"""Exchanges that end in the middle, again and again: nothing grows by them, and the conversation goes on by itself."""

import threading

from filelock import FileLock

from sync.agent.keep_talking import Conversation
from tests.fakes.county import County
from tests.sync.aborted import abort

ABORTED = 200


def test_exchanges_that_are_cut_off_leave_both_sides_as_they_were(county: County) -> None:
    assert abort(county, ABORTED) == []


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
