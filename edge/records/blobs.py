"""What is too large for an envelope, item by item, and how much of it the hub holds, as far as it said."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from edge.domain.blob import EVERYTHING, Blob, Ranges, ranges, within
from edge.ground.database import Connection, Row

_COLUMNS = "name, items, bytes, missing, state"
ADD = """INSERT INTO blobs (name, items, bytes, missing, state) VALUES (:name, :items, :bytes, :missing, :state)
         ON CONFLICT (name) DO NOTHING"""
ADD_ITEM = "INSERT INTO blob_items (blob, number, content) VALUES (:blob, :number, :content) ON CONFLICT DO NOTHING"
ATTACH = "INSERT INTO attached (envelope, blob) VALUES (:envelope, :blob) ON CONFLICT DO NOTHING"
GET = f"SELECT {_COLUMNS} FROM blobs WHERE name = :name"
ITEM = "SELECT content FROM blob_items WHERE blob = :blob AND number = :number"
OF = f"""SELECT {_COLUMNS} FROM blobs JOIN attached a ON a.blob = name WHERE a.envelope = :envelope ORDER BY number"""
OWNERS = "SELECT envelope FROM attached WHERE blob = :name ORDER BY envelope"
TO_SEND = f"""SELECT {_COLUMNS} FROM blobs WHERE state IN ('sealed', 'offered', 'partial') AND EXISTS
              (SELECT 1 FROM attached a JOIN lane l ON l.name = a.envelope
               WHERE a.blob = blobs.name AND l.position <= :position)
              ORDER BY bytes, number LIMIT :most"""
MOVE = "UPDATE blobs SET missing = :missing, state = :state WHERE name = :name"
OFFER = "UPDATE blobs SET state = 'offered' WHERE name = :name AND state = 'sealed'"
WAITING = """SELECT count(*) AS n, coalesce(sum(bytes), 0) AS size FROM blobs
             WHERE state IN ('sealed', 'offered', 'partial')"""
LEFT = "SELECT items, bytes, missing FROM blobs WHERE state IN ('sealed', 'offered', 'partial')"
DETACH = "DELETE FROM attached WHERE envelope = :envelope"
DROP_ITEMS = "DELETE FROM blob_items WHERE blob = :name AND NOT EXISTS (SELECT 1 FROM attached WHERE blob = :name)"
DROP = "DELETE FROM blobs WHERE name = :name AND NOT EXISTS (SELECT 1 FROM attached WHERE blob = :name)"
ALL = f"SELECT {_COLUMNS} FROM blobs ORDER BY number"


@dataclass(frozen=True)
class Stored:
    """One blob. `items` counts the list and the chunks, `missing` is what the hub lacks as far as it said.

    `state`: sealed, offered (sent, not answered yet), partial, complete, lost (damaged here, and said so).
    """

    name: bytes
    items: int
    bytes: int
    missing: Ranges
    state: str

    @property
    def to_send(self) -> list[int]:
        """The numbers of the items that the hub lacks, rising."""
        return within(self.missing, self.items)


def _one(row: Row) -> Stored:
    missing = msgspec.msgpack.decode(row["missing"], type=Ranges)
    return Stored(row["name"], row["items"], row["bytes"], missing, row["state"])


def add(db: Connection, envelope: bytes, blobs: Iterable[Blob]) -> None:
    """Keep the blobs that an envelope names, in the transaction that keeps the envelope."""
    for blob in blobs:
        items = blob.items
        db.execute(ADD, {"name": blob.name, "items": len(items), "bytes": blob.size, "state": "sealed",
                         "missing": msgspec.msgpack.encode(EVERYTHING)})
        for number, content in enumerate(items):
            db.execute(ADD_ITEM, {"blob": blob.name, "number": number, "content": content})
        db.execute(ATTACH, {"envelope": envelope, "blob": blob.name})


def get(db: Connection, name: bytes) -> Stored | None:
    """Return the blob of this name, or None."""
    row = db.execute(GET, {"name": name}).fetchone()
    return None if row is None else _one(row)


def item(db: Connection, name: bytes, number: int) -> bytes | None:
    """Return one item as the disk gives it back, unchecked, or None where it is gone."""
    row = db.execute(ITEM, {"blob": name, "number": number}).fetchone()
    return None if row is None else row["content"]


def of_envelope(db: Connection, envelope: bytes) -> list[Stored]:
    """Return the blobs that an envelope names, the manifest first."""
    return [_one(row) for row in db.execute(OF, {"envelope": envelope})]


def owners(db: Connection, name: bytes) -> list[bytes]:
    """Return the names of the envelopes that name this blob."""
    return [row["envelope"] for row in db.execute(OWNERS, {"name": name})]


def to_send(db: Connection, position: int, most: int) -> list[Stored]:
    """Return up to `most` blobs that the hub lacks something of and whose envelope stands on the lane up to a place,
    the small ones first.
    """
    return [_one(row) for row in db.execute(TO_SEND, {"position": position, "most": most})]


def offered(db: Connection, name: bytes) -> None:
    """Note that something of a blob is under way for the first time."""
    db.execute(OFFER, {"name": name})


def heard(db: Connection, stored: Stored, wanted: Ranges) -> None:
    """Note what the hub says that it lacks of a blob."""
    missing = ranges(within(wanted, stored.items))
    db.execute(MOVE, {"name": stored.name, "missing": msgspec.msgpack.encode(missing),
                      "state": "partial" if missing else "complete"})


def lose(db: Connection, name: bytes) -> None:
    """Note that a blob cannot be delivered any more; one that was never here is noted as well, so that it is said
    once.
    """
    nothing = msgspec.msgpack.encode(())
    db.execute(ADD, {"name": name, "items": 0, "bytes": 0, "missing": nothing, "state": "lost"})
    db.execute(MOVE, {"name": name, "missing": nothing, "state": "lost"})


def waiting(db: Connection) -> tuple[int, int]:
    """Return how many blobs the hub does not hold whole yet, and their bytes."""
    row = db.execute(WAITING).fetchone()
    return row["n"], row["size"]


def items_left(db: Connection) -> int:
    """Return how many items the hub lacks of all blobs together."""
    return sum(len(within(msgspec.msgpack.decode(row["missing"], type=Ranges), row["items"]))
               for row in db.execute(LEFT))


def bytes_left(db: Connection) -> int:
    """Return about how many bytes the hub lacks of all blobs together."""
    return sum(row["bytes"] * len(within(msgspec.msgpack.decode(row["missing"], type=Ranges), row["items"]))
               // max(1, row["items"]) for row in db.execute(LEFT))


def forget(db: Connection, envelopes: Iterable[bytes]) -> int:
    """Drop the blobs of envelopes that were pruned or erased; one that another envelope names too stays. Returns how
    many.
    """
    dropped = 0
    for envelope in envelopes:
        names = [one.name for one in of_envelope(db, envelope)]
        db.execute(DETACH, {"envelope": envelope})
        for name in names:
            db.execute(DROP_ITEMS, {"name": name})
            dropped += db.execute(DROP, {"name": name}).rowcount
    return dropped


def every(db: Connection) -> list[Stored]:
    """Return all blobs, oldest first."""
    return [_one(row) for row in db.execute(ALL)]
