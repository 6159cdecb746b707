"""A returning line is noticed while the back-off would still wait, within seconds while someone waits, and cheaply
else; what always answers does not defeat the back-off, and a hub that comes back is not overrun.
"""

import threading
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from filelock import FileLock

from edge.ground.problem import HUB_UNREACHABLE, Problem
from sync.agent import keep_talking, pace
from sync.agent.keep_talking import Conversation, Rest
from sync.agent.pace import Pace
from sync.agent.round import Agent, Outcome

DEVICE = b"d" * 16
HOUR = 3600.0
EMPTY = SimpleNamespace(execute=lambda *_: SimpleNamespace(fetchone=lambda: None))   # a database without a row


@dataclass
class Machine:
    """A machine whose time passes only while it waits; its line answers as the test says."""

    answers: Callable[[float], bool]
    waiting: int = 1
    attended: bool = False
    device: bytes = DEVICE
    passed: float = 1000.0
    probes: list[float] = field(default_factory=list)
    comes_at: float = 1e12       # when a visitor comes
    lodged: bool = False
    outcomes: list[Outcome | Problem] = field(default_factory=list)
    hung_up: int = 0

    def __post_init__(self) -> None:
        event = SimpleNamespace(wait=self._wait, clear=lambda: None, set=lambda: None)
        site = SimpleNamespace(
            clock=SimpleNamespace(monotonic=lambda: self.passed), chance=lambda size: b"\xff" * size, lodged=event,
            identity=SimpleNamespace(device=self.device), watched=lambda: self.attended,
            line=lambda: SimpleNamespace(waiting=self.waiting), store=SimpleNamespace(read=lambda: EMPTY))
        agent = SimpleNamespace(site=site, link=self, pace=Pace(failures=20), round=self._round,
                                papers=False)
        session = SimpleNamespace(acquire=lambda timeout: nullcontext())
        self.stop = threading.Event()
        self.stop.wait = self._wait  # type: ignore[method-assign, assignment]  # time is the test's
        self.conversation = Conversation(self.stop, cast(Agent, cast(Any, agent)), cast(FileLock, cast(Any, session)))

    def reachable(self) -> bool:
        """Answer a look at the line."""
        self.probes.append(self.passed)
        return self.answers(self.passed - 1000)

    def beside(self) -> None:
        """Return that there is no other way."""

    def close(self) -> None:
        """Count a hanging up."""
        self.hung_up += 1

    def _round(self) -> Outcome:
        one = self.outcomes.pop(0)
        if isinstance(one, Problem):
            raise one
        return one

    def _wait(self, seconds: float) -> bool:
        assert seconds > 0, "it turns without waiting"
        came = self.passed < self.comes_at <= self.passed + seconds
        self.passed = self.comes_at if came else self.passed + seconds
        self.attended = self.attended or came
        return came

    def fail(self, **facts: Any) -> Rest:
        """Let a round fail and return how it will rest."""
        self.outcomes.append(Problem(HUB_UNREACHABLE, "", facts))
        return self.conversation.turn()

    def answer(self, **said: Any) -> Rest:
        """Let a round be answered and return how it will rest."""
        told: dict[str, Any] = {"acked": 0, "waiting": 0, "came": 0, "more": False, "wait_seconds": 0}
        self.outcomes.append(Outcome(**{**told, "pace": Pace(), "state": "active", **said}))
        return self.conversation.turn()

    def rest(self, rest: Rest) -> float:
        """Rest and return for how long it was."""
        before = self.passed
        self.conversation.rest(rest)
        return self.passed - before


def test_a_line_that_returns_is_found_within_seconds_while_a_form_waits() -> None:
    machine = Machine(lambda at: at > 600)
    assert machine.fail().seconds > 900

    assert 600 < machine.rest(Rest(1700, "line")) < 604


@pytest.fixture(autouse=True)
def pieces(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pieces of photos wait: the last of this list."""
    told = [0]
    monkeypatch.setattr(keep_talking, "pieces_left", lambda db: told[-1])
    return told


def test_a_line_that_returns_is_found_within_seconds_while_a_photo_waits(pieces: list[int]) -> None:
    machine = Machine(lambda at: at > 600, waiting=0)
    pieces.append(3)
    machine.fail()

    assert 600 < machine.rest(Rest(1700, "line")) < 604


def test_a_short_cut_is_found_within_a_tenth_of_it() -> None:
    machine = Machine(lambda at: at > 4)
    machine.fail()

    assert 4 < machine.rest(Rest(1700, "line")) <= 4.5


def test_while_nobody_waits_looking_is_cheap_and_a_visitor_ends_that() -> None:
    machine = Machine(lambda at: False, waiting=0)
    machine.fail()
    machine.rest(Rest(HOUR, "line"))
    assert len(machine.probes) <= 61

    machine = Machine(lambda at: at > 1800, waiting=0)
    machine.comes_at = 1000 + 1790
    machine.fail()
    assert machine.rest(Rest(HOUR, "line")) < 1804


def test_behind_a_portal_that_always_answers_the_wait_goes_on() -> None:
    machine = Machine(lambda at: True)
    machine.fail(http_status=403)

    assert machine.rest(Rest(600, "line")) >= 600


def test_a_hub_that_was_away_is_not_overrun_by_its_whole_county() -> None:
    comes_back = []
    for at in range(40):
        machine = Machine(lambda at: at > HOUR, device=at.to_bytes(16, "big"))
        machine.fail(at_the_door=True)
        comes_back.append(machine.rest(Rest(1e9, "line")) - HOUR)

    assert max(comes_back) > 200
    assert len([one for one in comes_back if one < 30]) < 12


def test_whoever_stands_at_a_machine_is_not_made_to_wait_for_its_turn() -> None:
    machine = Machine(lambda at: at > HOUR, attended=True)
    machine.fail(at_the_door=True)

    assert machine.rest(Rest(1e9, "line")) < HOUR + 4


def test_a_machine_whose_own_line_was_cut_takes_no_turn() -> None:
    machine = Machine(lambda at: at > HOUR)
    machine.fail(at_the_door=False)

    assert machine.rest(Rest(1e9, "line")) < HOUR + 4


def test_the_hubs_wait_wins_over_a_form_that_was_just_lodged() -> None:
    machine = Machine(lambda at: True)
    machine.comes_at = 1010

    rest = machine.answer(wait_seconds=300, more=True, waiting=9)

    assert (rest.seconds, machine.rest(Rest(300, "firm"))) == (300, 10.0)   # only the end of the process breaks it
    assert rest.kind == "firm"


def test_the_hubs_signed_wait_has_an_end() -> None:
    machine = Machine(lambda at: True)

    assert machine.answer(wait_seconds=10**9).seconds == pace.LONGEST_HUB_WAIT.total_seconds()


def test_a_bare_wait_is_kept_whatever_the_line_does() -> None:
    machine = Machine(lambda at: at > 1)
    machine.conversation.agent.pace = Pace().refused(503, 900, retry_after=timedelta(seconds=60))

    rest = machine.fail(http_status=503)

    assert (rest.kind, 60 <= rest.seconds < 120) == ("firm", True)


def test_a_good_line_is_kept_open_for_a_visitor_and_hung_up_in_the_quiet() -> None:
    machine = Machine(lambda at: True)
    assert machine.answer(idle_seconds=400).seconds == 400
    machine.attended = True
    assert machine.answer(idle_seconds=400).seconds == pace.WATCHED_IDLE.total_seconds()
    assert machine.answer(more=True).seconds == 0
