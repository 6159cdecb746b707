"""Files that were read in, and what came of each."""

from dataclasses import dataclass, replace
from typing import Any

from edge.ground.database import Connection
from sync.hub.tables.rows import first

_COLUMNS = "at, actor, name, device, fresh, known, aside, strange, torn, replied"
ADD = f"""INSERT INTO imports ({_COLUMNS})
          VALUES (:at, :actor, :name, :device, :fresh, :known, :aside, :strange, :torn, :replied)"""
NEWEST = f"SELECT id, {_COLUMNS} FROM imports ORDER BY id DESC LIMIT :most"
GET = f"SELECT id, {_COLUMNS} FROM imports WHERE id = :id"


@dataclass(frozen=True)
class Import:
    """One file. `device` is None where none could be told; `replied`: a reply was written."""

    id: int
    at: int
    actor: str
    name: str
    device: bytes | None
    fresh: int
    known: int
    aside: int
    strange: int
    torn: bool
    replied: bool


def add(db: Connection, one: Import) -> int:
    """Note a file and return its number; `one.id` is not looked at."""
    number = db.execute(ADD, one.__dict__).lastrowid
    if number is None:
        raise LookupError("no number was given")
    return number


def newest(db: Connection, most: int) -> list[Import]:
    """Return the files read in last, the newest first."""
    return [_one(*row) for row in db.execute(NEWEST, {"most": most})]


def get(db: Connection, id: int) -> Import | None:
    """Return one, or None."""
    return first(db, GET, {"id": id}, _one)


def _one(*columns: Any) -> Import:
    found = Import(*columns)
    return replace(found, torn=bool(found.torn), replied=bool(found.replied))
