"""What every table is asked in the same way: for one row in its shape, for one number."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from edge.ground.database import Connection

T = TypeVar("T")
NOTHING: Mapping[str, object] = {}


def first(db: Connection, sql: str, given: Mapping[str, object], shape: Callable[..., T]) -> T | None:
    """Return the first row in its shape, or None where there is none."""
    row = db.execute(sql, given).fetchone()
    return None if row is None else shape(*row)


def number_of(db: Connection, sql: str, given: Mapping[str, object] = NOTHING) -> int:
    """Return the only value of the only row, a number."""
    found: int = db.execute(sql, given).fetchone()[0]
    return found
