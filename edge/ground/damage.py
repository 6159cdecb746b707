"""Is a database damaged? Asked before anything opens it to work: SQLite drops a damaged WAL in silence, and meets a
damaged page only when it needs it.
"""

from collections.abc import Callable
from pathlib import Path

from edge.ground.database import SICK_DISK, Store, sqlite3
from edge.ground.pages import wal_damaged


def damage_of(path: Path, open_store: Callable[[], Store]) -> str:
    """Return what is damaged, "wal" or "pages", or "" when all is in order.

    Args:
        open_store: opens it as the product does, migrations included.

    Raises:
        sqlite3.OperationalError: the disk is full, sick or held by another program; that is no damage.
    """
    if not path.exists():
        return ""
    if wal_damaged(path):
        return "wal"
    try:
        store = open_store()
        try:
            if not store.sound(thorough=True) and store.sound():
                store.reindex()   # the tables are whole: only what finds rows in them is not
            return "" if store.sound(thorough=True) else "pages"
        finally:
            store.close()
    except UnicodeDecodeError:
        return "pages"   # SQLite names in its message what it stumbled over, and that is no text any more
    except sqlite3.DatabaseError as fault:
        if any(sign in str(fault) for sign in SICK_DISK):
            raise
        return "pages"
