"""Older copies come back: of the hub, of a machine, of a machine that runs twice."""

import threading

from edge.records import audit, facts, lane
from sync.agent import push
from sync.hub.hub import Hub
from sync.hub.tables import lanes
from tests.fakes.county import County
from tests.sync.invariants import Witness


def test_a_hub_that_fell_back_gets_everything_again(county: County) -> None:
    kiosk, witness = county.kiosk("柳河镇"), Witness(county)
    receipts = [kiosk.lodge()]
    county.pass_time(minutes=10)
    old = county.copy_hub()
    receipts += [kiosk.lodge(), kiosk.lodge()]
    county.pass_time(minutes=10)

    county.restore_hub(old)
    county.pass_time(minutes=30)

    witness.check()
    assert sorted(county.hub_cases()) == sorted(receipts)
    assert kiosk.incarnations() == 1


def test_a_hub_that_fell_back_is_seen_at_the_first_contact(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    old = county.copy_hub()
    kiosk.lodge()
    county.pass_time(minutes=10)

    county.restore_hub(old)
    kiosk.sync(most=1)

    assert "receipt-not-held" in county.alarms()
    assert "receipt-fell" in [line.act for line, _ in audit.lines(kiosk.site.store.read())]


def test_on_the_screen_a_delivered_form_stays_delivered(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    old = county.copy_hub()
    receipt = kiosk.lodge()
    county.pass_time(minutes=10)
    county.restore_hub(old)
    kiosk.hear(county.answer("/ferry/v1/sync", kiosk.ask()))   # the bad news, before it is sent again

    told = kiosk.read(receipt)

    assert (told.state, told.resending) == ("held", True)


def test_the_hub_may_fall_and_be_told_while_replies_are_lost(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    county.pass_time(minutes=10)
    old = county.copy_hub()
    second = kiosk.lodge()
    county.pass_time(minutes=10)
    county.restore_hub(old)
    kiosk.link.lose_next_reply(3)

    county.pass_time(hours=2)

    assert sorted(county.hub_cases()) == sorted([receipt, second])


def test_verdicts_that_the_hub_lost_come_home_from_the_machines(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    county.pass_time(minutes=10)
    old = county.copy_hub()
    county.decide(receipt, "accept")
    county.pass_time(minutes=10)

    county.restore_hub(old)
    county.pass_time(minutes=30)

    case = county.case(receipt)
    assert (case.state, case.step) == ("accepted", 1)
    assert kiosk.track(receipt) == "accepted"


def test_an_echo_is_owed_until_a_signed_reply_took_it(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    county.pass_time(minutes=10)
    old = county.copy_hub()
    county.decide(receipt, "accept")
    county.pass_time(minutes=10)
    county.restore_hub(old)
    kiosk.sync(most=1)                # the machine learns of the new lane down
    kiosk.restart()
    kiosk.link.lose_next_request()

    county.pass_time(minutes=30)

    assert county.case(receipt).state == "accepted"


def test_a_machine_that_heard_no_word_owes_none_and_rests(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    county.back_up()
    kiosk.sync()
    county.restore(county.backups()[0])

    outcome = kiosk.sync()

    assert outcome is not None and not outcome.more
    assert facts.get(kiosk.site.store.read(), "echo_owed", bytes) is None


def test_many_verdicts_come_home_in_parts_that_a_line_can_carry(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipts = [kiosk.lodge() for _ in range(30)]
    county.pass_time(minutes=10)
    old = county.copy_hub()
    for receipt in receipts:
        county.decide(receipt, "accept")
    county.pass_time(minutes=10)
    county.restore_hub(old)
    kiosk.hear(county.answer("/ferry/v1/sync", kiosk.ask()))   # here the machine learns what it owes
    sizes = []
    while facts.get(kiosk.site.store.read(), "echo_owed", bytes) is not None:
        question = push.ask(kiosk.site, 2048)
        sizes.append(len(question.raw))
        kiosk.hear(county.answer("/ferry/v1/sync", question.raw))

    county.pass_time(minutes=10)

    assert {case.state for case in county.case_rows()} == {"accepted"}
    assert max(sizes) < 4096 and len(sizes) > 3


def test_what_was_decided_twice_is_decided_by_a_person_one_step_higher(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    county.pass_time(minutes=10)
    old = county.copy_hub()
    county.decide(receipt, "accept")
    county.pass_time(minutes=10)
    county.restore_hub(old)
    county.decide(receipt, "reject")          # before the machine could tell of the first decision
    county.pass_time(minutes=30)
    assert "decided-twice" in county.alarms()
    assert kiosk.track(receipt) == "accepted"   # what the citizen was told stands until a person says more

    county.decide(receipt, "reject")
    county.pass_time(minutes=10)

    assert (county.case(receipt).state, county.case(receipt).step) == ("rejected", 2)
    assert kiosk.track(receipt) == "rejected"


def test_the_line_down_is_compared_by_chain_and_not_by_number(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    first, second = kiosk.lodge(), kiosk.lodge()
    county.pass_time(minutes=10)
    old = county.copy_hub()
    county.decide(first, "accept")
    county.pass_time(minutes=10)
    county.restore_hub(old)

    county.decide(second, "accept")   # stands at the very place that the machine has passed
    county.pass_time(minutes=30)

    assert (kiosk.track(first), kiosk.track(second)) == ("accepted", "accepted")


def test_a_lane_down_that_changed_brings_nothing_twice(county: County) -> None:
    kiosk, witness = county.kiosk("柳河镇"), Witness(county)
    old = county.copy_hub()
    receipt = kiosk.lodge()
    county.pass_time(minutes=10)
    county.decide(receipt, "return", asks=[("name", "看不清")])
    county.pass_time(minutes=10)
    witness.check()

    county.restore_hub(old)
    county.pass_time(minutes=30)

    witness.check()
    assert kiosk.track(receipt) == "needs_correction"
    assert county.case(receipt).state == "needs_correction"


def test_a_restored_machine_begins_a_new_incarnation_and_loses_nothing_that_exists(county: County) -> None:
    kiosk, witness = county.kiosk("柳河镇"), Witness(county)
    first = kiosk.lodge()
    county.pass_time(minutes=10)
    image = kiosk.image()
    second = kiosk.lodge()
    county.pass_time(minutes=10)

    with witness.disk_is_lost(kiosk):
        kiosk.restore(image)
    third = kiosk.lodge()
    county.pass_time(minutes=30)

    assert sorted(county.hub_cases()) == sorted([first, second, third])
    assert (kiosk.incarnations(), kiosk.acked(), kiosk.head()) == (2, 2, 2)
    assert "two-machines" in county.alarms()


def test_a_form_that_existed_on_the_lost_disk_alone_is_all_that_is_lost(county: County) -> None:
    kiosk, witness = county.kiosk("柳河镇"), Witness(county)
    image = kiosk.image()
    lost = kiosk.lodge()

    with witness.disk_is_lost(kiosk):
        kiosk.restore(image)
    kept = kiosk.lodge()
    county.pass_time(minutes=30)

    witness.check_healed()
    assert county.hub_cases() == [kept]
    assert witness.excused == {county.told[lost].name}


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


def test_a_machine_that_goes_off_when_the_hub_has_committed_sends_nothing_twice(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    kiosk.link.pull_plug_after_commit()

    county.pass_time(minutes=30)

    assert county.hub_cases() == [receipt]
    assert (county.alarms(), kiosk.incarnations(), lane.sent(kiosk.site.store.read())) == ([], 1, 0)


def test_the_number_of_a_message_is_never_used_twice(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.link.pull_plug_before_sending()
    kiosk.sync()

    county.pass_time(minutes=10)

    numbers = [row["number"] for row in county.hub.store.read().execute("SELECT number FROM messages ORDER BY number")]
    assert len(numbers) == len(set(numbers)) and county.alarms() == []
    assert facts.get(kiosk.site.store.read(), "message_number", int) == numbers[-1]
