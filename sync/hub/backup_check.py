"""Look through a copy where it lies, and read from it how far each lane goes. Source: docs/protocol.md 7 "safe".

Never from the hub itself: it has gone on since, and what is not in the copy must not be deleted anywhere.
"""

from contextlib import closing
from hashlib import sha256
from os import O_RDONLY, close, fstat
from os import open as open_file
from pathlib import Path

from edge.domain.lane import Position
from edge.ground.database import Connection
from edge.records import audit
from sync.hub.examine import examine_rows
from sync.hub.tables import blobs, cases, copying, devices, envelopes, lanes

_BLOCK = 1024 * 1024


class Unsound(Exception):
    """The copy is no copy: what it says must not count."""


def check_copy(path: Path) -> tuple[list[tuple[bytes, Position]], int, int]:
    """Return (device, head) of every lane in a copy, how many cases and how many envelopes it holds.

    Raises:
        Unsound: damaged, or a chain or a hash does not follow.
    """
    try:
        with closing(copying.open_still(path)) as db:
            if not copying.whole(db):
                raise Unsound("SQLite finds damage")
            found = {**examine_rows(db), "audit": audit.first_broken(db) is None}
            broken = [name for name, holds in found.items() if holds is not True]
            if broken:
                raise Unsound(", ".join(broken))
            return heads(db), sum(cases.counts(db, cases.Search()).values()), sum(envelopes.counts(db).values())
    except copying.Error as fault:
        raise Unsound(str(fault)) from fault


def heads(db: Connection) -> list[tuple[bytes, Position]]:
    """Return (device, place) of each lane up to which every envelope is here with all that it names.

    An envelope whose content has not come holds its lane back: at the edge it is still whole.
    """
    return [(row.device, _whole_up_to(db, row.device, end)) for row in devices.every(db)
            for end in lanes.of_device(db, row.device)]


def _whole_up_to(db: Connection, device: bytes, end: Position) -> Position:
    gap = lanes.first_incomplete(db, device, end.incarnation)
    n = blobs.complete_up_to(db, device, end.incarnation, end.n if gap is None else gap - 1)
    at = lanes.named(db, device, end.incarnation, n)
    return Position(end.incarnation, n, at[1]) if at else Position(end.incarnation, 0, b"")


def hash_from_medium(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal; asked for from the medium and not from memory where that can be."""
    handle = open_file(path, O_RDONLY)
    try:
        _drop_from_memory(handle)
    finally:
        close(handle)
    state = sha256()
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            state.update(block)
    return state.hexdigest()


def _drop_from_memory(handle: int) -> None:
    try:
        from os import POSIX_FADV_DONTNEED, posix_fadvise
    except ImportError:
        return   # Windows and macOS have no such call
    posix_fadvise(handle, 0, fstat(handle).st_size, POSIX_FADV_DONTNEED)
