"""A returning line is noticed while the back-off would still wait; what always answers does not defeat the back-off."""

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from sync.agent import keep_talking
from sync.agent.round import Agent


class Door:
    """An address that answers as it is told, and counts how often it was tried."""

    def __init__(self, answers: Callable[[int], bool]) -> None:
        self.tried = 0
        self._answers = answers

    def reachable(self) -> bool:
        """Return what the test says."""
        self.tried += 1
        return self._answers(self.tried)


def wait(door: Door, seconds: float) -> None:
    """Wait as the agent does after a failed round."""
    keep_talking._wait_for_line(threading.Event(), cast(Agent, cast(Any, SimpleNamespace(link=door))), seconds)


def test_the_wait_ends_when_the_address_answers_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep_talking, "PROBE_EVERY_SECONDS", 0.001)
    door = Door(lambda tried: tried > 3)

    wait(door, 600)

    assert door.tried == 4


def test_behind_a_portal_that_always_answers_the_wait_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep_talking, "PROBE_EVERY_SECONDS", 0.001)
    door = Door(lambda tried: True)

    wait(door, 0.02)

    assert door.tried > 10
