"""One SQLite file, one writer.

One connection writes and checkpoints, the others only read: SQLite 3.7.0 to 3.51.2 could corrupt a WAL that two
connections reset at once. `synchronous=FULL`, because NORMAL lost acknowledged commits in simulated power cuts.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib import import_module
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from edge.ground.clock import Clock, SystemClock
from edge.ground.problem import DISK_FAULT, DISK_FULL, DISK_SLOW, Kind, Problem

# pysqlite3 where it is installed, as sqlite-utils chooses too: the system's SQLite is mostly too old
sqlite3: ModuleType = import_module("pysqlite3.dbapi2" if find_spec("pysqlite3") else "sqlite3")

if TYPE_CHECKING:
    from sqlite3 import Connection as Connection
    from sqlite3 import Row as Row

    from sqlite_utils import Database, Migrations
else:
    # not the standard library's, which would load a second, older SQLite beside it
    Connection, Row = sqlite3.Connection, sqlite3.Row

LEAST_SQLITE = (3, 51, 3)
SHAPE = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
KNOWS_MIGRATIONS = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'"
APPLIED = "SELECT name FROM _sqlite_migrations WHERE migration_set = :name"
_BUSY_SECONDS = 15.0
CHECKPOINT_PAGES = 2000   # of 4 KiB: what the WAL may hold before a write has to move it
_FULL = ("disk is full",)
_BUSY = ("database is locked",)
SICK_DISK = (*_FULL, *_BUSY, "disk I/O error", "readonly database", "unable to open")
"""What says that the disk or another program is at fault and not what stands in the file."""
_SICK = ("disk I/O error", "readonly database", "malformed", "not a database", "unable to open")
TROUBLES = frozenset({DISK_FULL, DISK_FAULT, DISK_SLOW})


class Store:
    """One database file: a writer that is used under a lock, and one reader for each thread.

    `trouble` is why the last write failed; None once one came through.
    """

    def __init__(self, path: Path, clock: Clock | None = None) -> None:
        if sqlite3.sqlite_version_info < LEAST_SQLITE:
            raise RuntimeError(f"SQLite {sqlite3.sqlite_version} may corrupt a WAL; pysqlite3 brings 3.51.3 or later")
        self.path = path
        self.trouble: Kind | None = None
        self._clock = clock or SystemClock()
        self._began: float | None = None
        self._lock = threading.RLock()
        self._readers: dict[threading.Thread, Connection] = {}
        self._here = threading.local()
        self._writer = self._connect()
        self._writer.execute("PRAGMA journal_mode=WAL")
        # FULL: a receipt that was shown must survive the plug being pulled in the same second.
        self._writer.execute("PRAGMA synchronous=FULL")
        # by SQLite's default of 1000 every eightieth form would wait for a checkpoint; `checkpoint` mostly comes first
        self._writer.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")

    def _connect(self) -> Connection:
        connection: Connection = sqlite3.connect(
            str(self.path), timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA secure_delete=ON")  # what is erased by law is overwritten, not only unlinked
        return connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Yield the writer inside BEGIN IMMEDIATE … COMMIT; any exception rolls back.

        IMMEDIATE, because a deferred transaction that reads and then writes fails at once when another program wrote
        between. Inside another `write` of the same thread it joins that transaction.

        Raises:
            Problem: DISK_FULL, DISK_FAULT or DISK_SLOW; nothing was saved.
        """
        with self._lock:
            if self._writer.in_transaction:
                yield self._writer
                return
            self._began = self._clock.monotonic()
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                yield self._writer
                self._writer.execute("COMMIT")
                self.trouble = None
            except BaseException as fault:
                self._roll_back()
                told = _in_words(fault)
                if isinstance(told, Problem) and told.kind in TROUBLES:
                    self.trouble = told.kind
                raise told from fault
            finally:
                self._began = None

    def checkpoint(self) -> None:
        """Move into the file what the WAL holds, so that no request has to. By the writer, as everything that writes.

        Where that fails, the next write that reaches `CHECKPOINT_PAGES` tells; nothing is lost either way.
        """
        with self._lock:
            if not self._writer.in_transaction:
                with suppress(sqlite3.Error):
                    self._writer.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def busy_seconds(self) -> float:
        """Return how long the write under way has lasted; 0 when there is none."""
        began = self._began
        return 0.0 if began is None else self._clock.monotonic() - began

    def _roll_back(self) -> None:
        # SQLite may have rolled back by itself (disk full); then there is nothing left to undo.
        if self._writer.in_transaction:
            self._writer.execute("ROLLBACK")

    def read(self) -> Connection:
        """Return this thread's reading connection; it refuses to write."""
        connection: Connection | None = getattr(self._here, "reader", None)
        if connection is None:
            connection = self._connect()
            connection.execute("PRAGMA query_only=ON")
            # a reader must never checkpoint: one connection only resets the WAL
            connection.execute("PRAGMA wal_autocheckpoint=0")
            self._here.reader = connection
            with self._lock:
                self._close_readers([thread for thread in self._readers if not thread.is_alive()])
                self._readers[threading.current_thread()] = connection
        return connection

    def _close_readers(self, threads: Iterable[threading.Thread]) -> None:
        for thread in threads:
            self._readers.pop(thread).close()

    def sound(self, *, thorough: bool = False) -> bool:
        """Return whether SQLite finds the file in order; `thorough` compares every index with its table too."""
        check = "PRAGMA integrity_check(1)" if thorough else "PRAGMA quick_check(1)"
        return bool(self.read().execute(check).fetchone()[0] == "ok")

    def reindex(self) -> None:
        """Make every index anew from its table."""
        with self._lock:
            self._writer.execute("REINDEX")

    def shape(self) -> bytes:
        """Return a hash over all that the file says of its tables."""
        return sha256(repr([tuple(row) for row in self.read().execute(SHAPE)]).encode()).digest()

    def close(self) -> None:
        """Close all connections; the writer's last one checkpoints the WAL."""
        with self._lock:
            self._close_readers(list(self._readers))
            self._here = threading.local()
            self._writer.close()


