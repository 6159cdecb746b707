"""The device's own lane: appended to in the transaction that makes an envelope, begun anew when the hub knows another
history.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from edge.domain.lane import INCARNATION_BYTES, UP, Position, link, start
from edge.domain.mend import bears
from edge.ground.database import Connection
from edge.records import facts
from edge.records.envelopes import Stored, from_row

NEWEST = "SELECT incarnation FROM incarnations ORDER BY number DESC LIMIT 1"
COUNT = "SELECT count(*) AS n FROM incarnations"
BEGIN = "INSERT INTO incarnations (incarnation, why, began_at) VALUES (:incarnation, :why, :at)"
HEAD = "SELECT position, chain FROM lane ORDER BY position DESC LIMIT 1"
AT = "SELECT chain FROM lane WHERE position = :position"
APPEND = "INSERT INTO lane (position, name, chain) VALUES (:position, :name, :chain)"
NAMES = """SELECT name FROM lane JOIN envelopes USING (name) WHERE name NOT IN (SELECT name FROM spoiled)
           ORDER BY position"""
OFF_LANE = """SELECT name FROM envelopes WHERE name NOT IN (SELECT name FROM lane)
              AND name NOT IN (SELECT name FROM spoiled)"""
CLEAR = "DELETE FROM lane"
PLACE = "SELECT position FROM lane WHERE name = :name"
AFTER = """SELECT e.name, e.header, e.payload, e.payload_hash, e.signature FROM lane l JOIN envelopes e USING (name)
           WHERE l.position > :position ORDER BY l.position LIMIT :most"""
BYTES_BEHIND = """SELECT coalesce(sum(length(e.header) + coalesce(length(e.payload), 32)), 0) AS n
                  FROM lane l JOIN envelopes e USING (name) WHERE l.position > :position"""
ALL = "SELECT position, name, chain FROM lane ORDER BY position"
DEVICE = "device"
EVERY = -1   # LIMIT -1: no limit
DELETED = "SELECT n, chain FROM deleted WHERE incarnation = :incarnation"
DELETE_TO = """INSERT INTO deleted (incarnation, n, chain) VALUES (:incarnation, :n, :chain)
               ON CONFLICT (incarnation) DO UPDATE SET n = excluded.n, chain = excluded.chain"""
FELL = "UPDATE deleted SET fell_to = :n, fell_at = :at WHERE incarnation = :incarnation AND n > :n"
EVER_DELETED = "SELECT incarnation, n, chain, fell_to, fell_at FROM deleted ORDER BY incarnation"
NAMES_UP_TO = "SELECT name FROM lane WHERE position <= :position ORDER BY position LIMIT :most"
DROP = "DELETE FROM lane WHERE position <= :position"
MARK = """INSERT INTO safe_marks (position, hub_time) SELECT :safe, :at
          WHERE :safe > (SELECT coalesce(max(position), 0) FROM safe_marks)"""
RIPE = "SELECT coalesce(max(position), 0) AS n FROM safe_marks WHERE hub_time <= :before"
UNMARK = "DELETE FROM safe_marks"


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


@dataclass(frozen=True)
class Deleted:
    """Up to which place the envelopes of an incarnation were deleted here; `fell_to` is what the hub said it held when
    that was less, else None.
    """

    incarnation: bytes
    n: int
    chain: bytes
    fell_to: int | None
    fell_at: int | None


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
    """Begin an incarnation; every envelope still here goes in again, word for word, in the old order, but for those
    that the disk has spoiled.
    """
    names = [row["name"] for row in db.execute(NAMES)]
    db.execute(BEGIN, {"incarnation": incarnation, "why": why, "at": at})
    db.execute(CLEAR)
    db.execute(UNMARK)
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
    return deleted(db) if row is None else Position(incarnation(db), row["position"], row["chain"])


def deleted(db: Connection) -> Position:
    """Return up to where the present lane's envelopes were deleted, and the chain value there."""
    present = incarnation(db)
    row = db.execute(DELETED, {"incarnation": present}).fetchone()
    return Position(present, row["n"], row["chain"]) if row else Position(present, 0, start(UP, device(db), present))


