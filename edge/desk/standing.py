"""Standing: how the lane and one submission stand, for programs that hold no receipt. The site cannot know more."""

from dataclasses import dataclass
from datetime import datetime

from edge.desk.site import Site
from edge.desk.track import state_of
from edge.domain.submission import State
from edge.ground.clock import moment
from edge.records import lane, statuses, submissions


@dataclass(frozen=True)
class LaneStanding:
    """Places on the lane: up to `head` made, up to `acked` held by the hub, up to `safe` also in its backups."""

    head: int
    acked: int
    safe: int
    incarnations: int


@dataclass(frozen=True)
class Standing:
    """One submission. `held_at` by this machine's clock; `resending`: delivered once, and under way again."""

    id: str
    state: State
    lodged_at: datetime
    held_at: datetime | None
    resending: bool


def lane_standing(site: Site) -> LaneStanding:
    """Return how far the lane has come."""
    db = site.store.read()
    acked, safe = lane.acked(db)
    return LaneStanding(lane.head(db).n, acked, safe, lane.incarnations(db))


def standing(site: Site, id: str) -> Standing | None:
    """Return how a submission that was taken here stands, or None for an unknown id."""
    db = site.store.read()
    taken = submissions.get(db, id)
    if taken is None:
        return None
    state, resending = state_of(db, taken, statuses.of(db, taken.name))
    return Standing(
        taken.id, state, moment(taken.lodged_at), moment(taken.held_at) if taken.held_at else None, resending
    )
