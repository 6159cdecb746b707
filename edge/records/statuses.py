"""The hub's word for each case. The higher step wins; a lower one is ignored."""

from dataclasses import dataclass

from edge.ground.database import Connection, Row

_COLUMNS = "subject, step, word, at, track, sealed, came_at"
PUT = """INSERT INTO statuses (subject, step, word, at, track, sealed, news, came_at)
         VALUES (:subject, :step, :word, :at, :track, :sealed, :news, :came_at)
         ON CONFLICT (subject) DO UPDATE SET step = excluded.step, word = excluded.word, at = excluded.at,
           sealed = excluded.sealed, news = excluded.news, came_at = excluded.came_at
         WHERE excluded.step > statuses.step"""
OF = f"SELECT {_COLUMNS} FROM statuses WHERE subject = :subject"
EVERY = f"SELECT {_COLUMNS}, news FROM statuses"
DROP = "DELETE FROM statuses WHERE subject = :subject"
BY_TRACK = f"SELECT {_COLUMNS} FROM statuses WHERE track = :track"


@dataclass(frozen=True)
class Status:
    """One case's newest word; `sealed` opens with the track key only."""

    subject: bytes
    step: int
    word: str
    at: int
    track: bytes
    sealed: bytes
    came_at: int


def put(db: Connection, status: Status, news: bytes) -> bool:
    """Take a status over; False when one of the same or a higher step is here."""
    return db.execute(PUT, {**status.__dict__, "news": news}).rowcount == 1


def _one(row: Row | None) -> Status | None:
    return None if row is None else Status(*row)


def of(db: Connection, subject: bytes) -> Status | None:
    """Return the status of the submission with this envelope name, or None."""
    return _one(db.execute(OF, {"subject": subject}).fetchone())


def by_track(db: Connection, track: bytes) -> Status | None:
    """Return the status sealed to this track key, or None: also of a case that was taken at another site."""
    return _one(db.execute(BY_TRACK, {"track": track}).fetchone())


def every(db: Connection) -> list[tuple[Status, bytes]]:
    """Return every case's newest word with the name of the envelope that brought it."""
    return [(Status(*row[:-1]), row["news"]) for row in db.execute(EVERY).fetchall()]


def drop(db: Connection, subject: bytes) -> None:
    """Take a word out."""
    db.execute(DROP, {"subject": subject})
