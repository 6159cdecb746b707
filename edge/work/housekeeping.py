"""The house's chores. `schedule` decides when; what is done is short and safe to repeat."""

import threading
from collections.abc import Callable

import schedule

from edge.desk.count_use import write_down
from edge.desk.readiness import STALL_SECONDS
from edge.desk.receive import receive_held
from edge.desk.repair import Repaired, repair
from edge.desk.site import Site
from edge.ground.database import Connection
from edge.ground.logbook import get_logger
from edge.records import audit, blobs, envelopes, jobs, lane, withheld

KEEP_JOBS_SECONDS = 7 * 24 * 3600
KEEP_SAFE_SECONDS = 7 * 24 * 3600
AT_ONCE = 500   # places in one transaction: a form that is handed in meanwhile must not wait for it
_log = get_logger("housekeeping")


def forget_jobs(site: Site) -> None:
    """Drop settled jobs of more than a week ago."""
    with site.store.write() as db:
        jobs.forget(db, site.now() - KEEP_JOBS_SECONDS)


def forget_safe(site: Site, keep_seconds: int = KEEP_SAFE_SECONDS) -> int:
    """Delete the envelopes that the hub and every backup of it hold since a week ago; return how many.

    What may go, the hub's receipt says (`safe`); the week is counted by the hub's signed time and can only delay it.
    An envelope whose content is still owed stays, whatever a receipt says, and so does what stands behind it.
    The citizen's record, the words of the county and the chain stay.
    """
    gone = 0
    while True:
        with site.store.write() as db:
            receipt = lane.receipt(db)
            if receipt is None:
                return gone
            up_to = min(receipt.safe, lane.ripe(db, receipt.at - keep_seconds))
            names = lane.cut(db, AT_ONCE, min(up_to, _nothing_owed_up_to(db)))
            blobs.forget(db, names)
            for name in names:
                envelopes.drop(db, name)
            if names:
                audit.note(db, site.now(), "housekeeping", "forget-safe", lane.incarnation(db).hex(),
                           {"envelopes": len(names), "up_to": lane.deleted(db).n})
        gone += len(names)
        if len(names) < AT_ONCE:
            return gone


def _nothing_owed_up_to(db: Connection) -> int:
    places = [place for name in withheld.names(db) if (place := lane.place(db, name))]
    return min(places) - 1 if places else lane.head(db).n


def check_integrity(site: Site) -> bool:
    """Look through database, audit chain and every envelope, put right what can be, and write down what is found.

    Returns whether all is well now. A file that SQLite finds damaged takes no more forms; the next start reads it out.
    """
    sound, broken = site.store.sound(thorough=True), audit.first_broken(site.store.read())
    if sound:
        repaired = repair(site)
    else:
        site.health.damaged, repaired = True, Repaired()
    if not sound or broken is not None or repaired.anything:
        _log.error("the site's data were damaged", extra={"facts": {
            "database": sound, "audit_line": broken, "mended": repaired.mended, "lost": repaired.lost}})
    return sound and broken is None and not repaired.lost


def understand_held(site: Site) -> int:
    """Do what an older version had to hold; run once after each start."""
    with site.store.write() as db:
        return receive_held(db, site.now())


def look_at_disk(site: Site) -> None:
    """Try a failed write again, so that a disk which has healed is found without a citizen; note one that stalls."""
    busy = site.store.busy_seconds()
    if busy > STALL_SECONDS:
        _log.warning("the disk stalls", extra={"facts": {"seconds": int(busy)}})
    elif site.store.trouble is not None and site.probe():
        _log.info("the disk takes writes again")


def alone(chore: Callable[[Site], object], site: Site) -> bool:
    """Run one chore by itself; False when it broke, which is logged and takes no other chore its turn."""
    try:
        chore(site)
    # inside the plan: a job that raises there is never armed again, and stands before all others for ever
    except Exception:  # noqa: BLE001
        _log.exception("a chore broke", extra={"facts": {"chore": getattr(chore, "__name__", "")}})
        return False
    return True


def chores(site: Site) -> schedule.Scheduler:
    """Return the plan: daily and nightly work."""
    plan = schedule.Scheduler()
    plan.every().day.at("03:10").do(alone, forget_jobs, site)
    plan.every().day.at("03:20").do(alone, check_integrity, site)
    plan.every().hour.at(":40").do(alone, forget_safe, site)
    return plan


def checkpoint(site: Site) -> None:
    """Write the log of the database back: here, so that nobody who hands in a form waits for it."""
    site.store.checkpoint()


def keep_house_until(stop: threading.Event, site: Site) -> None:
    """Run the chores as they come due, until `stop` is set."""
    plan, understood = chores(site), False
    while not stop.is_set():
        understood = understood or alone(understand_held, site)
        for chore in (look_at_disk, write_down, checkpoint):
            alone(chore, site)
        plan.run_pending()
        stop.wait(20)
