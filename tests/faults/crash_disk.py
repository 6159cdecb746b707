"""A disk in memory that forgets what was not flushed: sectors are lost, torn, or land though an earlier one did not.

SQLite runs over it by a VFS of apsw; `driven` puts that SQLite under the product's own `Store`, so that the very code
that takes a form or admits a message is what the plug is pulled on. One connection holds the file alone, as WAL without
shared memory asks: reading and writing go through it in turn.
"""

# ruff: noqa: N802 - the names of methods are SQLite's

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import apsw

from edge.ground import database

SECTOR = 512


class PowerCut(Exception):
    """The plug is out; nothing after this happens."""


@dataclass
class File:
    """What a program sees, what surely survives, and the writes in between, in their order."""

    live: bytearray = field(default_factory=bytearray)
    durable: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)   # None: cut to this length

    def write(self, at: int, content: bytes) -> None:
        """Write, as far as the program can see."""
        _put(self.live, at, content)
        self.pending += [(at + n, content[n:n + SECTOR]) for n in range(0, len(content), SECTOR)]

    def truncate(self, size: int) -> None:
        """Cut, as far as the program can see."""
        del self.live[size:]
        self.pending.append((size, None))

    def flush(self) -> None:
        """Let everything written so far survive."""
        self.durable = bytearray(self.live)
        self.pending.clear()

    def after_a_cut(self, dice: Random) -> bytes:
        """Return what is there when the power comes back: any of the pending writes, some torn, in any order."""
        left = bytearray(self.durable)
        kept = [one for one in self.pending if dice.random() < 0.5]
        if dice.random() < 0.5:
            dice.shuffle(kept)
        for at, content in kept:
            if content is None:
                del left[at:]
            else:
                _put(left, at, content if dice.random() < 0.8 else content[:dice.randrange(len(content))])
        return bytes(left)


def _put(into: bytearray, at: int, content: bytes) -> None:
    into.extend(bytes(max(0, at - len(into))))
    into[at:at + len(content)] = content


@dataclass
class Disk:
    """All files of one machine; the plug is pulled at the n-th write or flush."""

    files: dict[str, File] = field(default_factory=dict)
    plug_at: int | None = None
    steps: int = 0

    def step(self) -> None:
        """Count what reaches the disk.

        Raises:
            PowerCut: this was the last.
        """
        self.steps += 1
        if self.plug_at is not None and self.steps >= self.plug_at:
            raise PowerCut

    def take(self, path: Path) -> None:
        """Begin with a file as it lies on the real disk."""
        if path.exists():
            raw = bytearray(path.read_bytes())
            self.files[str(path)] = File(raw, bytearray(raw))

    def leave(self, dice: Random) -> None:
        """Put on the real disk what a power cut leaves."""
        for name, file in self.files.items():
            Path(name).write_bytes(file.after_a_cut(dice))


class _OpenFile:
    """What SQLite holds of one file."""

    def __init__(self, disk: Disk, name: str) -> None:
        self._disk, self._file = disk, disk.files.setdefault(name, File())

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self._file.live[offset:offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.step()
        self._file.write(offset, bytes(data))

    def xTruncate(self, size: int) -> None:
        self._disk.step()
        self._file.truncate(size)

    def xSync(self, flags: int) -> None:
        self._disk.step()
        self._file.flush()

    def xFileSize(self) -> int:
        return len(self._file.live)

    def xSectorSize(self) -> int:
        return SECTOR

    def xDeviceCharacteristics(self) -> int:
        return 0

    def xCheckReservedLock(self) -> bool:
        return False

    def xLock(self, level: int) -> None: ...

    def xUnlock(self, level: int) -> None: ...

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False

    def xClose(self) -> None: ...


class _Vfs(apsw.VFS):
    """The disk as SQLite asks for one."""

    vfs_name = "crash"

    def __init__(self, disk: Disk) -> None:
        super().__init__(self.vfs_name, "")
        self._disk = disk

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        return _OpenFile(self._disk, name if isinstance(name, str) else name.filename() if name else "")

    def xAccess(self, pathname: str, flags: int) -> bool:
        return pathname in self._disk.files

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self._disk.step()
        if self._disk.files.pop(filename, None) is None:
            raise apsw.IOError

    def xFullPathname(self, name: str) -> str:
        return name


class _Row(tuple[Any, ...]):
    """A row by place and by name, as sqlite3.Row."""

    names: tuple[str, ...] = ()

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(self.names.index(key) if isinstance(key, str) else key)

    def keys(self) -> list[str]:
        return list(self.names)


class _Cursor:
    """What `execute` returns; rows are fetched at once, so that reading and writing never overlap."""

    def __init__(self, connection: apsw.Connection, sql: str, given: Any) -> None:
        before = connection.total_changes()
        found = connection.execute(sql, given or None)
        self._rows: list[_Row] = []
        for values in found:
            row = _Row(values)
            row.names = tuple(name for name, _ in found.get_description())
            self._rows.append(row)
        self.rowcount = connection.total_changes() - before
        self._next = iter(self._rows)

    def __iter__(self) -> Iterator[_Row]:
        return self._next

    def fetchone(self) -> _Row | None:
        return next(self._next, None)

    def fetchall(self) -> list[_Row]:
        return list(self._next)


class _Driver:
    """apsw in the shape of the driver that the product uses. Every connection to a file is the same one."""

    def __init__(self, connection: apsw.Connection, *, first: bool) -> None:
        self._connection, self._first = connection, first
        self.row_factory: object = None

    @property
    def in_transaction(self) -> bool:
        return bool(self._connection.in_transaction)

    def execute(self, sql: str, given: Any = ()) -> _Cursor:
        if not self._first and sql.startswith("PRAGMA"):
            sql = "SELECT 1"   # a reader's own settings would bind the writer here
        return _Cursor(self._connection, sql, given)

    def close(self) -> None:
        if self._first:
            self._connection.close()


@contextmanager
def driven(disk: Disk) -> Iterator[None]:
    """Let every `Store` that is opened inside run on this disk."""
    vfs = _Vfs(disk)
    held: dict[str, apsw.Connection] = {}
    driver: Any = database.sqlite3
    real = driver.connect

    def connect(path: str, **_: object) -> _Driver:
        first = path not in held
        if first:
            held[path] = apsw.Connection(path, vfs=vfs.vfs_name)
            held[path].execute("PRAGMA locking_mode=EXCLUSIVE")
        return _Driver(held[path], first=first)

    driver.connect = connect
    try:
        yield
    finally:
        driver.connect = real
        disk.plug_at = 0   # the end of a program would flush what a power cut does not
        for connection in held.values():
            _forget(connection)


def _forget(connection: apsw.Connection) -> None:
    """Close without letting the end of the program do what a power cut would not."""
    try:
        connection.close(True)
    except (apsw.Error, PowerCut):
        return
