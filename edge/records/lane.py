"""The device's own lane: appended to in the transaction that makes an envelope, begun anew when the hub knows another
history.
"""

from dataclasses import dataclass

from edge.domain.lane import UP, Position, link, start
from edge.ground.database import Connection
from edge.ground.sealing import digest
from edge.records import facts
from edge.records.envelopes import Stored, from_row

NEWEST = "SELECT incarnation FROM incarnations ORDER BY number DESC LIMIT 1"
COUNT = "SELECT count(*) AS n FROM incarnations"
BEGIN = "INSERT INTO incarnations (incarnation, why, began_at) VALUES (:incarnation, :why, :at)"
HEAD = "SELECT position, chain FROM lane ORDER BY position DESC LIMIT 1"
AT = "SELECT chain FROM lane WHERE position = :position"
APPEND = "INSERT INTO lane (position, name, chain) VALUES (:position, :name, :chain)"
NAMES = "SELECT name FROM lane ORDER BY position"
CLEAR = "DELETE FROM lane"
PLACE = "SELECT position FROM lane WHERE name = :name"
AFTER = """SELECT e.name, e.header, e.payload, e.payload_hash, e.signature FROM lane l JOIN envelopes e USING (name)
           WHERE l.position > :position ORDER BY l.position LIMIT :most"""
ALL = "SELECT position, name, chain FROM lane ORDER BY position"
DEVICE = "device"
EVERY = -1   # LIMIT -1: no limit


@dataclass(frozen=True)
class Receipt:
    """The hub's last signed word that was believed: it holds the lane up to n, and up to `safe` also in every backup.
    """

    incarnation: bytes
    n: int
    chain: bytes
    safe: int
    at: int
    signed: bytes
    signature: bytes


def device(db: Connection) -> bytes:
    """Return the 16-byte device id that the hub gave.

    Raises:
        LookupError: not enrolled.
    """
    found = facts.get(db, DEVICE, bytes)
    if found is None:
        raise LookupError("this folder is not enrolled")
    return found


def begin(db: Connection, incarnation: bytes, why: str, at: int) -> None:
    """Begin an incarnation; every envelope still here goes in again, word for word, in the old order."""
    names = [row["name"] for row in db.execute(NAMES)]
    db.execute(BEGIN, {"incarnation": incarnation, "why": why, "at": at})
    db.execute(CLEAR)
    facts.forget(db, "receipt")
    for name in names:
        append(db, name)


def incarnation(db: Connection) -> bytes:
    """Return the present incarnation, 8 bytes."""
    found: bytes = db.execute(NEWEST).fetchone()["incarnation"]
    return found


def incarnations(db: Connection) -> int:
    """Return how many there were, the present one included."""
    count: int = db.execute(COUNT).fetchone()["n"]
    return count


def head(db: Connection) -> Position:
    """Return the end of the lane."""
    row = db.execute(HEAD).fetchone()
    present = incarnation(db)
    if row is None:
        return Position(present, 0, start(UP, device(db), present))
    return Position(present, row["position"], row["chain"])


def chain_at(db: Connection, n: int) -> bytes | None:
    """Return the chain value after the first n names, or None where the lane does not reach."""
    if n == 0:
        return start(UP, device(db), incarnation(db))
    row = db.execute(AT, {"position": n}).fetchone()
    return None if row is None else row["chain"]


def append(db: Connection, name: bytes) -> int:
    """Give an envelope the next place; return it."""
    end = head(db)
    db.execute(APPEND, {"position": end.n + 1, "name": name, "chain": link(end.chain, name)})
    return end.n + 1


def after(db: Connection, n: int, most: int) -> list[Stored]:
    """Return up to `most` envelopes behind place n, in order."""
    return [from_row(row) for row in db.execute(AFTER, {"position": n, "most": most})]


def place(db: Connection, name: bytes) -> int:
    """Return where an envelope stands; 0 when it stands nowhere."""
    row = db.execute(PLACE, {"name": name}).fetchone()
    return 0 if row is None else row["position"]


def receipt(db: Connection) -> Receipt | None:
    """Return the last believed receipt of the present incarnation."""
    return facts.get(db, "receipt", Receipt)


def keep_receipt(db: Connection, newest: Receipt) -> None:
    """Keep a receipt that was believed."""
    facts.put(db, "receipt", newest)


def acked(db: Connection) -> tuple[int, int]:
    """Return (n, safe) of the last believed receipt, zeros without one."""
    found = receipt(db)
    return (found.n, found.safe) if found else (0, 0)


def sent(db: Connection) -> int:
    """Return up to which place an unanswered message carries the lane; 0 when none is under way."""
    return facts.get(db, "sent", int) or 0


def keep_sent(db: Connection, n: int) -> None:
    """Note that a message up to place n is under way (0: none)."""
    facts.put(db, "sent", n)


def recomputes(db: Connection) -> bool:
    """Return whether the places run on without a gap and every chain value follows from the one before (I3)."""
    chain, expected = start(UP, device(db), incarnation(db)), 1
    for row in db.execute(ALL):
        chain = link(chain, row["name"])
        if row["position"] != expected or row["chain"] != chain:
            return False
        expected += 1
    return True


def envelopes_sound(db: Connection) -> bool:
    """Return whether every envelope on the lane still hashes to its name and payload hash."""
    own = device(db)
    return all(stored.envelope.name(own) == stored.name and
               (stored.envelope.payload is None or digest(stored.envelope.payload) == stored.envelope.payload_hash)
               for stored in after(db, 0, EVERY))


def receipt_fits(db: Connection) -> bool:
    """Return whether the last believed receipt stands on this lane."""
    found = receipt(db)
    return found is None or chain_at(db, found.n) == found.chain
