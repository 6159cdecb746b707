"""Alarms: once per cause and subject, counted, closed by a person."""

from dataclasses import dataclass

from edge.ground.database import Connection

RAISE = """INSERT INTO alarms (cause, subject, detail, first_at, last_at) VALUES (:cause, :subject, :detail, :at, :at)
           ON CONFLICT (cause, subject) DO UPDATE SET times = times + 1, last_at = excluded.last_at,
             detail = excluded.detail, closed = ''"""
OPEN = """SELECT id, cause, subject, detail, first_at, last_at, times, closed FROM alarms
          WHERE closed = '' ORDER BY last_at DESC"""
IS_OPEN = """SELECT 1 FROM alarms WHERE cause = :cause AND subject = :subject AND detail = :detail AND closed = ''"""
CLOSE = "UPDATE alarms SET closed = :words WHERE id = :id AND closed = ''"


@dataclass(frozen=True)
class Alarm:
    """One cause that someone should look at."""

    id: int
    cause: str
    subject: str
    detail: str
    first_at: int
    last_at: int
    times: int
    closed: str


def sound(db: Connection, cause: str, subject: str, detail: str, at: int) -> None:
    """Raise an alarm, or count it again."""
    db.execute(RAISE, {"cause": cause, "subject": subject, "detail": detail, "at": at})


def still_open(db: Connection) -> list[Alarm]:
    """Return the alarms that nobody closed, newest first."""
    return [Alarm(*row) for row in db.execute(OPEN)]


def close(db: Connection, id: int, words: str) -> bool:
    """Close an alarm with a word on what was done; False when it is closed."""
    return db.execute(CLOSE, {"id": id, "words": words}).rowcount == 1


def is_open(db: Connection, cause: str, subject: str, detail: str) -> bool:
    """Return whether this very alarm was raised and nobody closed it."""
    return db.execute(IS_OPEN, {"cause": cause, "subject": subject, "detail": detail}).fetchone() is not None
