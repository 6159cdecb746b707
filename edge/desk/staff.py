"""The staff PIN: what the people of the place do at the machine, no citizen may.

Wrong tries cost time, counted on the machine's running seconds and kept through a restart: neither a reboot nor a
turned clock makes the wait shorter.
"""

from itertools import pairwise

import msgspec

from edge.desk.site import Site
from edge.ground.problem import NO_PIN, PIN_WAIT, WEAK_PIN, WRONG_PIN, Problem
from edge.ground.secret import is_secret, keep_secret
from edge.records import audit, facts

FEWEST, MOST = 6, 12
FREE_TRIES = 3
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 30, 3600
ACTOR = "staff"
KEPT, TRIES = "staff_pin", "staff_tries"


class Tries(msgspec.Struct, frozen=True):
    """Wrong tries in a row: how many, in which run of the program, and at which of its seconds the last one came."""

    count: int = 0
    boot: bytes = b""
    at: float = 0.0


def has_pin(site: Site) -> bool:
    """Tell if a PIN was ever set."""
    return facts.get(site.store.read(), KEPT, str) is not None


def set_pin(site: Site, pin: str) -> None:
    """Keep a new PIN and forget the wrong tries.

    Raises:
        Problem: WEAK_PIN.
    """
    steps = {int(after) - int(before) for before, after in pairwise(pin)} if pin.isdecimal() else {0}
    if not (pin.isascii() and pin.isdecimal() and FEWEST <= len(pin) <= MOST) or steps in ({0}, {1}, {-1}):
        raise Problem(WEAK_PIN)
    kept = keep_secret(pin, site.chance)
    with site.store.write() as db:
        facts.put(db, KEPT, kept)
        facts.forget(db, TRIES)
        audit.note(db, site.now(), ACTOR, "set-pin", "staff")


def check_pin(site: Site, pin: str) -> None:
    """Return when `pin` is right. A try is counted before it is looked at: guesses side by side do not outrun the wait.

    Raises:
        Problem: NO_PIN, WRONG_PIN, PIN_WAIT with `seconds`.
    """
    kept = facts.get(site.store.read(), KEPT, str)
    if kept is None:
        raise Problem(NO_PIN)
    _count(site)
    if not is_secret(pin, kept):
        with site.store.write() as db:
            audit.note(db, site.now(), ACTOR, "wrong-pin", "staff")
        raise Problem(WRONG_PIN)
    with site.store.write() as db:
        facts.forget(db, TRIES)
        audit.note(db, site.now(), ACTOR, "enter", "staff")


def _count(site: Site) -> None:
    now, left = site.clock.monotonic(), 0.0
    with site.store.write() as db:
        before = facts.get(db, TRIES, Tries) or Tries()
        if before.count and before.boot != site.boot:
            before = Tries(before.count, site.boot, now)   # the wait begins anew with the program
            facts.put(db, TRIES, before)
        left = wait_seconds(before.count) - (now - before.at) if before.count else 0.0
        if left <= 0:
            facts.put(db, TRIES, Tries(before.count + 1, site.boot, now))
    if left > 0:
        raise Problem(PIN_WAIT, facts={"seconds": int(left) + 1})


def wait_seconds(count: int) -> int:
    """Return how long to wait after so many wrong tries: nothing at first, then 30 s doubling up to an hour."""
    late = count - FREE_TRIES
    return 0 if late < 0 else min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** min(late, 20))
