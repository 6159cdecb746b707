"""The worker: claims a job, runs it, settles it. Knows no kinds; a job may run twice."""

import threading
from collections.abc import Callable, Mapping
from datetime import timedelta

from edge.desk.site import Site
from edge.ground.ids import JSON
from edge.ground.logbook import get_logger
from edge.ground.problem import INTERNAL, Problem
from edge.records import jobs
from edge.records.jobs import Job

Work = Callable[[Site, Job], None]
LEASE_SECONDS = 60
MOST_ATTEMPTS = 5
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=2), timedelta(minutes=10)
IDLE_SECONDS = 2.0
_log = get_logger("worker")


def run_one(site: Site, table: Mapping[str, Work]) -> bool:
    """Run the job that has been due longest; False when none is due."""
    with site.store.write() as db:
        job = jobs.claim(db, site.now(), LEASE_SECONDS)
    if job is None:
        return False
    try:
        table[job.kind](site, job)
    except Problem as problem:
        _settle_failed(site, job, problem)
    # a fault in one job must not stop the others; it is logged with its place, without its words
    except Exception:  # noqa: BLE001
        _log.exception("a job broke", extra={"facts": _facts(job)})
        _settle_failed(site, job, Problem(INTERNAL))
    else:
        with site.store.write() as db:
            jobs.finish(db, job)
    return True


def _settle_failed(site: Site, job: Job, problem: Problem) -> None:
    code = problem.kind.code
    with site.store.write() as db:
        if problem.kind.retry and job.attempts < MOST_ATTEMPTS:
            wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (job.attempts - 1))
            jobs.postpone(db, job, site.now() + int(wait.total_seconds()), code)
        else:
            jobs.give_up(db, job, code)
    _log.warning("a job failed", extra={"facts": {**_facts(job), "problem": code}})


def _facts(job: Job) -> dict[str, JSON]:
    return {"job": job.id, "kind": job.kind, "attempts": job.attempts}


def work_until(stop: threading.Event, site: Site, table: Mapping[str, Work]) -> None:
    """Run jobs as they come due, until `stop` is set; a disk that takes no writes now is asked again later."""
    while not stop.is_set():
        try:
            ran = run_one(site, table)
        except Problem as problem:
            _log.warning("no job can be claimed", extra={"facts": {"problem": problem.kind.code}})
            ran = False
        if not ran:
            stop.wait(IDLE_SECONDS)
