"""Readiness: what this machine may still take. Asked before acceptance: never accept and then lose.

At 80 % of the disk nothing large is fetched any more, at 90 % no photo is taken, at 95 % no form. A share alone is
wrong at both ends: of a large disk 5 % are room for years, of a small one not enough for what SQLite needs in between.
So each share counts only while less than its `ample` is free, and each limit holds wherever less than its `least` is.
Source: docs/protocol.md 9.
"""

from dataclasses import dataclass
from enum import StrEnum

from edge.ground.database import Store
from edge.ground.disk import UNKNOWN, Disk
from edge.ground.problem import (
    DATA_DAMAGED,
    DISK_FAULT,
    DISK_FORGETS,
    DISK_FULL,
    DISK_SLOW,
    NO_ROOM_FOR_PHOTOS,
    Kind,
    Problem,
)

MIB, GIB = 2**20, 2**30
STALL_SECONDS = 10.0
"""A commit that takes longer is told as a disk that stalls."""


class Ready(StrEnum):
    """What is still taken, from all to nothing."""

    OK = "ok"
    NO_PHOTOS = "no_photos"
    PAPER_ONLY = "paper_only"   # nothing new; what is here is safe, can be looked up, and goes on to the county
    RED = "red"                 # the disk or what is on it cannot be trusted


@dataclass(frozen=True)
class Limit:
    """Where something stops: bytes free below `least`, or `share` used while less than `ample` is free."""

    share: float
    least: int
    ample: int

    def reached(self, disk: Disk) -> bool:
        """Return whether this much is used up."""
        return disk.free < self.least or (disk.share_used >= self.share and disk.free < self.ample)


DOWNLOADS, PHOTOS, FORMS = (
    Limit(0.80, 64 * MIB, 20 * GIB), Limit(0.90, 32 * MIB, 10 * GIB), Limit(0.95, 8 * MIB, 5 * GIB))


@dataclass(frozen=True)
class Readiness:
    """What may be taken now. `why` is the code of a refusal, "" when all is well."""

    state: Ready = Ready.OK
    why: str = ""
    downloads: bool = True
    refusal: Kind | None = None

    @property
    def takes_forms(self) -> bool:
        """Return whether a new form may be accepted."""
        return self.state in (Ready.OK, Ready.NO_PHOTOS)

    def require(self, *, photos: bool = False) -> None:
        """Let a form pass, one with new `photos` only where these may be taken.

        Raises:
            Problem: DISK_FULL, DISK_FAULT, DISK_SLOW, DISK_FORGETS, DATA_DAMAGED or NO_ROOM_FOR_PHOTOS; nothing was
                accepted.
        """
        if self.refusal is not None and (photos or not self.takes_forms):
            raise Problem(self.refusal)


@dataclass
class Health:
    """What was found out about this machine since it started; kept in memory, found anew at each start."""

    forgets: bool = False        # the last start's mark is gone: every boot gets the same disk
    damaged: bool = False        # the check found something that salvage has not mended
    mark: int = 0                # the number of this start; 0 where nobody looked
    machine: bytes = b""         # a short hash of the machine's stable facts


def judge(disk: Disk | None, store: Store, health: Health) -> Readiness:
    """Return what may be taken, the gravest reason first.

    Args:
        disk: None when it does not answer.
    """
    for found, kind in (
            (health.forgets, DISK_FORGETS), (health.damaged, DATA_DAMAGED), (disk is None, DISK_FAULT),
            (disk is not None and disk.read_only, DISK_FAULT), (store.trouble is DISK_FAULT, DISK_FAULT),
            (store.busy_seconds() > STALL_SECONDS or store.trouble is DISK_SLOW, DISK_SLOW)):
        if found:
            return Readiness(Ready.RED, kind.code, downloads=False, refusal=kind)
    return _room(disk or UNKNOWN, store)


def _room(disk: Disk, store: Store) -> Readiness:
    known = disk != UNKNOWN
    if store.trouble is DISK_FULL or (known and FORMS.reached(disk)):
        return Readiness(Ready.PAPER_ONLY, DISK_FULL.code, downloads=False, refusal=DISK_FULL)
    if known and PHOTOS.reached(disk):
        return Readiness(Ready.NO_PHOTOS, NO_ROOM_FOR_PHOTOS.code, downloads=False, refusal=NO_ROOM_FOR_PHOTOS)
    return Readiness(downloads=not (known and DOWNLOADS.reached(disk)))
