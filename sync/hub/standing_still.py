"""Standing still: after a restore nothing reaches outside until a person has looked. Source: docs/protocol.md 7.

An outside system must not be told twice, and one that follows the log of cases must notice that it is another log.
Sites and citizens are served all the time.
"""

import msgspec

from edge.ground.database import Connection
from edge.ground.problem import STANDING_STILL, Problem
from edge.records import audit, facts
from sync.hub.hub import Hub
from sync.hub.reason import stated

_FACT, _EPOCH = "standing_still", "log_epoch"


class StandingStill(msgspec.Struct, frozen=True):
    """Since when, and from which backup the hub came."""

    since: int
    backup: int
    made_at: int


def stand_still(db: Connection, since: int, backup: int, made_at: int) -> None:
    """Let everything that reaches outside stand still, and begin a new log of cases."""
    facts.put(db, _FACT, StandingStill(since, backup, made_at))
    facts.put(db, _EPOCH, epoch(db) + 1)


def standing(db: Connection) -> StandingStill | None:
    """Return since when it stands still, or None."""
    return facts.get(db, _FACT, StandingStill)


def refuse_outside(hub: Hub) -> None:
    """Let nobody outside in while it stands still.

    Raises:
        Problem: STANDING_STILL.
    """
    if standing(hub.store.read()) is not None:
        raise Problem(STANDING_STILL)


def release(hub: Hub, actor: str, reason: str) -> bool:
    """Let it go on; a person says why. False when nothing stands still.

    Raises:
        Problem: REASON_MISSING, REASON_NAMES.
    """
    why = stated(reason)
    with hub.store.write() as db:
        found = standing(db)
        if found is None:
            return False
        facts.forget(db, _FACT)
        audit.note(db, hub.now(), actor, "release-outside", hub.id, {"why": why, "backup": found.backup})
    hub.arrived.set()
    return True


def epoch(db: Connection) -> int:
    """Return which log of cases this is: 0, and one more after each restore."""
    return facts.get(db, _EPOCH, int) or 0
