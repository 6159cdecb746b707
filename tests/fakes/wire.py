"""A line between one machine and the hub that does what bad lines do, by plan and never by accident."""

from collections import deque
from collections.abc import Callable

from edge.ground.problem import HUB_UNREACHABLE, Problem
from sync.agent.hub_link import CHUNKS, SYNC
from sync.hub import admit, enrol, loose
from sync.hub.hub import Hub

Deliver = Callable[[], bytes]
Fault = Callable[[Deliver], bytes]


def at_hub(hub: Hub, path: str, message: bytes) -> bytes:
    """Return what the hub's port does with a message."""
    verbs = {SYNC: admit.exchange, CHUNKS: loose.take}
    return verbs.get(path, enrol.enrol)(hub, message)


class PulledPlug(BaseException):
    """The machine is off in this very moment; nothing catches it, as nothing would be left to catch it."""


class Wire:
    """What an agent has for a line. Without a plan it carries each message once and brings its reply."""

    def __init__(self, answer: Callable[[str, bytes], bytes]) -> None:
        self._answer = answer
        self._faults: deque[Fault] = deque()
        self.up = True
        self.questions: list[bytes] = []   # every message that was handed in
        self.replies: list[bytes] = []     # every reply that the hub gave, also those that never arrived

    def reachable(self) -> bool:
        """Return whether the line is whole; only a real agent's loop asks."""
        return True

    def exchange(self, path: str, message: bytes) -> bytes:
        """Carry one message, with the next planned fault if there is one."""
        if path == SYNC:
            self.questions.append(message)
        if not self.up:
            raise Problem(HUB_UNREACHABLE, "the line is cut")

        def deliver() -> bytes:
            reply = self._answer(path, message)
            if path == SYNC:
                self.replies.append(reply)
            return reply

        return self._faults.popleft()(deliver) if self._faults else deliver()

    def beside(self) -> "Wire | None":
        """Return that there is no other way: what happens on this one is planned message by message."""
        return None

    def close(self) -> None:
        """Hang up."""

    def plan(self, fault: Fault) -> None:
        """Let this happen to the next message that has no other plan."""
        self._faults.append(fault)

    def forget_plans(self) -> None:
        """Let the line be good from now on."""
        self._faults.clear()
        self.up = True

    def lose_next_request(self) -> None:
        """The next message never arrives."""
        self.plan(_lost)

    def lose_next_reply(self, times: int = 1) -> None:
        """The hub commits and answers; the answer never arrives."""
        for _ in range(times):
            self.plan(_answer_lost)

    def repeat_next(self, times: int = 2) -> None:
        """The next message arrives several times; the last answer comes back."""
        self.plan(lambda deliver: [deliver() for _ in range(times)][-1])

    def answer_next_with(self, reply: bytes) -> None:
        """Something else answers: the message never reaches the hub."""
        self.plan(lambda deliver: reply)

    def swap_next_reply(self, reply: bytes) -> None:
        """The hub gets the message, and another reply comes back."""
        self.plan(lambda deliver: (deliver(), reply)[1])

    def change_next_reply(self, change: Callable[[bytes], bytes]) -> None:
        """The reply is changed on the way."""
        self.plan(lambda deliver: change(deliver()))

    def refuse_next(self, status: int) -> None:
        """Something on the way answers with a bare status."""
        self.plan(lambda deliver: _refused(status))

    def pull_plug_after_commit(self) -> None:
        """The hub commits; in that moment this machine goes off."""
        self.plan(_plug_after)

    def pull_plug_before_sending(self) -> None:
        """This machine goes off when the question is written down and nothing was sent yet."""
        self.plan(_plug_before)


def _lost(deliver: Deliver) -> bytes:
    raise Problem(HUB_UNREACHABLE, "lost on the way there")


def _answer_lost(deliver: Deliver) -> bytes:
    deliver()
    raise Problem(HUB_UNREACHABLE, "lost on the way back")


def _refused(status: int) -> bytes:
    raise Problem(HUB_UNREACHABLE, f"HTTP {status}", {"http_status": status})


def _plug_after(deliver: Deliver) -> bytes:
    deliver()
    raise PulledPlug


def _plug_before(deliver: Deliver) -> bytes:
    raise PulledPlug
