"""The site's audit: a line in the same transaction as the act, so that a pulled plug cannot skip it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from edge.domain.audit import EMPTY, Line, seal_line
from edge.ground.database import Connection
from edge.ground.ids import JSON

HEAD = "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1"
ADD = """INSERT INTO audit (number, at, actor, act, subject, facts, hash)
         VALUES (:number, :at, :actor, :act, :subject, :facts, :hash)"""
ALL = "SELECT number, at, actor, act, subject, facts, hash FROM audit ORDER BY number"


def head(db: Connection) -> tuple[int, bytes]:
    """Return (number, hash) of the newest line."""
    row = db.execute(HEAD).fetchone()
    return (0, EMPTY) if row is None else (row["number"], row["hash"])


def note(db: Connection, at: int, actor: str, act: str, subject: str, facts: dict[str, JSON] | None = None) -> None:
    """Write a line."""
    number, before = head(db)
    line = Line(number + 1, at, actor, act, subject, facts or {})
    db.execute(ADD, {
        "number": line.number, "at": at, "actor": actor, "act": act, "subject": subject,
        "facts": msgspec.json.encode(line.facts, order="sorted").decode(), "hash": seal_line(before, line)})


def lines(db: Connection) -> Iterator[tuple[Line, bytes]]:
    """Yield every line with its hash, oldest first."""
    for row in db.execute(ALL):
        yield Line(row["number"], row["at"], row["actor"], row["act"], row["subject"],
                   msgspec.json.decode(row["facts"])), row["hash"]


def first_broken(db: Connection) -> int | None:
    """Return the number of the first line that does not follow from those before, or None."""
    before, expected = EMPTY, 1
    for line, hash_ in lines(db):
        if line.number != expected or seal_line(before, line) != hash_:
            return expected
        before, expected = hash_, expected + 1
    return None


def take_over(db: Connection, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write down again, from a damaged file, what still follows without a gap; return how many lines."""
    before, kept = EMPTY, 0
    for row in sorted(rows, key=lambda one: int(one["number"])):
        try:
            line = Line(row["number"], row["at"], row["actor"], row["act"], row["subject"],
                        msgspec.json.decode(row["facts"]))
        except (msgspec.DecodeError, TypeError):
            break
        if line.number != kept + 1 or seal_line(before, line) != row["hash"]:
            break
        db.execute(ADD, {key: row[key] for key in ("number", "at", "actor", "act", "subject", "facts", "hash")})
        before, kept = row["hash"], line.number
    return kept
