"""Files on a stick that may be full, write-protected, somebody else's, or pulled out in the middle.

Written once: temporary name, flushed, renamed, folder flushed, read back. Never written over: what lies there may be
the only copy.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from edge.ground.keys import flush_folder
from edge.ground.problem import (
    FILE_TOO_LARGE,
    NO_FERRY_FILE,
    STICK_FULL,
    STICK_GONE,
    STICK_READ_ONLY,
    STICK_SPOILT,
    Problem,
)

PART = ".part"
BLOCK = 256 * 1024
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_NAME = frozenset({errno.EINVAL, errno.EILSEQ, errno.ENAMETOOLONG})


class Taken(Exception):
    """A file of that name lies there already."""


class NameRefused(Exception):
    """This stick takes no such name; nothing was asked of `parts` yet."""


def write_once(path: Path, parts: Iterable[bytes], told: Callable[[int], None] = lambda _: None) -> int:
    """Write a new file and return its size in bytes; when this returns, the stick may be pulled out.

    Args:
        told: called with the bytes written so far.

    Raises:
        Taken, NameRefused: nothing was written.
        Problem: STICK_FULL, STICK_READ_ONLY, STICK_GONE, STICK_SPOILT; no file of that name is there then.
    """
    temporary, mine = path.with_name(path.name + PART), False
    try:
        with _opened(temporary, path) as file:
            size, hash_ = _fill(file, parts, told)
        temporary.rename(path)
        mine = True
        flush_folder(path.parent)
        _compare(path, size, hash_)
    except (OSError, Problem) as fault:
        _drop(temporary, *([path] if mine else []))
        if isinstance(fault, OSError):
            raise in_words(fault) from fault
        raise
    return size


def open_foreign(path: Path, largest_bytes: int) -> BinaryIO:
    """Return a file that others may have put there, opened for reading; no link, no pipe, nothing endless.

    Raises:
        Problem: STICK_GONE, NO_FERRY_FILE, FILE_TOO_LARGE.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except OSError as fault:
        raise Problem(NO_FERRY_FILE if path.is_symlink() else STICK_GONE, path.name) from fault
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode) or found.st_size > largest_bytes:
        os.close(handle)
        raise Problem(FILE_TOO_LARGE if stat.S_ISREG(found.st_mode) else NO_FERRY_FILE, path.name)
    return os.fdopen(handle, "rb")


def in_words(fault: OSError) -> Problem:
    """Return the refusal that a fault of a stick amounts to."""
    if fault.errno in _FULL:
        return Problem(STICK_FULL)
    return Problem(STICK_READ_ONLY if fault.errno in _READ_ONLY else STICK_GONE, errno.errorcode.get(fault.errno or 0,
                                                                                                     ""))


def _opened(temporary: Path, path: Path) -> BinaryIO:
    try:
        if os.path.lexists(path):
            raise Taken(path.name)
        # what lies there may be a link that somebody laid to lead the writing onto a file of this machine
        temporary.unlink(missing_ok=True)
        return temporary.open("xb")
    except UnicodeEncodeError as fault:
        raise NameRefused(temporary.name) from fault
    except OSError as fault:
        if fault.errno in _NAME:
            raise NameRefused(temporary.name) from fault
        raise


def _fill(file: BinaryIO, parts: Iterable[bytes], told: Callable[[int], None]) -> tuple[int, bytes]:
    size, hash_ = 0, sha256()
    for part in parts:
        file.write(part)
        hash_.update(part)
        size += len(part)
        told(size)
    file.flush()
    os.fsync(file.fileno())
    return size, hash_.digest()


def _compare(path: Path, size: int, hash_: bytes) -> None:
    """Read back what was written.

    Raises:
        Problem: STICK_SPOILT.
    """
    found = sha256()
    with path.open("rb") as file:
        # what the machine still remembers proves nothing: ask the stick itself, where the system lets us
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while block := file.read(BLOCK):
            found.update(block)
    if path.stat().st_size != size or found.digest() != hash_:
        raise Problem(STICK_SPOILT)


def _drop(*paths: Path) -> None:
    for path in paths:
        # else the stick is gone, and the half file with it
        with suppress(OSError):
            path.unlink(missing_ok=True)
