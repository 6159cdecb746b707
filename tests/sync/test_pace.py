"""Pace: how much at once, how long to wait, what a bare code may do and what it may not. Source: docs/protocol.md 9."""

from datetime import timedelta
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.agent import pace
from sync.agent.pace import LARGEST_BYTES, LEAST_BYTES, LONGEST_WAIT, START_BYTES, Pace

DEVICE = b"d" * 16
SECOND = timedelta(seconds=1)


def test_a_batch_grows_to_what_the_line_carries_in_the_time_that_a_message_should_take() -> None:
    """128 kbit/s: the first message of 16 KiB took 1.6 s, so 200 KiB will take some 20 s."""
    grown = Pace().succeeded(1.6, START_BYTES)

    assert grown.batch_bytes == int(START_BYTES * 20.0 / 1.6)


def test_a_batch_grows_by_half_at_least_and_never_over_a_mebibyte() -> None:
    assert Pace().succeeded(19.0, START_BYTES).batch_bytes == START_BYTES * 3 // 2
    assert Pace(LARGEST_BYTES - 1).succeeded(0.1, LARGEST_BYTES - 1).batch_bytes == LARGEST_BYTES


def test_a_message_that_did_not_fill_its_batch_tells_nothing_of_the_line() -> None:
    """An idle machine that says hello every ten seconds has not learned that a mebibyte would pass."""
    idle = Pace()
    for _ in range(100):
        idle = idle.succeeded(0.1, 300)

    assert idle.batch_bytes == START_BYTES


def test_a_message_of_some_size_tells_how_fast_the_line_is_at_least() -> None:
    """6 KiB in a second and a half: twenty seconds carry 80 KiB, though the batch was not filled."""
    assert Pace().succeeded(1.5, 6 * 1024).batch_bytes == int(6 * 1024 * 20.0 / 1.5)
    assert Pace(200_000).succeeded(1.5, 6 * 1024).batch_bytes == 200_000


def test_no_small_last_message_costs_a_round_trip_of_its_own() -> None:
    learned = Pace(200_000)

    assert (learned.room(290_000), learned.room(310_000), learned.room(10)) == (300_000, 200_000, 300_000)
    assert Pace(1024).room(1100) == 1024, "a bad line gets no longer messages"


