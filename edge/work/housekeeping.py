"""The house's chores. `schedule` decides when; what is done is short and safe to repeat."""

import threading

import schedule

from edge.desk.receive import receive_held
from edge.desk.site import Site
from edge.ground.logbook import get_logger
from edge.records import audit, jobs

KEEP_JOBS_SECONDS = 7 * 24 * 3600
_log = get_logger("housekeeping")


def forget_jobs(site: Site) -> None:
    """Drop settled jobs of more than a week ago."""
    with site.store.write() as db:
        jobs.forget(db, site.now() - KEEP_JOBS_SECONDS)


def check_integrity(site: Site) -> bool:
    """Look through database and audit chain; write down what is found. Returns whether all is well."""
    sound, broken = site.store.sound(), audit.first_broken(site.store.read())
    if not sound or broken is not None:
        _log.error("the site's data are damaged", extra={"facts": {"database": sound, "audit_line": broken}})
    return sound and broken is None


def understand_held(site: Site) -> int:
    """Do what an older version had to hold; run once after each start."""
    with site.store.write() as db:
        return receive_held(db, site.now())


def chores(site: Site) -> schedule.Scheduler:
    """Return the plan: daily and nightly work."""
    plan = schedule.Scheduler()
    plan.every().day.at("03:10").do(forget_jobs, site)
    plan.every().day.at("03:20").do(check_integrity, site)
    return plan


def keep_house_until(stop: threading.Event, site: Site) -> None:
    """Run the chores as they come due, until `stop` is set."""
    understand_held(site)
    plan = chores(site)
    while not stop.is_set():
        try:
            plan.run_pending()
        # one failed chore must not end the others; the plan has re-armed itself
        except Exception:  # noqa: BLE001
            _log.exception("a chore broke")
        stop.wait(20)
