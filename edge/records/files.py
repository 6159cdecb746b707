"""Files for a stick: their numbers, used once for ever, and the questions that stand in them."""

from dataclasses import dataclass

from edge.ground.database import Connection

BEGIN = "INSERT INTO files (begun_at) VALUES (:at)"
QUESTION = "INSERT INTO file_questions (end_hash, file) VALUES (:end_hash, :file)"
WRITTEN = "UPDATE files SET name = :name, envelopes = :envelopes WHERE number = :number"
OF_QUESTION = """SELECT f.number, f.name, f.envelopes, f.begun_at, f.answered_at FROM files f
                 JOIN file_questions q ON q.file = f.number WHERE q.end_hash = :end_hash"""
ANSWERED = "UPDATE files SET answered_at = :at WHERE number = :number AND answered_at IS NULL"
NEWEST = """SELECT number, name, envelopes, begun_at, answered_at FROM files WHERE name <> ''
            ORDER BY number DESC LIMIT :most"""


@dataclass(frozen=True)
class Written:
    """One file that was written whole; moments in seconds since 1970 by this machine's clock."""

    number: int
    name: str
    envelopes: int
    begun_at: int
    answered_at: int | None


def begin(db: Connection, at: int) -> int:
    """Return the number of a new file; it is never given again, whatever becomes of the file."""
    number = db.execute(BEGIN, {"at": at}).lastrowid
    if number is None:
        raise LookupError("no number was given")
    return number


def put_question(db: Connection, number: int, end_hash: bytes) -> None:
    """Note that a question stands in a file."""
    db.execute(QUESTION, {"end_hash": end_hash, "file": number})


def mark_written(db: Connection, number: int, name: str, envelopes: int) -> None:
    """Note that a file lies on a stick, whole."""
    db.execute(WRITTEN, {"number": number, "name": name, "envelopes": envelopes})


def of_question(db: Connection, end_hash: bytes) -> Written | None:
    """Return the file in which a question stands, or None."""
    row = db.execute(OF_QUESTION, {"end_hash": end_hash}).fetchone()
    return None if row is None else Written(*row)


def mark_answered(db: Connection, number: int, at: int) -> bool:
    """Note that the county's reply came; False when it had come before."""
    return db.execute(ANSWERED, {"number": number, "at": at}).rowcount == 1


def newest(db: Connection, most: int) -> list[Written]:
    """Return the files written last, the newest first."""
    return [Written(*row) for row in db.execute(NEWEST, {"most": most})]
