"""Blobs chunk by chunk, the envelopes that name them, and what will never come."""

from collections.abc import Iterable
from dataclasses import dataclass

from edge.domain.blob import EVERYTHING, Ranges, ranges
from edge.domain.envelope import NAME_BYTES
from edge.ground.database import Connection
from sync.hub.tables.rows import first, number_of

NAME = "INSERT INTO blobs (name) VALUES (:blob) ON CONFLICT (name) DO NOTHING"
PART = """INSERT INTO parts (envelope, blob, device, manifest, named_at, state)
          VALUES (:envelope, :blob, :device, :manifest, :at,
                  CASE WHEN (SELECT left FROM blobs WHERE name = :blob) = 0 THEN 'complete'
                       WHEN EXISTS (SELECT 1 FROM lost_parts WHERE envelope = :envelope AND blob = :blob
                                    AND device = :device) THEN 'lost' ELSE 'waiting' END)
          ON CONFLICT DO NOTHING"""
GET = "SELECT name, list, left FROM blobs WHERE name = :blob"
LIST = "UPDATE blobs SET list = :list, left = :left WHERE name = :blob AND list IS NULL"
ADD = "INSERT INTO blob_chunks (blob, number, content) VALUES (:blob, :number, :content) ON CONFLICT DO NOTHING"
LESS = "UPDATE blobs SET left = left - 1 WHERE name = :blob RETURNING left"
MORE = "UPDATE blobs SET left = left + 1 WHERE name = :blob"
STATE = "UPDATE parts SET state = :state WHERE blob = :blob"
DROP = "DELETE FROM blob_chunks WHERE blob = :blob AND number = :number"
NO_LIST = "UPDATE blobs SET list = NULL, left = -1 WHERE name = :blob"
DROP_ALL = "DELETE FROM blob_chunks WHERE blob = :blob"
NUMBERS = "SELECT number FROM blob_chunks WHERE blob = :blob"
CHUNKS = "SELECT number, content FROM blob_chunks WHERE blob = :blob ORDER BY number"
NAMERS = "SELECT envelope, device FROM parts WHERE blob = :blob AND manifest = 1 ORDER BY envelope"
SAY_LOST = """INSERT INTO lost_parts (envelope, blob, device, said_at, why)
              VALUES (:envelope, :blob, :device, :at, :why) ON CONFLICT DO NOTHING"""
LOSE = """UPDATE parts SET state = 'lost'
          WHERE envelope = :envelope AND blob = :blob AND device = :device AND state = 'waiting'"""
MISSING = """SELECT blob, envelope FROM parts WHERE device = :device AND state = 'waiting'
             ORDER BY named_at, envelope, blob LIMIT :most"""
NAMED = "SELECT envelope FROM parts WHERE blob = :blob AND device = :device ORDER BY envelope LIMIT 1"
_OF_CASE = "envelope IN (SELECT :subject UNION SELECT name FROM follow_ups WHERE subject = :subject)"
OF_CASE = f"SELECT envelope, blob, device, manifest, state FROM parts WHERE {_OF_CASE} ORDER BY envelope, blob"
WAITING = f"SELECT count(DISTINCT blob) AS n FROM parts WHERE {_OF_CASE} AND state = 'waiting'"
FIRST_LACKING = """SELECT min(n.position) AS n FROM parts p JOIN lane_names n ON n.name = p.envelope
                   WHERE p.device = :device AND p.state = 'waiting' AND n.device = :device
                   AND n.incarnation = :incarnation"""
BYTES = """SELECT coalesce(sum(length(c.content)), 0) AS n FROM blob_chunks c
           WHERE c.blob IN (SELECT p.blob FROM parts p JOIN envelopes e ON e.name = p.envelope
                            WHERE e.device = :device)"""
STATES = "SELECT DISTINCT state FROM parts WHERE blob = :blob"
EVERY = "SELECT name, list, left FROM blobs ORDER BY name"


@dataclass(frozen=True)
class Part:
    """One blob of one envelope. `state`: waiting, complete, lost (its machine or a person said so)."""

    envelope: bytes
    blob: bytes
    device: bytes
    manifest: int
    state: str


@dataclass(frozen=True)
class Held:
    """One blob. `left` counts the chunks that are missing, -1 while the list is; 0 is complete."""

    name: bytes
    list: bytes | None
    left: int

    @property
    def hashes(self) -> tuple[bytes, ...]:
        """The hashes of its chunks; none while the list is missing."""
        whole = self.list or b""
        return tuple(whole[at:at + NAME_BYTES] for at in range(0, len(whole), NAME_BYTES))


def name(db: Connection, envelope: bytes, device: bytes, blobs: Iterable[bytes], at: int, *, manifest: bool) -> None:
    """Note which blobs an envelope names: from now on their chunks are taken."""
    for blob in blobs:
        db.execute(NAME, {"blob": blob})
        db.execute(PART, {"envelope": envelope, "blob": blob, "device": device, "manifest": int(manifest), "at": at})


