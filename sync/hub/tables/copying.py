"""Copy the database while it is in use, and open a copy without touching it."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from edge.ground.database import Connection, Store, sqlite3

PAGES_AT_ONCE = 512
NOW = "SELECT 1 FROM facts LIMIT 1"
Progress = Callable[[int, int], None]


def copy_to(store: Store, path: Path, progress: Progress = lambda done, whole: None) -> None:
    """Write what is committed now to a new file, while others go on reading and writing.

    One reading transaction is held from first to last page: SQLite begins a copy anew whenever another connection
    writes, and a busy hub would never come to its end.

    Args:
        progress: is told (pages done, pages in all).

    Raises:
        sqlite3.Error: the disk is full or broken on either side; what lies at `path` is no copy.
    """
    source: Connection = sqlite3.connect(str(store.path), isolation_level=None)
    target: Connection = sqlite3.connect(str(path), isolation_level=None)
    with closing(source), closing(target):
        source.execute("PRAGMA query_only=ON")
        source.execute("PRAGMA wal_autocheckpoint=0")   # one connection only resets the WAL
        target.execute("PRAGMA synchronous=FULL")
        source.execute("BEGIN")
        source.execute(NOW).fetchone()
        source.backup(target, pages=PAGES_AT_ONCE, progress=lambda _status, left, whole: progress(whole - left, whole))
        source.execute("ROLLBACK")


def open_still(path: Path) -> Connection:
    """Open a file that nobody writes to, so that nothing is written beside it: also on a medium that is read-only.

    Raises:
        sqlite3.Error: no database.
    """
    db: Connection = sqlite3.connect(
        f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True, isolation_level=None,
        check_same_thread=False)
    db.row_factory = sqlite3.Row
    return db


def whole(db: Connection) -> bool:
    """Return whether SQLite finds every page, row and index in order (the long check)."""
    return bool(db.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")


Error = sqlite3.Error
