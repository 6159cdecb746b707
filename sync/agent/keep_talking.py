"""Keep talking: rounds one after another while something waits, else now and then; wakes at once when a form is
lodged or somebody comes. Source: docs/protocol.md 9.
"""

import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from filelock import FileLock, Timeout

from edge.desk.refused import note_refused
from edge.ground.logbook import get_logger
from edge.ground.problem import UNKNOWN_DEVICE, Problem
from sync.agent import pace
from sync.agent.round import Agent, Outcome
from sync.agent.telling import pieces_left

_log = get_logger("agent")
_FRACTION = 2**32
TAKEN_SECONDS = 1.0          # how long to leave the session to another process of this folder
SHORTEST_STEP_SECONDS, LONGEST_STEP_SECONDS = 0.01, 3.0   # no event is slept over for long
HANG_UP_SECONDS = 30.0       # a hub has room for so many open connections
NOBODY_SERVES = frozenset({500, 502, 503, 504})


@dataclass(frozen=True)
class Rest:
    """How long to rest, and what may end it early: `idle`, a form or a visitor; `line`, the line; `firm`, nothing."""

    seconds: float
    kind: str = "idle"


@dataclass
class Conversation:
    """The rounds of one machine, one after another."""

    stop: threading.Event
    agent: Agent
    session: FileLock
    silent_since: float | None = None   # since when no round was answered, by the running time
    hub_away: bool = False              # the way to the hub's address was whole and nobody served there

    def go_on(self) -> None:
        """Run rounds until `stop` is set. Another process of this folder may hold the session; then this one waits."""
        while not self.stop.is_set():
            self.agent.site.lodged.clear()
            rest = self.turn()
            if rest.seconds > HANG_UP_SECONDS:
                self.agent.link.close()
            self.rest(rest)

    def turn(self) -> Rest:
        """Run a round and return how to rest before the next."""
        shown = self.agent.papers
        try:
            with self.session.acquire(timeout=0):
                outcome = self.agent.round()
        except Timeout:
            return Rest(TAKEN_SECONDS, "firm")
        except Problem as problem:
            _log.info("no exchange", extra={
                "facts": {"problem": problem.kind.code, "failures": self.agent.pace.failures}})
            if shown and problem.facts.get("http_status") == UNKNOWN_DEVICE.status:
                self._tell_unknown()   # it saw the county's papers of this machine, and still does not know it
            return self._after_failure(problem)
        # the scheduler re-arms: one broken round must not end the conversation for ever
        except Exception:  # noqa: BLE001
            _log.exception("a round broke")
            self.agent.pace = self.agent.pace.failed()
            return self._after_failure(None)
        self.silent_since = None
        note_refused(self.agent.site, None)
        return self._after_answer(outcome)

    def _tell_unknown(self) -> None:
        with suppress(Problem):   # a disk that takes no writes must not end the conversation
            note_refused(self.agent.site, UNKNOWN_DEVICE)

    def _after_answer(self, outcome: Outcome) -> Rest:
        if outcome.wait_seconds > 0:
            # protocol 9: the hub's wait wins, also over a form that has just been lodged
            return Rest(min(outcome.wait_seconds, pace.LONGEST_HUB_WAIT.total_seconds()), "firm")
        if outcome.more:
            return Rest(0.0)
        watched = self.agent.site.watched()
        return Rest(pace.idle(watched, timedelta(seconds=outcome.idle_seconds)).total_seconds())

    def _after_failure(self, problem: Problem | None) -> Rest:
        site, learned = self.agent.site, self.agent.pace
        # the first failure in a row: what came before it was answered, if only the question before the chunks
        if self.silent_since is None or learned.failures == 1:
            self.silent_since = site.clock.monotonic()
        said = problem.facts if problem is not None else {}
        self.hub_away = said.get("at_the_door") is True or said.get("http_status") in NOBODY_SERVES
        chance = int.from_bytes(site.chance(4), "big") / _FRACTION
        wait = learned.wait(chance, site.identity.device).total_seconds()
        return Rest(wait, "firm" if learned.least_wait else "line")

    def rest(self, rest: Rest) -> None:
        """Wait as told."""
        until = self._now() + rest.seconds
        if rest.kind == "line":
            self._wait_for_line(until)
        elif rest.kind == "firm":
            self.stop.wait(rest.seconds)
        elif rest.seconds:
            self.agent.site.lodged.wait(rest.seconds)

    def _wait_for_line(self, until: float) -> None:
        """Wait, or until the hub's address can be reached again after it could not.

        Only that change ends the wait: behind a captive portal something always answers, and there the back-off holds.
        """
        link = self.agent.link
        before, looked = link.reachable(), self._now()
        while (now := self._now()) < until and not self.stop.is_set():
            away = timedelta(seconds=now - (self.silent_since or now))
            every = pace.probe_every(away, self._someone_waits()).total_seconds()
            left = min(every - (now - looked), until - now)
            if left > SHORTEST_STEP_SECONDS:
                self._pause(min(LONGEST_STEP_SECONDS, left))
                continue
            reached, looked = link.reachable(), self._now()
            if reached and not before:
                self._come_one_by_one(away)
                return
            before = reached

    def _someone_waits(self) -> bool:
        site = self.agent.site
        return site.watched() or site.line().waiting > 0 or pieces_left(site.store.read()) > 0

    def _come_one_by_one(self, away: timedelta) -> None:
        """Wait for this device's own moment when it was the hub that had been away: the whole county comes back."""
        site = self.agent.site
        until = self._now() + self._own_moment(away)
        while (now := self._now()) < until and not self.stop.is_set() and not site.watched():
            self._pause(min(LONGEST_STEP_SECONDS, until - now))

    def _own_moment(self, away: timedelta) -> float:
        if not self.hub_away:
            return 0.0
        site = self.agent.site
        return pace.after_outage(site.identity.device, away, site.watched()).total_seconds()

    def _pause(self, seconds: float) -> None:
        if self.agent.site.lodged.wait(seconds):
            self.agent.site.lodged.clear()

    def _now(self) -> float:
        return self.agent.site.clock.monotonic()


def keep_talking_until(stop: threading.Event, agent: Agent, session: FileLock) -> None:
    """Run rounds until `stop` is set."""
    Conversation(stop, agent, session).go_on()
