"""Start up: what a machine finds out about itself before it takes the first form.

- Its disk keeps what was written: the mark of the last start is there, in the database and beside it. Restore cards and
  write filters give every start the same disk; what was taken on such a machine would be gone with the next one.
- It is the machine that it was: a copied or moved disk begins a lane of its own before it says a word.
- What it keeps is whole.
"""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from edge.desk.anew import start_anew
from edge.desk.mirror import Mirror, keep_mirror
from edge.desk.repair import Repaired, repair
from edge.desk.site import Site
from edge.ground.database import Connection, applied
from edge.ground.keys import write_durably
from edge.ground.sealing import digest
from edge.records import audit, facts, published

MARK = "start.mark"
OLDER = "the database is older than the mark beside it: it was put back"
OTHER_MACHINE = "the disk is in another machine, or on another disk: copied or moved"
SALT_BYTES = 16
SHORT = 8


class Machine(msgspec.Struct, frozen=True):
    """The hashed facts of the machine that this folder was last started on; the salt stays here."""

    salt: bytes
    facts: dict[str, list[bytes]]


class Shape(msgspec.Struct, frozen=True):
    """What the tables looked like after these migrations."""

    migrations: list[str]
    hash: bytes


@dataclass(frozen=True)
class Started:
    """What was found. `tables_changed`: a bit flipped in what the file says of its tables."""

    mark: int
    forgets: bool
    moved: bool
    repaired: Repaired
    tables_changed: bool


def start_up(site: Site, folder: Path, machine: dict[str, list[str]]) -> Started:
    """Look at disk, machine and data, write this start down, and set the site's health accordingly.

    Args:
        machine: the stable facts of the hardware; empty where nothing can be read.

    Raises:
        Problem: DISK_FULL, DISK_FAULT or DISK_SLOW.
    """
    if _tables_changed(site):
        site.health.damaged = True
        return Started(0, False, False, Repaired(), True)
    mark, forgets, older = _next_mark(site, folder)
    with site.store.write() as db:
        facts.put(db, "mark", mark)
        moved = _compare_machine(site, db, machine)
        if moved or older:
            start_anew(site, db, OTHER_MACHINE if moved else OLDER)
        if forgets:
            audit.note(db, site.now(), "site", "mark-missing", str(mark))
    repaired = repair(site)
    site.health.mark, site.health.forgets, site.health.damaged = mark, forgets, False
    key_set = published.newest(site.store.read(), "key_set")
    keep_mirror(folder, Mirror(site.identity, next(iter(key_set.values()))[1] if key_set else b""))
    return Started(mark, forgets, moved, repaired, False)


def _next_mark(site: Site, folder: Path) -> tuple[int, bool, bool]:
    """Return (this start's mark, whether the last one's is missing, whether the database fell behind it)."""
    db = site.store.read()
    kept, beside = facts.get(db, "mark", int), _read_mark(folder)
    told = facts.get(db, "mark_told", int) or 0
    mark = max(kept or 0, beside or 0, told) + 1
    # the file first: a power cut in between leaves it one ahead, never behind
    write_durably(folder / MARK, _with_hash(mark))
    if kept is None:
        return mark, False, False
    return mark, beside is None or beside < kept, beside is not None and beside > kept + 1


def _read_mark(folder: Path) -> int | None:
    path = folder / MARK
    raw = path.read_bytes() if path.exists() else b""
    number, _, _ = raw.partition(b" ")
    return int(number) if number.isdigit() and raw == _with_hash(int(number)) else None


def _with_hash(mark: int) -> bytes:
    return b"%d %s" % (mark, digest(b"%d" % mark)[:SHORT].hex().encode())


def _compare_machine(site: Site, db: Connection, machine: dict[str, list[str]]) -> bool:
    before = facts.get(db, "machine", Machine)
    salt = before.salt if before else site.chance(SALT_BYTES)
    now = {kind: [digest(salt, kind.encode(), one.encode())[:SHORT] for one in values]
           for kind, values in machine.items()}
    site.health.machine = digest(salt, msgspec.msgpack.encode(now, order="sorted"))[:SHORT] if now else b""
    other = before is not None and differs(before.facts, now)
    if before is None or other or before.facts != now:
        facts.put(db, "machine", Machine(salt, now or (before.facts if before else {})))
    return other


def differs(before: dict[str, list[bytes]], now: dict[str, list[bytes]]) -> bool:
    """Return whether these are two machines: something known both times has nothing in common any more.

    One card more or less, or a second disk, is the same machine.
    """
    return any(not set(before[kind]) & set(now[kind]) for kind in before.keys() & now.keys())


def _tables_changed(site: Site) -> bool:
    """Return whether the tables are not what they were, though no migration has run since."""
    done, known = sorted(applied(site.store, "edge")), facts.get(site.store.read(), "shape", Shape)
    if known is not None and known.migrations == done:
        return known.hash != site.store.shape()
    with site.store.write() as db:
        facts.put(db, "shape", Shape(done, site.store.shape()))
    return False


def hear_of_starts(site: Site, db: Connection, mark: int, *, forgets: bool) -> None:
    """Take over what the hub remembers of this machine's starts: a second witness, which no restore card sets back.

    Args:
        mark: the highest number of a start that this machine ever said.
        forgets: this number came from three different starts.
    """
    site.health.forgets = site.health.forgets or forgets
    if mark > site.health.mark and mark != facts.get(db, "mark_told", int):
        facts.put(db, "mark_told", mark)
