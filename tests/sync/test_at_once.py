"""Two of one: machines on one copied disk, workers on one lane, sessions that break in, a plug pulled halfway."""

import threading
from pathlib import Path

from edge.ground.database import Store
from edge.records import facts
from sync.hub.hub import Hub
from sync.hub.tables import lanes
from tests.fakes.county import County
from tests.sync.invariants import Witness


def test_two_machines_on_one_copied_disk_both_deliver(county: County) -> None:
    kiosk, witness = county.kiosk("柳河镇"), Witness(county)
    receipts = [kiosk.lodge()]
    twin = kiosk.clone("柳河镇二号")
    receipts += [kiosk.lodge(), twin.lodge(), kiosk.lodge(), twin.lodge()]

    county.pass_time(minutes=30)

    witness.check_healed()
    assert sorted(county.hub_cases()) == sorted(receipts)
    assert {"fork", "two-machines"} <= set(county.alarms())
    assert kiosk.incarnation() != twin.incarnation()


def test_a_fork_is_written_down(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    twin = kiosk.clone("柳河镇二号")
    kiosk.lodge()
    twin.lodge()

    county.settle(2)

    forks = county.hub.store.read().execute("SELECT position FROM forks").fetchall()
    assert [row["position"] for row in forks] == [1]


def test_two_machines_hear_every_verdict(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    twin = kiosk.clone("柳河镇二号")
    county.pass_time(minutes=30)

    county.decide(receipt, "accept")
    county.pass_time(minutes=30)

    assert (kiosk.track(receipt), twin.track(receipt)) == ("accepted", "accepted")


def _answer_all(county: County, hub: Hub, questions: list[bytes], start: threading.Barrier, found: list[bytes]) -> None:
    from sync.hub.admit import exchange
    start.wait()
    found.extend(exchange(hub, question) for question in questions)


def test_two_workers_on_one_lane_at_once_make_each_form_one_case(county: County) -> None:
    from sync.hub.hub import open_hub
    kiosk, witness = county.kiosk("柳河镇"), Witness(county)
    questions = []
    for _ in range(12):
        kiosk.lodge()
        questions.append(kiosk.ask())
    second = open_hub(county.folder / "hub", county.hub.clock, county.dice)   # as another process would have it
    start, replies = threading.Barrier(2), list[bytes]()
    workers = [threading.Thread(target=_answer_all, args=(county, hub, questions, start, replies))
               for hub in (county.hub, second)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    second.store.close()

    kiosk.hear(replies[-1])
    county.pass_time(minutes=10)

    witness.check()
    assert len(replies) == 24
    assert sorted(county.hub_cases()) == sorted(county.told)
    end = lanes.head(county.hub.store.read(), kiosk.device, kiosk.incarnation())
    assert (end.n, county.alarms(), kiosk.incarnations()) == (12, [], 1)


def _open_all(hub: Hub, start: threading.Barrier) -> None:
    from sync.hub.open import open_waiting
    start.wait()
    while open_waiting(hub):
        pass


def test_two_opening_workers_make_each_form_one_case_and_one_word(county: County) -> None:
    from sync.hub.hub import open_hub
    from tests.sync import strangers
    kiosk, witness = county.kiosk("柳河镇"), Witness(county)
    for _ in range(8):
        kiosk.lodge()
        strangers.plain_rubbish(kiosk)
    kiosk.sync()
    second = open_hub(county.folder / "hub", county.hub.clock, county.dice)
    start = threading.Barrier(2)
    workers = [threading.Thread(target=_open_all, args=(hub, start)) for hub in (county.hub, second)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    second.store.close()

    witness.check()
    assert len(county.hub_cases()) == 8
    assert county.states() == {"opened": 8, "unopenable": 8}


def test_a_second_session_that_breaks_in_does_no_harm(county: County) -> None:
    kiosk, witness = county.kiosk("柳河镇"), Witness(county)
    receipt = kiosk.lodge()
    kiosk.link.change_next_reply(lambda reply: (kiosk.agent.round(), reply)[1])

    kiosk.round()

    witness.check()
    county.pass_time(minutes=10)
    assert county.hub_cases() == [receipt]
    assert (county.alarms(), kiosk.incarnations(), kiosk.acked()) == ([], 1, 1)


def test_a_crash_between_belief_and_following_loses_no_word(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    county.pass_time(minutes=10)
    county.decide(receipt, "accept")
    kiosk.hear(county.answer("/ferry/v1/sync", kiosk.ask()), follow=False)

    kiosk.restart()
    county.pass_time(minutes=10)

    assert kiosk.track(receipt) == "accepted"


def test_the_number_of_a_message_is_never_used_twice(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.link.pull_plug_before_sending()
    kiosk.sync()

    county.pass_time(minutes=10)

    numbers = [row["number"] for row in county.hub.store.read().execute("SELECT number FROM messages ORDER BY number")]
    assert len(numbers) == len(set(numbers)) and county.alarms() == []
    assert facts.get(kiosk.site.store.read(), "message_number", int) == numbers[-1]


def test_a_thread_that_ended_keeps_no_connection_open(tmp_path: Path) -> None:
    store = Store(tmp_path / "yizhan.db")
    for _ in range(8):
        thread = threading.Thread(target=store.read)
        thread.start()
        thread.join()

    opened = [one for one in Path("/proc/self/fd").iterdir() if one.is_symlink() and one.readlink() == store.path]
    store.close()
    assert len(opened) == len(("the writer", "the thread that came last"))
