"""Numbers printed on paper forms, and what was typed in from paper. Only marks stand here, never a number."""

from dataclasses import dataclass

from edge.ground.database import Connection

RESERVE = """INSERT INTO papers (mark, item, version, reserved_at) VALUES (:mark, :item, :version, :at)"""
GET = "SELECT item, version, reserved_at FROM papers WHERE mark = :mark"
TYPE_IN = "INSERT INTO typed_papers (name, mark, typed_at) VALUES (:name, :mark, :at)"
TYPED = "SELECT typed_at FROM typed_papers WHERE mark = :mark ORDER BY typed_at, name"


@dataclass(frozen=True)
class Reserved:
    """A number that was printed here: on which form, and when."""

    item: str
    version: int
    reserved_at: int


def reserve(db: Connection, mark: bytes, item: str, version: int, at: int) -> None:
    """Note a number before it is printed."""
    db.execute(RESERVE, {"mark": mark, "item": item, "version": version, "at": at})


def get(db: Connection, mark: bytes) -> Reserved | None:
    """Return what was printed under a number, or None when it was not printed here."""
    row = db.execute(GET, {"mark": mark}).fetchone()
    return None if row is None else Reserved(*row)


def type_in(db: Connection, name: bytes, mark: bytes, at: int) -> None:
    """Note that a paper was typed in; the same number again is another line."""
    db.execute(TYPE_IN, {"name": name, "mark": mark, "at": at})


def typed(db: Connection, mark: bytes) -> list[int]:
    """Return when forms with this number were typed in here, in seconds since 1970."""
    return [row["typed_at"] for row in db.execute(TYPED, {"mark": mark})]
