"""Anew: begin a new incarnation. Every envelope still here goes in again under its name."""

from edge.desk.site import Site
from edge.domain.lane import INCARNATION_BYTES
from edge.ground.database import Connection
from edge.records import audit, lane


def start_anew(site: Site, db: Connection, why: str, actor: str = "site") -> None:
    """Begin the lane anew, in the caller's transaction."""
    lane.begin(db, site.chance(INCARNATION_BYTES), why, site.now())
    lane.keep_sent(db, 0)
    audit.note(db, site.now(), actor, "new-incarnation", lane.incarnation(db).hex(), {"why": why})
