"""Envelopes that came down from the hub, with its signature over each."""

from dataclasses import dataclass

from edge.ground.database import Connection, Row

ADD = """INSERT INTO news (name, kind, envelope, signature, state, came_at)
         VALUES (:name, :kind, :envelope, :signature, :state, :at) ON CONFLICT (name) DO NOTHING"""
LIVE = """SELECT s.subject, n.envelope, n.signature FROM statuses s JOIN news n ON n.name = s.news
          WHERE s.subject > :after ORDER BY s.subject LIMIT :most"""
HELD = "SELECT name, envelope FROM news WHERE state = 'held' ORDER BY came_at"
HOLD = "UPDATE news SET state = 'held' WHERE name = :name"
EVERY = "SELECT name, envelope, signature FROM news"
GET = "SELECT name, envelope, signature FROM news WHERE name = :name"
MEND = "UPDATE news SET envelope = :envelope WHERE name = :name"
DROP_STATUS = "DELETE FROM statuses WHERE news = :name"
DROP = "DELETE FROM news WHERE name = :name"
APPLY = "UPDATE news SET state = 'applied' WHERE name = :name"


def add(db: Connection, name: bytes, kind: str, envelope: bytes, signature: bytes, state: str, at: int) -> bool:
    """Keep an envelope; False when it is here already (said again on a new lane)."""
    return db.execute(ADD, {
        "name": name, "kind": kind, "envelope": envelope, "signature": signature, "state": state,
        "at": at}).rowcount == 1


def live_statuses(db: Connection, after: bytes, most: int) -> list[tuple[bytes, bytes, bytes]]:
    """Return (case, envelope, signature) of the newest status of up to `most` cases behind the case `after`, in
    order: what a hub that lost data is owed.
    """
    rows = db.execute(LIVE, {"after": after, "most": most})
    return [(row["subject"], row["envelope"], row["signature"]) for row in rows]


def held(db: Connection) -> list[tuple[bytes, bytes]]:
    """Return (name, envelope) of kinds that an older version did not know."""
    return [(row["name"], row["envelope"]) for row in db.execute(HELD)]


def mark_applied(db: Connection, name: bytes) -> None:
    """Note that a held envelope was understood after an upgrade."""
    db.execute(APPLY, {"name": name})


def mark_held(db: Connection, name: bytes) -> None:
    """Note that an envelope could not be read by this version."""
    db.execute(HOLD, {"name": name})


@dataclass(frozen=True)
class News:
    """One envelope that came down."""

    name: bytes
    envelope: bytes
    signature: bytes


def every(db: Connection) -> list[News]:
    """Return all that came down, in no order."""
    return [News(*row) for row in db.execute(EVERY)]


def get(db: Connection, name: bytes) -> News | None:
    """Return the envelope of this name, or None."""
    row: Row | None = db.execute(GET, {"name": name}).fetchone()
    return None if row is None else News(*row)


def mend(db: Connection, name: bytes, envelope: bytes) -> None:
    """Put an envelope right."""
    db.execute(MEND, {"name": name, "envelope": envelope})


def drop(db: Connection, name: bytes) -> None:
    """Take out what nobody can read any more, and the word that it was; the hub says it again."""
    db.execute(DROP_STATUS, {"name": name})
    db.execute(DROP, {"name": name})
