"""The hub's chores: what comes due by itself. `schedule` decides when; each is safe to repeat."""

import threading
from collections.abc import Callable

import schedule

from edge.ground.logbook import get_logger
from sync.hub.backup_plan import ACTOR, make, make_if_due
from sync.hub.hub import Hub
from sync.hub.keyring import tell_if_due

LOOK_SECONDS = 5.0
_log = get_logger("chores")


def alone(chore: Callable[[Hub], object], hub: Hub) -> None:
    """Run one chore by itself: one that breaks is logged, and takes no other its turn."""
    try:
        chore(hub)
    # inside the plan: a job that raises there is never armed again, and stands before all others for ever
    except Exception:  # noqa: BLE001
        _log.exception("a chore broke", extra={"facts": {"chore": getattr(chore, "__name__", "")}})


def make_if_wanted(hub: Hub) -> None:
    """Make the backup that somebody asked for."""
    if hub.backup_wanted.is_set():
        hub.backup_wanted.clear()
        make(hub, ACTOR)


def chores(hub: Hub) -> schedule.Scheduler:
    """Return the plan: each minute a look at what is due."""
    plan = schedule.Scheduler()
    for chore in (tell_if_due, make_if_due):
        plan.every(1).minutes.do(alone, chore, hub)
    return plan


def keep_until(stop: threading.Event, hub: Hub) -> None:
    """Do the chores as they come due or are asked for, until `stop` is set."""
    plan = chores(hub)
    while not stop.is_set():
        alone(make_if_wanted, hub)
        plan.run_pending()
        stop.wait(LOOK_SECONDS)
