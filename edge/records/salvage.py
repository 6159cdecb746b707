"""Take out of a damaged database what SQLite can still read, table by table, and put rows into a new one.

Rows of a table are read from both ends up to where a page cannot be read; what lies between is the carver's.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from edge.ground.database import Connection, Store, sqlite3
from edge.ground.pages import Pages
from edge.records.carve import Row

ADD_SUBMISSION = """INSERT OR IGNORE INTO submissions (id, name, latest, track, record, answered, lodged_at, held_at,
                    first_held_at, row_check) VALUES (:id, :name, :latest, :track, :record, :answered, :lodged_at,
                    :held_at, :first_held_at, :row_check)"""
FOREIGN_OFF, FOREIGN_ON = "PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys=ON"
ORPHANS = "PRAGMA foreign_key_check"
CARVED = frozenset({"envelopes", "submissions", "lane", "incarnations", "facts", "audit", "news", "statuses",
                    "published"})
"""Verified row by row instead of copied."""
ENDED = frozenset({"jobs", "safe_marks", "probe"})
"""Belongs to the process or the lane that was."""
NO_TABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What SQLite answers where it cannot read: its words may hold bytes of the page, and those need be no text."""
_OWN = re.compile(r"^(sqlite_|_sqlite_)")


def image_of(pages: Pages, path: Path) -> None:
    """Write the newest version of every page to a file of its own, without a WAL, for SQLite to read."""
    with path.open("wb") as out:
        for number in range(1, pages.last + 1):
            page = pages.page(number) or bytes(pages.size)
            # 18 and 19: a file that has no WAL any more; 92..: who wrote it last does not matter to a reader
            out.write(page[:18] + b"\x01\x01" + page[20:] if number == 1 else page)


def readable(image: Path) -> Connection:
    """Return a connection that only reads, and takes words as they come."""
    connection: Connection = sqlite3.connect(f"file:{image}?mode=ro&immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return connection


def rows_of(db: Connection, table: str) -> list[dict[str, Any]]:
    """Return the rows that can be read from either end of a table; [] where even its name cannot be read."""
    from sqlite_utils import Database

    try:
        view = Database(db)[table]
        order = ", ".join(f"{key} desc" for key in view.pks)  # type: ignore[union-attr]  # a table, no view
    except NO_TABLE:
        return []
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one_end in (None, order):
        for row in _up_to_the_damage(view.rows_where(order_by=one_end)):
            rows.setdefault(tuple(row.values()), row)
    return list(rows.values())


def _up_to_the_damage(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    try:
        yield from rows
    except NO_TABLE:
        return


def copy_rest(source: Connection, target: Store) -> dict[str, int]:
    """Copy every table that needs no verifying here; return table → how many rows came over."""
    from sqlite_utils import Database

    copied: dict[str, int] = {}
    with target._lock:
        target._writer.execute(FOREIGN_OFF)
        view = Database(target._writer)
        for table in view.table_names():
            if table in CARVED or table in ENDED or _OWN.match(table):
                continue
            known = set(view[table].columns_dict)
            rows = [{key: value for key, value in row.items() if key in known} for row in rows_of(source, table)]
            copied[table] = _insert(view, table, rows)
    return copied


def _insert(view: Any, table: str, rows: Iterable[dict[str, Any]]) -> int:
    before: int = view[table].count
    for row in rows:
        try:
            view[table].insert(row, ignore=True)
        except sqlite3.IntegrityError:
            continue   # a value that the table's own rules refuse: damaged
    after: int = view[table].count
    return after - before


def add_submission(db: Connection, row: Row) -> None:
    """Keep a submission that was read out."""
    values = asdict(row)
    values.pop("page")
    db.execute(ADD_SUBMISSION, {**values, "row_check": row.row_check or None})


def drop_orphans(target: Store) -> int:
    """Delete rows that point at something which is not there; return how many."""
    from sqlite_utils import Database

    dropped = 0
    with target._lock:
        view = Database(target._writer)
        while orphans := target._writer.execute(ORPHANS).fetchall():
            for table in {row["table"] for row in orphans}:
                dropped += _drop(target._writer, view, table)
        target._writer.execute(FOREIGN_ON)
    return dropped


def _drop(db: Connection, view: Any, table: str) -> int:
    dropped = 0
    for key in view[table].foreign_keys:
        there = {row[key.other_column] for row in view[key.other_table].rows}
        for row in list(view[table].rows):
            if row[key.column] is not None and row[key.column] not in there:
                view[table].delete(tuple(row[pk] for pk in view[table].pks))
                dropped += 1
    return dropped
