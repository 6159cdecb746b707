"""The lanes that devices said, as the hub durably holds them, and the forks that were seen."""

from edge.domain.lane import UP, Position, start
from edge.ground.database import Connection
from sync.hub.tables.rows import number_of

CREATE = """INSERT INTO lanes (device, incarnation, chain) VALUES (:device, :incarnation, :chain)
            ON CONFLICT (device, incarnation) DO NOTHING"""
GET = "SELECT head, chain FROM lanes WHERE device = :device AND incarnation = :incarnation"
NAMED = """SELECT name, chain FROM lane_names
           WHERE device = :device AND incarnation = :incarnation AND position = :position"""
ADD = """INSERT INTO lane_names (device, incarnation, position, name, chain)
         VALUES (:device, :incarnation, :position, :name, :chain)"""
MOVE = "UPDATE lanes SET head = :position, chain = :chain WHERE device = :device AND incarnation = :incarnation"
FORK = """INSERT INTO forks (device, incarnation, position, name, seen_at)
          VALUES (:device, :incarnation, :position, :name, :at) ON CONFLICT DO NOTHING"""
OF_DEVICE = "SELECT incarnation, head, chain FROM lanes WHERE device = :device"
HOW_MANY = "SELECT count(DISTINCT name) AS n FROM lane_names WHERE device = :device"
ALL_NAMES = """SELECT position, name, chain FROM lane_names
               WHERE device = :device AND incarnation = :incarnation ORDER BY position"""

# whole: with its content, unless the law had it erased
INCOMPLETE = """SELECT min(n.position) AS gap FROM lane_names n JOIN envelopes e USING (name)
                WHERE n.device = :device AND n.incarnation = :incarnation AND e.payload IS NULL
                AND NOT EXISTS (SELECT 1 FROM book b WHERE b.kind = 'erased' AND b.subject IN (n.name, e.ref))"""


def head(db: Connection, device: bytes, incarnation: bytes) -> Position:
    """Return the end of a lane; a lane never heard of ends at 0."""
    row = db.execute(GET, {"device": device, "incarnation": incarnation}).fetchone()
    if row is None:
        return Position(incarnation, 0, start(UP, device, incarnation))
    return Position(incarnation, row["head"], row["chain"])


def create(db: Connection, device: bytes, incarnation: bytes) -> None:
    """Make the lane's row if it is absent; inside the write lock nobody else moves it."""
    db.execute(CREATE, {"device": device, "incarnation": incarnation, "chain": start(UP, device, incarnation)})


def named(db: Connection, device: bytes, incarnation: bytes, position: int) -> tuple[bytes, bytes] | None:
    """Return (name, chain) at a place, or None where the lane does not reach."""
    row = db.execute(NAMED, {"device": device, "incarnation": incarnation, "position": position}).fetchone()
    return None if row is None else (row["name"], row["chain"])


def first_incomplete(db: Connection, device: bytes, incarnation: bytes) -> int | None:
    """Return the first place of a lane whose envelope is not here with all that it names, or None."""
    gap: int | None = db.execute(INCOMPLETE, {"device": device, "incarnation": incarnation}).fetchone()["gap"]
    return gap


def grow(db: Connection, device: bytes, end: Position, name: bytes) -> None:
    """Give the next place of a lane to `name`; `end` is the lane's new end."""
    place = {"device": device, "incarnation": end.incarnation, "position": end.n, "chain": end.chain}
    db.execute(ADD, {**place, "name": name})
    db.execute(MOVE, place)


def fork(db: Connection, device: bytes, incarnation: bytes, position: int, name: bytes, at: int) -> None:
    """Record another name at a taken place."""
    db.execute(FORK, {"device": device, "incarnation": incarnation, "position": position, "name": name, "at": at})


def of_device(db: Connection, device: bytes) -> list[Position]:
    """Return the end of every lane that a device ever had here."""
    return [Position(row["incarnation"], row["head"], row["chain"]) for row in db.execute(OF_DEVICE,
                                                                                          {"device": device})]


def how_many(db: Connection, device: bytes) -> int:
    """Return how many envelopes a device's lanes hold; a new lane takes in again what the machine had, counted once."""
    ends = of_device(db, device)
    if len(ends) <= 1:
        return sum(end.n for end in ends)   # the usual one lane holds no name twice, and need not be read
    return number_of(db, HOW_MANY, {"device": device})


def names(db: Connection, device: bytes, incarnation: bytes) -> list[tuple[int, bytes, bytes]]:
    """Return (position, name, chain) of a whole lane, in order."""
    rows = db.execute(ALL_NAMES, {"device": device, "incarnation": incarnation})
    return [(row["position"], row["name"], row["chain"]) for row in rows]