def test_a_failure_halves_the_batch_and_it_never_falls_below_what_carries_something() -> None:
    failed = Pace().failed()
    assert (failed.batch_bytes, failed.failures) == (START_BYTES // 2, 1)
    for _ in range(20):
        failed = failed.failed()
    assert failed.batch_bytes == LEAST_BYTES


def up_time(total: int, per_second: float, round_trip: float, lives: list[float]) -> float:
    """Return for how long a line must be up until `total` bytes are through; it lives as long as told, again and again.

    A tenth of a second passes before it is noticed, another until the hub has answered each message.
    """
    learned, done, used = Pace(), 0, 0.0
    for life in cycle(lives):
        passed = 0.1 + round_trip
        while True:
            size = min(learned.room(total - done), total - done)
            took = round_trip + 0.1 + size / per_second
            if passed + took > life:
                break
            passed, done = passed + took, done + size
            learned = learned.succeeded(took, size)
            if done >= total:
                return used + passed
        used, learned = used + life, learned.failed(life - 0.1)
    raise AssertionError("a cycle has no end")


@pytest.mark.parametrize(("per_second", "round_trip"), [(250_000, 0.06), (1_000_000, 0.03), (16_000, 0.06)])
def test_on_a_line_that_is_cut_every_few_seconds_little_is_sent_in_vain(per_second: float, round_trip: float) -> None:
    needed = 20.0

    took = up_time(int(per_second * needed), per_second, round_trip, [2.1, 4.7, 3.3, 4.9, 2.6, 3.8])

    assert took < 1.55 * needed


def test_after_a_cut_messages_are_as_short_as_the_line_lives() -> None:
    learned = Pace(1_000_000).succeeded(4.0, 1_000_000).failed(3.0)

    assert (learned.aim_seconds, learned.batch_bytes) == (1.0, 250_000)


def test_what_could_not_be_sent_at_all_tells_nothing_of_how_much_passes() -> None:
    assert Pace(200_000).not_reached() == Pace(200_000, failures=1)


def test_a_line_that_was_cut_once_is_trusted_again() -> None:
    learned = Pace().failed(3.0)
    for _ in range(40):
        learned = learned.succeeded(0.5, learned.batch_bytes)

    assert (learned.batch_bytes, learned.aim_seconds) == (LARGEST_BYTES, pace.AIM_SECONDS)


@given(failures=st.integers(1, 200), chance=st.floats(0, 1, exclude_max=True))
def test_the_wait_is_any_part_of_a_ceiling_that_doubles_up_to_half_an_hour(failures: int, chance: float) -> None:
    wait = Pace(failures=failures).wait(chance, DEVICE)

    assert wait == min(LONGEST_WAIT, timedelta(seconds=5) * 2 ** min(failures - 1, 20)) * chance


def test_success_resets_the_wait() -> None:
    assert Pace(failures=9, least_wait=LONGEST_WAIT).succeeded(1, 300).wait(0.99, DEVICE) == timedelta(0)


@pytest.mark.parametrize("status", [429, 503, 507])
def test_a_hub_that_is_full_is_left_alone_for_as_long_as_it_asks(status: int) -> None:
    told = Pace().refused(status, 5000, retry_after=timedelta(seconds=90))

    assert told.batch_bytes == START_BYTES, "the line is not at fault"
    assert 90 * SECOND <= told.wait(0.0, DEVICE) < 180 * SECOND


def test_who_is_told_when_to_come_does_not_wait_for_the_outage_before_it() -> None:
    """A day without the hub has left failures behind; the hub that says "in ten seconds" is there again."""
    told = Pace(failures=40).refused(503, 5000, retry_after=timedelta(seconds=10))

    assert told.wait(0.99, DEVICE) < 20 * SECOND


def test_nobody_can_silence_a_machine_for_longer_than_its_own_longest_wait_by_a_bare_code() -> None:
    told = Pace().refused(503, 5000, retry_after=timedelta(days=365))

    assert told.wait(0.99, DEVICE) <= 2 * LONGEST_WAIT


def test_those_who_were_refused_together_come_back_one_by_one() -> None:
    told = Pace().refused(503, 5000, retry_after=timedelta(seconds=100))
    moments = sorted(told.wait(0.0, at.to_bytes(16, "big")).total_seconds() for at in range(1000))

    assert all(len([one for one in moments if start <= one < start + 10]) in range(60, 141)
               for start in range(100, 200, 10))


def test_413_makes_the_next_message_smaller_at_once_and_it_does_not_grow_back_soon() -> None:
    told = Pace(batch_bytes=400_000).refused(413, 300_000)
    assert (told.batch_bytes, told.wait(0.99, DEVICE)) == (150_000, timedelta(0))

    for _ in range(pace.ROUNDS_BELOW_CEILING - 1):
        told = told.succeeded(0.1, told.batch_bytes)
    assert told.batch_bytes == 150_000
    assert told.succeeded(0.1, 150_000).succeeded(0.1, 150_000).batch_bytes == 300_000


def test_413_that_never_ends_becomes_ordinary_waiting() -> None:
    told = Pace()
    for _ in range(20):
        told = told.refused(413, told.batch_bytes)

    assert told.failures > 10


def test_an_old_version_tries_rarely_and_goes_on() -> None:
    assert Pace().refused(426, 5000).wait(0.5, DEVICE) == LONGEST_WAIT / 2


def test_400_three_times_at_one_envelope_lets_its_header_travel_alone() -> None:
    told = Pace().refused(400, 5000)
    assert told.room(10**6) == 1, "the next message shall hold one envelope"
    for _ in range(2):
        told = told.refused(400, 900, alone=7)
        assert not told.withheld(7)

    told = told.refused(400, 900, alone=7)

    assert told.withheld(7)
    assert not told.withheld(8)


def test_400_at_different_envelopes_withholds_none() -> None:
    told = Pace().refused(400, 900, alone=7).refused(400, 900, alone=7).refused(400, 900, alone=8)

    assert not told.withheld(7)
    assert not told.withheld(8)


def test_400_to_the_header_as_well_lets_the_whole_envelope_try_again() -> None:
    told = Pace()
    tried = []
    for _ in range(9):
        told = told.refused(400, 900, alone=7)
        tried.append(told.withheld(7))

    assert tried == [False, False, True, False, True, False, True, False, True]


def test_after_an_outage_of_the_hub_each_machine_has_a_moment_of_its_own() -> None:
    moments = [pace.after_outage(at.to_bytes(16, "big"), timedelta(hours=3), False) for at in range(500)]

    assert max(moments) < pace.LONGEST_SPREAD
    assert len(set(moments)) == 500
    assert pace.after_outage(DEVICE, timedelta(hours=3), watched=True) == timedelta(0)
    assert pace.after_outage(DEVICE, timedelta(seconds=40), watched=False) == timedelta(0)


def test_a_line_is_looked_for_often_while_someone_waits_and_rarely_else() -> None:
    waits = [pace.probe_every(timedelta(seconds=away), True) for away in (0, 5, 3600)]

    assert waits == [pace.SHORTEST_PROBE, timedelta(seconds=0.125), pace.LONGEST_PROBE]
    assert pace.probe_every(timedelta(seconds=5), False) == pace.QUIET_PROBE


def test_a_machine_that_nobody_uses_asks_rarely_and_as_rarely_as_the_hub_wants() -> None:
    assert pace.idle(True, timedelta(hours=1)) == pace.WATCHED_IDLE
    assert pace.idle(False, timedelta(0)) == pace.QUIET_IDLE
    assert pace.idle(False, timedelta(seconds=500)) == timedelta(seconds=500)
    assert pace.idle(False, timedelta(days=9)) == pace.LONGEST_HUB_WAIT