def get(db: Connection, blob: bytes) -> Held | None:
    """Return the blob of this name, or None when nothing names it."""
    return first(db, GET, {"blob": blob}, Held)


def keep_list(db: Connection, blob: bytes, item: bytes) -> None:
    """Keep a blob's list, which was checked."""
    db.execute(LIST, {"blob": blob, "list": item, "left": len(item) // NAME_BYTES})


def keep_chunk(db: Connection, blob: bytes, number: int, content: bytes) -> bool:
    """Keep a chunk, which was checked; one that is here already changes nothing. True when it was the last one."""
    if db.execute(ADD, {"blob": blob, "number": number, "content": content}).rowcount != 1:
        return False
    complete: bool = db.execute(LESS, {"blob": blob}).fetchone()["left"] == 0
    if complete:
        db.execute(STATE, {"blob": blob, "state": "complete"})
    return complete


def drop_chunk(db: Connection, blob: bytes, number: int) -> None:
    """Give a chunk up that the disk has changed: it is missing again."""
    if db.execute(DROP, {"blob": blob, "number": number}).rowcount == 1:
        db.execute(MORE, {"blob": blob})
        db.execute(STATE, {"blob": blob, "state": "waiting"})


def drop_all(db: Connection, blob: bytes) -> None:
    """Give a blob up whose list the disk has changed: all of it is missing again."""
    db.execute(DROP_ALL, {"blob": blob})
    db.execute(NO_LIST, {"blob": blob})
    db.execute(STATE, {"blob": blob, "state": "waiting"})


def missing(db: Connection, held: Held) -> Ranges:
    """Return which items of a blob are missing here."""
    if held.left < 0:
        return EVERYTHING
    if held.left == 0:
        return ()
    here = {row["number"] for row in db.execute(NUMBERS, {"blob": held.name})}
    return ranges(set(range(1, len(held.hashes) + 1)) - here)


def chunks(db: Connection, blob: bytes) -> list[tuple[int, bytes]]:
    """Return (number, content) of the chunks that are here, in order, unchecked."""
    return [(row["number"], row["content"]) for row in db.execute(CHUNKS, {"blob": blob})]


def manifest_of(db: Connection, blob: bytes) -> list[tuple[bytes, bytes]]:
    """Return (envelope, device) of the envelopes whose manifest this blob is."""
    return [(row["envelope"], row["device"]) for row in db.execute(NAMERS, {"blob": blob})]


def lose(db: Connection, envelope: bytes, device: bytes, blobs: Iterable[bytes], at: int, why: str) -> None:
    """Note that blobs of an envelope will never come. It counts for the device's own envelopes only."""
    for blob in blobs:
        row = {"envelope": envelope, "blob": blob, "device": device, "at": at, "why": why}
        db.execute(SAY_LOST, row)
        db.execute(LOSE, row)


def missing_of_device(db: Connection, device: bytes, most: int) -> list[tuple[bytes, bytes]]:
    """Return (blob, envelope) of up to `most` blobs that this device has still to deliver, the oldest first."""
    return [(row["blob"], row["envelope"]) for row in db.execute(MISSING, {"device": device, "most": most})]


def named_by(db: Connection, device: bytes, blob: bytes) -> bytes:
    """Return an envelope of this device that names a blob; empty when none does."""
    row = db.execute(NAMED, {"device": device, "blob": blob}).fetchone()
    return b"" if row is None else row["envelope"]


def of_case(db: Connection, subject: bytes) -> list[Part]:
    """Return the blobs of a case, its amendments' and the manifests included."""
    return [Part(*row) for row in db.execute(OF_CASE, {"subject": subject})]


def states(db: Connection, blob: bytes) -> set[str]:
    """Return in which states the envelopes that name a blob see it."""
    return {row["state"] for row in db.execute(STATES, {"blob": blob})}


def waiting_for(db: Connection, subject: bytes) -> int:
    """Return how many blobs a case still waits for, its amendments' included; one whose manifest is missing waits for
    that.
    """
    return number_of(db, WAITING, {"subject": subject})


def complete_up_to(db: Connection, device: bytes, incarnation: bytes, n: int) -> int:
    """Return up to which place of a lane, at most n, every envelope has all its blobs here, or they are lost.

    What is behind it must not be deleted at the machine, whatever the receipt covers.
    """
    row = db.execute(FIRST_LACKING, {"device": device, "incarnation": incarnation}).fetchone()
    return n if row["n"] is None else min(n, row["n"] - 1)


def bytes_of(db: Connection, device: bytes) -> int:
    """Return how many bytes of chunks are here that envelopes of a device name."""
    return number_of(db, BYTES, {"device": device})


def every(db: Connection) -> list[Held]:
    """Return all blobs."""
    return [Held(*row) for row in db.execute(EVERY)]
