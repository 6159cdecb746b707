"""Print a receipt again: the same number on another slip, where paper jammed or ran out. Nothing is taken anew."""

from collections import deque

import msgspec

from edge.desk.lodge import Slip
from edge.desk.site import Site
from edge.desk.track import Tracked, track
from edge.domain.receipt import Statement, qr_text
from edge.ground import ids
from edge.ground.clock import seconds
from edge.ground.problem import NOT_FOUND_HERE, Problem
from edge.ground.sealing import lock
from edge.records import audit, jobs

PRINT_AGAIN = "print-again"


def print_again(site: Site, typed_code: str, tail: str, *, actor: str, tries: deque[float] | None = None) -> str:
    """Queue the slip of a form that was taken at this machine, and return its job.

    Receipt code and ID tail are asked as for tracking, guessing is stopped in the same way (`tries`), and nothing of
    the case is returned.

    Raises:
        Problem: NOT_FOUND_HERE, also for a form of another machine, whose slip only that one can sign;
            TOO_MANY_TRIES, FORM_SPOILED.
    """
    found = track(site, typed_code, tail, tries)
    slip = _slip(site, found)
    if slip is None:
        raise Problem(NOT_FOUND_HERE)
    job = ids.new_id(site.clock, site.chance)
    with site.store.write() as db:
        audit.note(db, site.now(), actor, "print-again", found.subject.hex())
        jobs.add(db, job, PRINT_AGAIN, lock(site.boot_key, msgspec.msgpack.encode(slip), site.chance), site.now())
    return job


def _slip(site: Site, found: Tracked) -> Slip | None:
    if not found.id or found.reply_by is None:
        return None
    at = seconds(found.lodged_at)
    # what is signed is what was signed: the second slip carries the QR of the first
    statement = Statement(site.identity.device, found.subject, found.receipt, found.item, at)
    return Slip(found.receipt, found.item, found.item_version, found.masked_name, at, qr_text(site.key, statement),
                found.reply_by, found.owed, found.warning)