def _in_words(fault: BaseException) -> BaseException:
    """Return the refusal that a broken disk amounts to; any other fault unchanged."""
    if isinstance(fault, sqlite3.Error):
        words = str(fault)
        if any(sign in words for sign in _FULL):
            return Problem(DISK_FULL)
        if any(sign in words for sign in _SICK):
            return Problem(DISK_FAULT)
        if any(sign in words for sign in _BUSY):
            return Problem(DISK_SLOW)   # another program held the file longer than this one waits
    return fault


def migrate(store: Store, name: str, folder: Traversable) -> list[str]:
    """Run the `NNNN_*.sql` files of `folder` that this file has not seen, each in one transaction.

    Args:
        name: the set's name in the table of applied migrations, `edge` or `hub`.

    Returns:
        The names of the files that were run now.
    """
    scripts = {entry.name: entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".sql")}
    if scripts.keys() <= applied(store, name):
        return []
    # here, as nearly every start finds nothing to do: sqlite-utils takes a quarter of all loading
    from sqlite_utils import Database, Migrations

    steps = Migrations(name)
    for file in sorted(scripts):
        _register(steps, file, scripts[file])
    with store._lock:
        view = Database(store._writer)
        pending = [step.name for step in steps.pending(view)]
        steps.apply(view)
    return pending


def applied(store: Store, name: str) -> set[str]:
    """Return which files of a set this database has seen, as sqlite-utils wrote them down."""
    db = store.read()
    if db.execute(KNOWS_MIGRATIONS).fetchone() is None:
        return set()
    return {row["name"] for row in db.execute(APPLIED, {"name": name})}


def _register(steps: "Migrations", file: str, script: str) -> None:
    def run(view: "Database") -> None:
        for statement in statements(script):
            view.conn.execute(statement)

    steps(name=file)(run)


def statements(script: str) -> list[str]:
    """Return the statements of an SQL script, one by one: `executescript` would commit in between."""
    found, part = [], ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            found.append(part.strip())
            part = ""
    return found
