"""What was taken at this site. Only times, counts and the name of the envelope are readable here."""

from dataclasses import dataclass

from edge.domain.mend import flipped_to
from edge.ground.database import Connection, Row
from edge.ground.sealing import digest

_COLUMNS = "id, name, latest, track, record, answered, lodged_at, held_at, first_held_at"
ADD = """INSERT INTO submissions (id, name, latest, track, record, lodged_at, row_check)
         VALUES (:id, :name, :name, :track, :record, :at, :row_check)"""
CHECKED = "SELECT id, name, track, record, row_check FROM submissions WHERE row_check IS NOT NULL"
MEND = "UPDATE submissions SET track = :track, record = :record WHERE id = :id"
GET = f"SELECT {_COLUMNS} FROM submissions WHERE id = :id"
BY_TRACK = f"SELECT {_COLUMNS} FROM submissions WHERE track = :track"
BY_NAME = f"SELECT {_COLUMNS} FROM submissions WHERE name = :name"
FOLLOW = """UPDATE submissions SET latest = :latest, answered = :answered, held_at = NULL
            WHERE id = :id AND answered < :answered"""
HOLD = """UPDATE submissions SET held_at = :at, first_held_at = coalesce(first_held_at, :at) WHERE held_at IS NULL
          AND latest IN (SELECT name FROM lane WHERE position > :above AND position <= :n)"""
COUNT = "SELECT count(*) AS n FROM submissions"
ERASE = "UPDATE submissions SET record = x'', row_check = NULL WHERE name = :name"


@dataclass(frozen=True)
class Submission:
    """One row; moments in seconds since 1970 by this machine's clock.

    `held_at` is of the `latest` envelope, `first_held_at` of whichever was held first: an amendment does not move it.
    """

    id: str
    name: bytes
    latest: bytes
    track: bytes
    record: bytes
    answered: int
    lodged_at: int
    held_at: int | None
    first_held_at: int | None


def _one(row: Row | None) -> Submission | None:
    return None if row is None else Submission(*row)


def add(db: Connection, id: str, name: bytes, track: bytes, record: bytes, at: int) -> None:
    """Note a new submission."""
    db.execute(ADD, {"id": id, "name": name, "track": track, "record": record, "at": at,
                     "row_check": row_check(id, name, track, record)})


def get(db: Connection, id: str) -> Submission | None:
    """Return the submission of this id, or None."""
    return _one(db.execute(GET, {"id": id}).fetchone())


def by_track(db: Connection, track: bytes) -> Submission | None:
    """Return the submission sealed to this track key, or None."""
    return _one(db.execute(BY_TRACK, {"track": track}).fetchone())


def by_name(db: Connection, name: bytes) -> Submission | None:
    """Return the submission whose envelope has this name, or None."""
    return _one(db.execute(BY_NAME, {"name": name}).fetchone())


def follow(db: Connection, id: str, latest: bytes, answered: int) -> bool:
    """Note the amendment that answers step `answered`; False when that step was answered before."""
    return db.execute(FOLLOW, {"id": id, "latest": latest, "answered": answered}).rowcount == 1


def hold(db: Connection, above: int, n: int, at: int) -> None:
    """Note when the hub's receipt first covered the envelopes above one place up to n."""
    db.execute(HOLD, {"above": above, "n": n, "at": at})


def count(db: Connection) -> int:
    """Return how many were taken here."""
    n: int = db.execute(COUNT).fetchone()["n"]
    return n


def erase(db: Connection, name: bytes) -> None:
    """Take the citizen's own record away as well."""
    db.execute(ERASE, {"name": name})


def row_check(id: str, name: bytes, track: bytes, record: bytes) -> bytes:
    """Return the hashes by which a flipped bit in a row is found: of the track key as it belongs to this form, and of
    the record.
    """
    return digest(id.encode(), name, digest(track)) + digest(track) + digest(record)


def damaged(db: Connection) -> list[str]:
    """Return the ids of rows that are not what was written."""
    return [row["id"] for row in db.execute(CHECKED) if _mended(row) is not row]


def mend(db: Connection) -> int:
    """Put right what one flipped bit explains; return how many rows. What cannot be put right stays as it is."""
    mended = 0
    for row in db.execute(CHECKED).fetchall():
        true = _mended(row)
        if isinstance(true, tuple):
            db.execute(MEND, {"id": row["id"], "track": true[0], "record": true[1]})
            mended += 1
    return mended


def _mended(row: Row) -> Row | tuple[bytes, bytes] | None:
    """Return the row itself when it is whole, (track, record) as they were, or None where that cannot be told."""
    binding, of_track, of_record = row["row_check"][:32], row["row_check"][32:64], row["row_check"][64:]
    track, record = row["track"], row["record"]
    erased = record == b""
    if digest(track) == of_track and (erased or digest(record) == of_record):
        return row
    if digest(row["id"].encode(), row["name"], of_track) != binding:
        return None   # the check itself is damaged: it accuses nobody
    true = track if digest(track) == of_track else flipped_to(track, of_track)
    kept = record if erased or digest(record) == of_record else flipped_to(record, of_record)
    return None if true is None or kept is None else (true, kept)
