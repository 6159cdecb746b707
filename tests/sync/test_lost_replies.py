"""What a line does to a message: loses, repeats, reorders, delays, cuts, fakes."""

import pytest

from edge.ground.problem import BAD_MESSAGE, HUB_UNREACHABLE, UNKNOWN_DEVICE, Problem
from edge.records import facts, lane
from sync.agent.asked import Asked
from sync.protocol.exchange import read_reply, write_reply
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.sync.invariants import Witness


@pytest.mark.parametrize("machine_goes_off", [False, True])
def test_a_lost_reply_does_not_lodge_twice(county: County, machine_goes_off: bool) -> None:
    kiosk = county.kiosk("农商行城西支行")
    receipt = kiosk.lodge("RS-01")
    if machine_goes_off:
        kiosk.link.pull_plug_after_commit()
    else:
        kiosk.link.lose_next_reply()

    county.pass_time(hours=2)

    assert county.hub_cases() == [receipt]
    assert kiosk.track(receipt) == "held"
    assert (county.alarms(), kiosk.incarnations(), lane.sent(kiosk.site.store.read())) == ([], 1, 0)


def test_a_lost_request_is_said_again(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    kiosk.link.lose_next_request()

    county.pass_time(hours=1)

    assert county.hub_cases() == [receipt]


def test_before_the_hub_has_answered_nothing_is_said_to_be_delivered(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    kiosk.link.lose_next_reply()

    kiosk.sync(most=1)

    assert kiosk.track(receipt) == "queued"


def test_a_message_that_arrives_three_times_counts_once(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    kiosk.link.repeat_next(3)

    county.pass_time(hours=1)

    assert county.hub_cases() == [receipt]
    assert county.alarms() == []
    assert kiosk.incarnations() == 1


def test_messages_that_arrive_in_the_wrong_order_lose_nothing(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipts, questions = [], []
    for _ in range(4):
        receipts.append(kiosk.lodge())
        questions.append(kiosk.ask())

    for question in reversed(questions):
        county.answer("/ferry/v1/sync", question)
    county.pass_time(minutes=10)

    assert sorted(county.hub_cases()) == sorted(receipts)
    assert (county.alarms(), kiosk.incarnations(), kiosk.acked()) == ([], 1, 4)


def test_what_comes_behind_a_gap_is_kept_though_the_lane_does_not_grow(county: County) -> None:
    kiosk, witness = county.kiosk("柳河镇"), Witness(county)
    old = county.copy_hub()
    kiosk.lodge()
    kiosk.sync()
    county.restore_hub(old)
    second, third = kiosk.lodge(), kiosk.lodge()
    behind_the_gap = kiosk.ask()   # the receipt covers the first form, which this hub never saw

    county.answer("/ferry/v1/sync", behind_the_gap)

    witness.check()
    county.open()
    assert sorted(county.hub_cases()) == sorted([second, third])


def test_old_replies_that_come_again_change_nothing(county: County) -> None:
    kiosk, witness = county.kiosk("柳河镇"), Witness(county)
    for _ in range(3):
        kiosk.lodge()
        kiosk.sync()
    before = lane.receipt(kiosk.site.store.read())

    for reply in kiosk.link.replies:
        kiosk.hear(reply)
        witness.check()

    after = lane.receipt(kiosk.site.store.read())
    assert before is not None and after is not None
    assert (after.n, after.chain, kiosk.incarnations()) == (before.n, before.chain, 1)


def test_an_old_reply_in_place_of_the_new_one_is_no_bad_news(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    kiosk.sync()
    kiosk.lodge()
    kiosk.sync()
    kiosk.lodge()
    kiosk.link.swap_next_reply(kiosk.link.replies[0])

    kiosk.sync(most=1)

    assert (kiosk.acked(), kiosk.incarnations()) == (2, 1)


def test_bad_news_that_was_held_back_is_stale(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    old = county.copy_hub()
    kiosk.sync()
    new = county.copy_hub()
    county.restore_hub(old)
    bad_news = county.answer("/ferry/v1/sync", kiosk.ask())   # the hub holds nothing and the receipt says 1
    county.restore_hub(new)
    kiosk.sync()                                                # another question since

    kiosk.hear(bad_news)

    assert (kiosk.acked(), kiosk.incarnations()) == (1, 1)


def test_a_question_to_which_something_was_believed_brings_no_bad_news_any_more(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    old = county.copy_hub()
    kiosk.sync()
    new = county.copy_hub()
    question = kiosk.ask()
    county.restore_hub(old)
    bad_news = county.answer("/ferry/v1/sync", question)
    county.restore_hub(new)
    kiosk.hear(county.answer("/ferry/v1/sync", question))       # the same question, answered twice

    kiosk.hear(bad_news)

    assert (kiosk.acked(), kiosk.incarnations()) == (1, 1)


def test_bad_news_about_the_lane_leaves_the_line_down_alone(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    kiosk.hear(county.answer("/ferry/v1/sync", kiosk.ask()), follow=False)
    asked = facts.get(kiosk.site.store.read(), "question", Asked)
    assert asked is not None

    assert (asked.up_open, asked.down_open) == (False, True)


def _line_state(kiosk: Kiosk) -> tuple[str, int, int]:
    return kiosk.site.line().state.value, kiosk.acked(), kiosk.incarnations()


def test_a_page_that_wants_a_password_is_no_answer(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    kiosk.link.answer_next_with(b"<html><body>Please log in to use this network</body></html>" * 50)

    refused = _refusal_of_a_round(kiosk)

    assert refused is BAD_MESSAGE
    assert _line_state(kiosk) == ("down", 0, 1)
    assert kiosk.track(receipt) == "queued"


def test_a_bare_403_sets_the_pace_and_nothing_else(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    kiosk.link.refuse_next(403)
    refused = _refusal_of_a_round(kiosk)

    county.pass_time(minutes=10)

    assert refused is HUB_UNREACHABLE
    assert county.hub_cases() == [receipt]
    assert _line_state(kiosk) == ("up", 1, 1)


def _refusal_of_a_round(kiosk: Kiosk) -> object:
    try:
        kiosk.round()
    except Problem as problem:
        return problem.kind
    return None


def test_a_reply_cut_at_any_place_is_no_reply(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    reply = county.answer("/ferry/v1/sync", kiosk.ask())

    for end in range(0, len(reply), 7):
        kiosk.link.answer_next_with(reply[:end])
        assert _refusal_of_a_round(kiosk) is BAD_MESSAGE

    assert kiosk.acked() == 0


def test_a_reply_with_any_byte_changed_is_no_reply(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    reply = county.answer("/ferry/v1/sync", kiosk.ask())

    for place in range(0, len(reply), 3):
        changed = bytearray(reply)
        changed[place] ^= 1 << place % 8
        kiosk.link.answer_next_with(bytes(changed))
        assert _refusal_of_a_round(kiosk) is BAD_MESSAGE

    assert kiosk.acked() == 0


def test_a_reply_of_another_hub_is_no_reply(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    true_key, county.hub.key = county.hub.key, county.hub.root
    reply = county.answer("/ferry/v1/sync", kiosk.ask())
    county.hub.key = true_key
    kiosk.link.answer_next_with(reply)

    assert _refusal_of_a_round(kiosk) is BAD_MESSAGE
    assert kiosk.acked() == 0


def test_a_true_receipt_in_a_forged_message_is_no_reply(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    true = read_reply(county.answer("/ferry/v1/sync", kiosk.ask()), county.hub.key.public)
    kiosk.link.answer_next_with(write_reply(true, county.hub.root.sign))

    assert _refusal_of_a_round(kiosk) is BAD_MESSAGE
    assert kiosk.acked() == 0


def test_a_reply_for_another_machine_is_no_reply(county: County) -> None:
    kiosk, other = county.kiosk("柳河镇"), county.kiosk("东关社区")
    kiosk.lodge()
    other.lodge()
    for_other = county.answer("/ferry/v1/sync", other.ask())
    before = facts.get(kiosk.site.store.read(), "down", object)

    kiosk.hear(for_other)

    assert kiosk.acked() == 0
    assert facts.get(kiosk.site.store.read(), "down", object) == before


def test_a_request_changed_on_the_way_stores_nothing(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    question = kiosk.ask()
    for place in range(0, len(question), 5):
        changed = bytearray(question)
        changed[place] ^= 0x10
        try:
            county.answer("/ferry/v1/sync", bytes(changed))
        except Problem as problem:
            assert problem.kind in (BAD_MESSAGE, UNKNOWN_DEVICE)   # a changed signature is a stranger's
        else:
            raise AssertionError(f"a change at byte {place} passed")

    assert county.states() == {}
