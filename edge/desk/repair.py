"""Repair: look through what is kept here, put right what one flipped bit explains, and set aside what cannot be sent.

Before anything is said of it: an envelope that does not bear its name any more would make the hub's chain another one,
and the lane would begin anew for ever.
"""

from dataclasses import dataclass, replace

from edge.desk.anew import start_anew
from edge.desk.repair_news import repair_news
from edge.desk.site import Site
from edge.domain.envelope import to_sign
from edge.domain.mend import bears, mended
from edge.ground.database import Connection
from edge.ground.keys import verify
from edge.records import audit, envelopes, lane, spoiled, submissions
from edge.records.envelopes import Stored
from edge.records.spoiled import Spoiled

DAMAGED = "the disk has changed what stood on this lane"


@dataclass(frozen=True)
class Repaired:
    """How many rows were put right, and how many forms cannot be."""

    mended: int = 0
    lost: int = 0

    @property
    def anything(self) -> bool:
        """Return whether something was wrong."""
        return bool(self.mended or self.lost)


def repair(site: Site) -> Repaired:
    """Look through all envelopes, the lane and the submissions, in one transaction."""
    with site.store.write() as db:
        found = [_envelope(site, db, stored) for stored in envelopes.every(db)]
        rows = submissions.mend(db) + repair_news(site, db)
        lost, bare = found.count("lost"), found.count("bare")
        on_lane = lane.recomputes(db)
        if lost or not on_lane:
            _begin_anew(site, db)
        repaired = Repaired(found.count("mended") + rows + (not on_lane), lost + bare)
        if repaired.anything:
            audit.note(db, site.now(), "site", "repair", "", {"mended": repaired.mended, "lost": repaired.lost})
    return repaired


def _begin_anew(site: Site, db: Connection) -> None:
    stray = lane.off_lane(db) if not lane.recomputes(db) else []
    start_anew(site, db, DAMAGED)
    for name in stray:
        if not lane.place(db, name):
            lane.append(db, name)


def repair_queue(site: Site, db: Connection, after: int | None, most: int) -> bool:
    """Look through `most` envelopes that are to be said next; return False when the lane had to begin anew without one
    of them.

    Args:
        after: the place behind which they stand; that of the hub's receipt when None.
    """
    begin = lane.acked(db)[0] if after is None else after
    found = [_envelope(site, db, stored, signatures=False) for stored in lane.after(db, begin, most)
             if not bears(stored.envelope, stored.name, site.identity.device)]
    found = [one for one in found if one != "whole"]
    if "lost" in found:
        start_anew(site, db, DAMAGED)
    if found:
        audit.note(db, site.now(), "site", "repair", "",
                   {"mended": found.count("mended"), "lost": len(found) - found.count("mended")})
    return "lost" not in found


def _envelope(site: Site, db: Connection, stored: Stored, *, signatures: bool = True) -> str:
    """Return "whole", "mended", "bare" (its content is gone, its place holds) or "lost"."""
    device, name = site.identity.device, stored.name
    if spoiled.has(db, name):
        return "whole"
    true = mended(stored.envelope, name, device)
    if true is None:
        _set_aside(site, db, name)
        return "lost"
    signature = stored.signature
    if signatures and not verify(site.key.public, signature, to_sign(name)):
        # the name is a hash over the very bytes that this machine signed before: it signs nothing new
        signature = site.key.sign(to_sign(name))
    if true == stored.envelope and signature == stored.signature:
        return "whole"
    if true.payload is None and stored.envelope.payload is not None:
        _set_aside(site, db, name)
        return "bare"
    envelopes.mend(db, replace(stored, envelope=true, signature=signature))
    return "mended"


def _set_aside(site: Site, db: Connection, name: bytes) -> None:
    place, (acked, _) = lane.place(db, name), lane.acked(db)
    spoiled.add(db, Spoiled(name, place, 0 < place <= acked, site.now(), None))
    audit.note(db, site.now(), "site", "spoiled", name.hex(), {"place": place})
