"""Forms that the disk has spoiled: kept as rows, told to the citizen and to the county, never sent."""

from dataclasses import dataclass

from edge.ground.database import Connection

ADD = """INSERT INTO spoiled (name, place, held, found_at, track, lodged_at)
         VALUES (:name, :place, :held, :at, :track, :lodged_at) ON CONFLICT (name) DO NOTHING"""
ALL = "SELECT name, place, held, found_at, lodged_at FROM spoiled ORDER BY place, name"
HAS = "SELECT 1 FROM spoiled WHERE name = :name"
BY_TRACK = "SELECT 1 FROM spoiled WHERE track = :track AND held = 0"
COUNT = "SELECT count(*) AS n FROM spoiled WHERE held = 0"


@dataclass(frozen=True)
class Spoiled:
    """One envelope. `held`: the county has it all the same; `lodged_at` where the row of the submission is gone too."""

    name: bytes
    place: int
    held: bool
    found_at: int
    lodged_at: int | None


def add(db: Connection, found: Spoiled, track: bytes | None = None) -> None:
    """Note a spoiled envelope once; `track` where nothing else here tells whose it was."""
    db.execute(ADD, {"name": found.name, "place": found.place, "held": int(found.held), "at": found.found_at,
                     "track": track, "lodged_at": found.lodged_at})


def has(db: Connection, name: bytes) -> bool:
    """Return whether the envelope of this name is spoiled."""
    return db.execute(HAS, {"name": name}).fetchone() is not None


def lost_by_track(db: Connection, track: bytes) -> bool:
    """Return whether a form of this track key is lost: its row is gone and the county never had it."""
    return db.execute(BY_TRACK, {"track": track}).fetchone() is not None


def every(db: Connection) -> list[Spoiled]:
    """Return all, by their place."""
    return [Spoiled(row["name"], row["place"], bool(row["held"]), row["found_at"], row["lodged_at"])
            for row in db.execute(ALL)]


def lost(db: Connection) -> int:
    """Return how many are held by nobody any more."""
    count: int = db.execute(COUNT).fetchone()["n"]
    return count
