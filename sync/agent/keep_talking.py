"""Keep talking: rounds one after another while something waits, else now and then; wakes at once when a form is
lodged.
"""

import threading

from filelock import FileLock, Timeout

from edge.ground.logbook import get_logger
from edge.ground.problem import Problem
from sync.agent.pace import IDLE_WAIT
from sync.agent.round import Agent

_log = get_logger("agent")
_FRACTION = 2**32
PROBE_EVERY_SECONDS = 3.0


def keep_talking_until(stop: threading.Event, agent: Agent, session: FileLock) -> None:
    """Run rounds until `stop` is set. Another process of this folder may hold the session; then this one waits."""
    while not stop.is_set():
        agent.site.lodged.clear()
        wait_seconds = _one_round(agent, session)
        _rest(stop, agent, wait_seconds)


def _one_round(agent: Agent, session: FileLock) -> float:
    """Run a round and return how many seconds to wait before the next."""
    try:
        with session.acquire(timeout=0):
            outcome = agent.round()
    except Timeout:
        return 1.0
    except Problem as problem:
        _log.info("no exchange", extra={"facts": {"problem": problem.kind.code, "failures": agent.pace.failures}})
        chance = int.from_bytes(agent.site.chance(4), "big") / _FRACTION
        return agent.pace.wait(chance).total_seconds()
    # the scheduler re-arms: one broken round must not end the conversation for ever
    except Exception:  # noqa: BLE001
        _log.exception("a round broke")
        agent.pace = agent.pace.failed()
        return agent.pace.wait(0.5).total_seconds()
    if outcome.wait_seconds:
        return float(outcome.wait_seconds)
    return 0.0 if outcome.more else IDLE_WAIT.total_seconds()


def _rest(stop: threading.Event, agent: Agent, wait_seconds: float) -> None:
    """Wait; a form lodged while the line is up is sent at once, while it is down the wait goes on."""
    if agent.pace.failures:
        _wait_for_line(stop, agent, wait_seconds)
    elif wait_seconds:
        agent.site.lodged.wait(wait_seconds)


def _wait_for_line(stop: threading.Event, agent: Agent, wait_seconds: float) -> None:
    """Wait, or until the hub's address can be reached again after it could not.

    Only that change ends the wait: behind a captive portal something always answers, and there the back-off holds.
    """
    before, left = agent.link.reachable(), wait_seconds
    while left > 0 and not stop.is_set():
        stop.wait(min(PROBE_EVERY_SECONDS, left))
        left -= PROBE_EVERY_SECONDS
        now = agent.link.reachable()
        if now and not before:
            return
        before = now
