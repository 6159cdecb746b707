"""What hangs: a silent line, a disk that does not answer. It is told while it hangs, and nobody is told more."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from edge.desk import readiness
from edge.desk.readiness import Ready
from edge.ground.problem import DISK_SLOW, HUB_UNREACHABLE, Problem
from sync.agent import hub_link
from sync.agent.hub_link import LOOK_SECONDS, STALL_SECONDS, HubLink
from sync.agent.round import Agent
from tests.fakes.county import County


class SilentSelector:
    """A selector whose waiting costs no time: nothing ever comes."""

    waited = 0.0

    def __enter__(self) -> "SilentSelector":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to let go of."""

    def register(self, *_: object) -> None:
        """Look at this one."""

    def select(self, seconds: float) -> list[object]:
        """Let so many seconds pass."""
        SilentSelector.waited += seconds
        return []


@pytest.fixture
def line() -> Iterator[socket.socket]:
    """A connection whose other end is silent, in virtual time."""
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.MonkeyPatch.context() as patch:
        patch.setattr("selectors.DefaultSelector", SilentSelector)
        SilentSelector.waited = 0.0
        yield ours


def test_a_silent_line_is_given_up_after_ninety_seconds(line: socket.socket) -> None:
    with pytest.raises(TimeoutError):
        hub_link._await_answer(line)

    assert SilentSelector.waited == STALL_SECONDS == 90


def test_while_bytes_still_leave_a_line_is_not_silent(line: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    left = iter(range(100, 0, -1))   # a byte leaves in every look, then none
    monkeypatch.setattr(hub_link, "_unsent", lambda _: next(left, 1))

    with pytest.raises(TimeoutError):
        hub_link._await_answer(line)

    assert SilentSelector.waited == 99 * LOOK_SECONDS + STALL_SECONDS


def test_while_a_line_that_was_accepted_is_silent_forms_are_taken(
        county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_link, "STALL_SECONDS", 0.6)
    monkeypatch.setattr(hub_link, "LOOK_SECONDS", 0.05)
    kiosk = county.kiosk("柳河镇")
    first = kiosk.lodge()
    refused: list[Problem] = []

    def talk() -> None:
        try:
            kiosk.agent.round()
        except Problem as problem:
            refused.append(problem)

    with socket.create_server(("127.0.0.1", 0)) as silent:   # the system accepts, and nobody ever answers
        good, kiosk.agent = kiosk.agent, Agent(kiosk.site, HubLink(f"http://127.0.0.1:{silent.getsockname()[1]}"))
        session = threading.Thread(target=talk)
        session.start()
        second = kiosk.lodge()
        hung = session.is_alive()
        session.join()
    assert (hung, [problem.kind for problem in refused]) == (True, [HUB_UNREACHABLE])
    assert [kiosk.track(one) for one in (first, second)] == ["queued", "queued"]

    kiosk.agent = good
    county.settle()

    assert sorted(county.hub_cases()) == sorted([first, second])


def test_a_disk_that_hangs_refuses_at_once_and_takes_forms_when_it_answers(
        county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "STALL_SECONDS", 0.05)
    kiosk = county.kiosk("柳河镇")
    hangs, answers = threading.Event(), threading.Event()

    def write() -> None:
        with kiosk.site.store.write():
            hangs.set()
            answers.wait()

    writer = threading.Thread(target=write)
    writer.start()
    hangs.wait()
    try:
        time.sleep(0.1)
        assert kiosk.site.refusing().state is Ready.RED
        with pytest.raises(Problem) as refused:
            kiosk.lodge()
    finally:
        answers.set()
        writer.join()
    assert (refused.value.kind, kiosk.head()) == (DISK_SLOW, 0)

    kiosk.lodge()

    assert kiosk.head() == 1
