"""Counts of use on their way to the county: summed once, whatever the line does, and never in the way of a form."""

from datetime import date

import pytest

from edge.desk.count_use import note, write_down
from edge.domain.use import Counts, DayUse
from edge.records import lane, use
from sync.agent import push
from sync.hub import admit
from sync.hub import use as taking
from sync.hub.tables import use as told
from sync.protocol.exchange import Question, close, read_question, take_apart
from sync.protocol.messages import Frame, Hello, frame, packed
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk

SINCE = "2000-01-01"
LIFE = bytes(8)
TODAY = date(2026, 11, 23)


def count(kiosk: Kiosk, **counts: int) -> None:
    """Count something of RS-01 on a machine."""
    note(kiosk.site, "RS-01", 2, {f"name.{what}": number for what, number in counts.items()})
    write_down(kiosk.site)


def carried(question: bytes) -> list[DayUse]:
    """Return the counts that a question carries."""
    return read_question(take_apart(question)).uses


def at_hub(county: County) -> Counts:
    """Return what the hub holds of RS-01."""
    return told.of_item(county.hub.store.read(), "RS-01", SINCE).get(2, {})


def test_counts_of_all_machines_are_summed_and_told_once(county: County) -> None:
    one, other = county.kiosk("柳河镇"), county.kiosk("农商行城西支行")
    county.pass_time(minutes=10)
    count(one, shown=3, left=1)
    count(other, shown=2)
    county.pass_time(hours=1)
    count(one, shown=1)
    county.pass_time(hours=1)

    assert at_hub(county) == {"name.shown": 6, "name.left": 1}
    assert use.untold(one.site.store.read(), 9) == []


def test_a_lost_reply_and_a_message_that_comes_three_times_change_no_sum(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    county.pass_time(minutes=10)
    count(kiosk, shown=3)
    kiosk.link.lose_next_reply()
    county.pass_time(hours=1)
    count(kiosk, shown=1)
    kiosk.link.repeat_next(3)
    county.pass_time(hours=1)

    assert at_hub(county) == {"name.shown": 4}


def test_an_older_total_that_comes_late_changes_nothing(county: County) -> None:
    device = county.kiosk("柳河镇").device
    newer, older = (DayUse(LIFE, "2026-11-23", "RS-01", 2, n, {"name.shown": n}) for n in (5, 4))
    with county.hub.store.write() as db:
        taking.take(db, device, [newer, older], TODAY)

    assert at_hub(county) == {"name.shown": 5}


@pytest.mark.parametrize("faulty", [
    DayUse(LIFE, "2026-11-26", "RS-01", 2, 1, {"name.shown": 1}), DayUse(LIFE, "20261123", "RS-01", 2, 1, {}),
    DayUse(LIFE, "2020-01-01", "RS-01", 2, 1, {}), DayUse(b"", "2026-11-23", "RS-01", 2, 1, {}),
    DayUse(LIFE, "2026-11-23", "RS-01", 2, 1, {"x" * 99: 1})], ids=["ahead", "no day", "old", "no life", "long"])
def test_what_is_not_sound_is_left_out(county: County, faulty: DayUse) -> None:
    device = county.kiosk("柳河镇").device
    with county.hub.store.write() as db:
        taking.take(db, device, [faulty], TODAY)

    assert told.of_item(county.hub.store.read(), "RS-01", SINCE) == {}


def test_counts_that_cannot_be_read_stop_no_message() -> None:
    body = packed(Frame.HELLO, Hello(bytes(16), 1, 0)) + frame(Frame.USE, b"\xff") + packed(Frame.USE, [1, 2])
    raw, _ = close(body, lambda _said: bytes(64))

    assert read_question(take_apart(raw)) == Question(Hello(bytes(16), 1, 0))


def test_a_hub_that_keeps_no_counts_is_sent_none(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    county.pass_time(minutes=10)
    with pytest.MonkeyPatch.context() as older:   # restored from a version that steps over such frames
        older.setattr(admit, "USE", "something")
        older.setattr(taking, "take", lambda *_said: None)
        count(kiosk, shown=1)
        county.pass_time(hours=1)
        assert carried(kiosk.ask()) == []
    county.pass_time(hours=2)

    assert at_hub(county) == {"name.shown": 1}


def test_a_form_goes_before_the_counts(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    county.pass_time(minutes=10)
    count(kiosk, shown=1)
    kiosk.lodge("RS-01")

    assert carried(kiosk.ask()) == []


def test_a_stick_carries_the_counts_of_the_last_days(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    county.pass_time(minutes=10)
    count(kiosk, shown=1)
    kiosk.lodge("RS-01")

    raw = push.ask(kiosk.site, 2**18, on_file=True, after=lane.acked(kiosk.site.store.read())[0]).raw

    assert [one.counts for one in carried(raw)] == [{"name.shown": 1}]


def test_nothing_is_kept_of_a_machine_that_was_struck_off(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    county.pass_time(minutes=10)
    count(kiosk, shown=1)
    question = kiosk.ask()
    assert len(carried(question)) == 1
    county.revoke(kiosk)
    county.answer("/ferry/v1/sync", question)

    assert at_hub(county) == {}
