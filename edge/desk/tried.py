"""Devices tried by hand: which the staff tried, when, and whether it was good. Words and counts only."""

import msgspec

from edge.desk.site import Site
from edge.desk.staff import ACTOR
from edge.ground import ids
from edge.records import audit, facts, jobs

PRINT_TEST = "print-test"
KEPT = "devices_tried"
DEVICES = ("slip", "sheet", "card", "camera", "touch", "sound", "disk", "line", "clock")


class Tried(msgspec.Struct, frozen=True):
    """The last trial of a device and how many there were; `at` by this machine's clock."""

    at: int
    good: bool
    times: int
    bad: int


def tried(site: Site) -> dict[str, Tried]:
    """Return device → its last trial; a device that was never tried is not there."""
    return facts.get(site.store.read(), KEPT, dict[str, Tried]) or {}


def note_trial(site: Site, device: str, *, good: bool) -> None:
    """Keep what the person who tried a device says of it.

    Raises:
        LookupError: there is no such device.
    """
    if device not in DEVICES:
        raise LookupError(device)
    with site.store.write() as db:
        all_ = facts.get(db, KEPT, dict[str, Tried]) or {}
        before = all_.get(device, Tried(0, True, 0, 0))
        all_[device] = Tried(site.now(), good, before.times + 1, before.bad + (not good))
        facts.put(db, KEPT, all_)
        audit.note(db, site.now(), ACTOR, "try-device", device, {"good": good})


def order_test_slip(site: Site) -> str:
    """Queue a slip that names nobody, and return its job."""
    job = ids.new_id(site.clock, site.chance)
    with site.store.write() as db:
        jobs.add(db, job, PRINT_TEST, b"", site.now())
    return job
