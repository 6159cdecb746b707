"""Older copies come back: of the hub, of a machine."""

from edge.records import audit, facts
from sync.agent import push
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
