"""What each device said of its own lane in messages that it signed: the last of each day, for the proof of a period."""

from dataclasses import dataclass

from edge.ground.database import Connection
from sync.hub.tables.rows import first

PUT = """INSERT INTO statements (device, incarnation, day, number, end_hash, heard_at, n, chain, deleted)
         VALUES (:device, :incarnation, :day, :number, :end_hash, :heard_at, :n, :chain, :deleted)
         ON CONFLICT (device, incarnation, day) DO UPDATE SET number = excluded.number, end_hash = excluded.end_hash,
           heard_at = excluded.heard_at, n = excluded.n, chain = excluded.chain, deleted = excluded.deleted
         WHERE excluded.number > statements.number"""
_COLUMNS = "device, incarnation, day, number, end_hash, heard_at, n, chain, deleted"
LAST = f"""SELECT {_COLUMNS} FROM statements WHERE device = :device AND incarnation = :incarnation AND day <= :day
           ORDER BY day DESC LIMIT 1"""
LANES = """SELECT incarnation FROM statements WHERE device = :device
           GROUP BY incarnation ORDER BY min(day), min(number), incarnation"""


@dataclass(frozen=True)
class Statement:
    """Signed in message `number`: "my lane goes to n, with this chain value; up to `deleted` I deleted"."""

    device: bytes
    incarnation: bytes
    day: str
    number: int
    end_hash: bytes
    heard_at: int
    n: int
    chain: bytes
    deleted: int


def put(db: Connection, statement: Statement) -> None:
    """Keep a statement; of a day the one with the highest message number stays."""
    db.execute(PUT, statement.__dict__)


def last(db: Connection, device: bytes, incarnation: bytes, day: str) -> Statement | None:
    """Return the last statement about a lane up to the end of a day, or None."""
    return first(db, LAST, {"device": device, "incarnation": incarnation, "day": day}, Statement)


def lanes_spoken_of(db: Connection, device: bytes) -> list[bytes]:
    """Return every lane of which a device ever said something, in the order in which it first did."""
    return [row["incarnation"] for row in db.execute(LANES, {"device": device})]