def ever_deleted(db: Connection) -> list[Deleted]:
    """Return what was deleted of each incarnation that there was."""
    return [Deleted(*row) for row in db.execute(EVER_DELETED)]


def note_fall(db: Connection, incarnation: bytes, n: int, at: int) -> bool:
    """Note that the hub holds a lane only up to n; True when more than that was deleted here."""
    return db.execute(FELL, {"incarnation": incarnation, "n": n, "at": at}).rowcount == 1


def mark_safe(db: Connection, safe: int, at: int) -> None:
    """Note the hub's time at which it first said that the lane is safe so far."""
    db.execute(MARK, {"safe": safe, "at": at})


def ripe(db: Connection, before: int) -> int:
    """Return up to which place the hub called the lane safe no later than `before`, by its own time."""
    n: int = db.execute(RIPE, {"before": before}).fetchone()["n"]
    return n


def cut(db: Connection, most: int, up_to: int) -> list[bytes]:
    """Take up to `most` places off the lane's beginning, none above `up_to`; return their names.

    The chain value behind them stays: what the hub says about any later place can still be compared.
    """
    names = [row["name"] for row in db.execute(NAMES_UP_TO, {"position": up_to, "most": most})]
    before = deleted(db)
    n = before.n + len(names)
    chain = chain_at(db, n)
    if names and chain is not None:
        db.execute(DELETE_TO, {"incarnation": before.incarnation, "n": n, "chain": chain})
        db.execute(DROP, {"position": n})
    return names


def chain_at(db: Connection, n: int) -> bytes | None:
    """Return the chain value after the first n names, or None where the lane does not reach or was deleted."""
    cut_off = deleted(db)
    if n == cut_off.n:
        return cut_off.chain
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


def bytes_behind(db: Connection, n: int) -> int:
    """Return how many bytes the envelopes behind place n have."""
    found: int = db.execute(BYTES_BEHIND, {"position": n}).fetchone()["n"]
    return found


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


def waiting(db: Connection) -> int:
    """Return how many envelopes stand behind the last believed receipt."""
    return head(db).n - acked(db)[0]


def sent(db: Connection) -> int:
    """Return up to which place an unanswered message carries the lane; 0 when none is under way."""
    return facts.get(db, "sent", int) or 0


def keep_sent(db: Connection, n: int) -> None:
    """Note that a message up to place n is under way (0: none)."""
    facts.put(db, "sent", n)


def recomputes(db: Connection) -> bool:
    """Return whether the places run on without a gap and every chain value follows from the one before (I3)."""
    cut_off = deleted(db)
    chain, expected = cut_off.chain, cut_off.n + 1
    for row in db.execute(ALL):
        chain = link(chain, row["name"])
        if row["position"] != expected or row["chain"] != chain:
            return False
        expected += 1
    return True


def envelopes_sound(db: Connection) -> bool:
    """Return whether every envelope on the lane still hashes to its name and payload hash."""
    own = device(db)
    return all(bears(stored.envelope, stored.name, own) for stored in after(db, 0, EVERY))


def receipt_fits(db: Connection) -> bool:
    """Return whether the last believed receipt stands on this lane."""
    found = receipt(db)
    return found is None or chain_at(db, found.n) == found.chain


def off_lane(db: Connection) -> list[bytes]:
    """Return the names of envelopes that stand nowhere, though they should: their row of the lane is damaged."""
    return [row["name"] for row in db.execute(OFF_LANE)]


def take_over(db: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Note again, from a damaged file, which incarnations there were."""
    for row in rows:
        if isinstance(row["incarnation"], bytes) and len(row["incarnation"]) == INCARNATION_BYTES:
            db.execute(BEGIN, {"incarnation": row["incarnation"], "why": str(row["why"]), "at": row["began_at"]})
