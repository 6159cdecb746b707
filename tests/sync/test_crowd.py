"""A whole county at once: the policy of both sides in simulated time, and the hub's door when there is no room.

Source: docs/protocol.md 9.
"""

import heapq
import random
from datetime import timedelta
from itertools import count

import pytest

from sync.agent.pace import Pace, after_outage
from sync.hub.crowd import CROWDED_BATCH_BYTES, LEAST_IDLE_SECONDS, Crowd, idle_seconds
from sync.hub.ferry_web import FERRY_TYPE
from sync.hub.web import create_hub_app
from tests.fakes.county import County

MACHINES = 10_000
QUARTER_HOUR = 900


def county_comes_back(seconds_each: float, *, hub_was_away: bool, messages: int = 1, machines: int = MACHINES,
                      ) -> tuple[float, int]:
    """Return when the last machine was through, in seconds, and the most knocks in one second.

    Every machine finds the hub again within three seconds and has so many messages; the hub serves one after another.
    """
    chance, turn, crowd = random.Random(17), count(), Crowd()
    pace, left, knocks = {}, {}, {0: 0}
    doings: list[tuple[float, int, str, bytes]] = []
    for at in range(machines):
        device = at.to_bytes(16, "big")
        away = after_outage(device, timedelta(hours=3), watched=False) if hub_was_away else timedelta(0)
        pace[device], left[device] = Pace(), messages
        heapq.heappush(doings, (3 * chance.random() + away.total_seconds(), next(turn), "knock", device))
    free_at = now = 0.0
    while doings:
        now, _, doing, device = heapq.heappop(doings)
        if doing == "served":
            crowd.leave(now)
            pace[device], left[device] = Pace(), left[device] - 1
            if left[device]:
                heapq.heappush(doings, (now, next(turn), "knock", device))
            continue
        knocks[int(now)] = knocks.get(int(now), 0) + 1
        if crowd.enter():
            free_at = max(now, free_at) + seconds_each
            heapq.heappush(doings, (free_at, next(turn), "served", device))
            continue
        pace[device] = pace[device].refused(503, 16_000, retry_after=timedelta(seconds=crowd.send_away(now)))
        wait = pace[device].wait(chance.random(), device).total_seconds()
        heapq.heappush(doings, (now + wait, next(turn), "knock", device))
    return now, max(knocks.values())


@pytest.mark.parametrize(("seconds_each", "hub_was_away", "messages"), [
    (0.01, True, 1), (0.01, False, 1), (0.05, True, 1), (0.05, False, 1), (0.01, False, 5)])
def test_ten_thousand_machines_are_through_within_a_quarter_of_an_hour(
        seconds_each: float, hub_was_away: bool, messages: int) -> None:
    last, _ = county_comes_back(seconds_each, hub_was_away=hub_was_away, messages=messages)
    at_best = MACHINES * messages * seconds_each

    assert last < QUARTER_HOUR
    assert last < max(1.4 * at_best, 330), "machines stay outside though the hub has room"


def test_after_an_outage_of_the_hub_machines_come_one_by_one() -> None:
    _, most = county_comes_back(0.01, hub_was_away=True)

    assert most < 100


def test_who_finds_no_room_is_told_to_come_later_the_more_there_are() -> None:
    crowd = Crowd(most=1)
    assert crowd.enter()
    told = [crowd.send_away(0.0) for _ in range(1000)]

    assert not crowd.enter()
    assert told == sorted(told)
    assert (told[0], told[-1]) == (2, 33)   # as if fifteen a second, until it knows better


def test_a_place_that_was_given_back_is_free() -> None:
    crowd = Crowd(most=2)
    assert [crowd.enter() for _ in range(3)] == [True, True, False]
    crowd.leave(1.0)
    assert crowd.enter()


def test_a_crowd_that_has_come_and_gone_presses_no_more() -> None:
    crowd = Crowd(most=1)
    crowd.enter()
    for _ in range(100):
        crowd.send_away(0.0)
    assert crowd.pressing(1.0)
    assert not crowd.pressing(200.0)


def test_without_room_the_hub_refuses_before_it_looks_and_says_when_to_come(
        county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    http = create_hub_app(county.hub).test_client()
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    question = kiosk.ask()
    monkeypatch.setattr("sync.hub.ferry_web.body_of", lambda *_: pytest.fail("looked into"))
    county.hub.crowd.most = 0

    said = http.post("/ferry/v1/sync", data=question, content_type=FERRY_TYPE)

    assert (said.status_code, said.headers["Retry-After"]) == (503, "2")

    monkeypatch.undo()
    county.hub.crowd.most = 1
    for _ in range(3):   # each gives its place back, also after a refusal
        assert http.post("/ferry/v1/sync", data=b"x", content_type=FERRY_TYPE).status_code == 400
        assert http.post("/ferry/v1/sync", data=question, content_type=FERRY_TYPE).status_code == 200


def test_while_many_are_outside_those_inside_make_room(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    for _ in range(600):
        county.hub.crowd.send_away(county.watch.monotonic())

    outcome = kiosk.round()

    assert outcome.wait_seconds > 5
    assert outcome.pace.batch_bytes <= CROWDED_BATCH_BYTES


def test_a_large_county_says_hello_more_rarely() -> None:
    assert idle_seconds(20) == LEAST_IDLE_SECONDS
    assert idle_seconds(10_000) == 500
