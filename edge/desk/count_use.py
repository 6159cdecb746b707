"""Count how forms are used. A page only leaves its counts here; the house's chores write them down, later.

So no page and no form ever waits for a count, and a disk that refuses one loses a count and nothing else.
"""

from datetime import timedelta

from edge.desk.site import Site
from edge.domain.use import Counts
from edge.ground.logbook import get_logger
from edge.ground.problem import Problem
from edge.records import lane, use

KEEP_DAYS = 60
_log = get_logger("use")


def note(site: Site, item: str, version: int, counts: Counts) -> None:
    """Leave the counts of a visit for writing down, under the day that it is now."""
    if counts:
        site.uses.append((site.today().isoformat(), item, version, counts))


def write_down(site: Site) -> int:
    """Add what was left to the day's totals, and drop what is older than two months; return how many were added."""
    left = []
    while site.uses:
        left.append(site.uses.popleft())
    if not left:
        return 0
    try:
        with site.store.write() as db:
            for day, item, version, counts in left:
                use.add(db, lane.incarnation(db), day, item, version, counts)
            use.forget(db, (site.today() - timedelta(days=KEEP_DAYS)).isoformat())
    except Problem as problem:
        # counts are not worth a refusal: whoever hands in a form hears of the disk by that form
        _log.warning("counts were lost", extra={"facts": {"why": problem.kind.code, "visits": len(left)}})
        return 0
    return len(left)
