"""Envelopes this device made: stored once, never changed; erasure takes the payload only."""

from dataclasses import dataclass

from edge.domain.envelope import Envelope, Faulty, read_header
from edge.ground.database import Connection, Row

ADD = """INSERT INTO envelopes (name, header, payload, payload_hash, signature)
         VALUES (:name, :header, :payload, :payload_hash, :signature)"""
GET = "SELECT name, header, payload, payload_hash, signature FROM envelopes WHERE name = :name"
ERASE = "UPDATE envelopes SET payload = NULL WHERE name = :name"
EVERY = "SELECT name, header, payload, payload_hash, signature FROM envelopes"
MEND = """UPDATE envelopes SET header = :header, payload = :payload, payload_hash = :payload_hash,
          signature = :signature WHERE name = :name"""
HEADERS = "SELECT name, header FROM envelopes WHERE payload IS NOT NULL"
DROP = "DELETE FROM envelopes WHERE name = :name"
COUNT = "SELECT count(*) AS n FROM envelopes"


@dataclass(frozen=True)
class Stored:
    """An envelope with its name and the device's signature over it."""

    name: bytes
    envelope: Envelope
    signature: bytes


def from_row(row: Row) -> Stored:
    """Return the stored envelope in a row with the columns of `GET`."""
    return Stored(row["name"], Envelope(row["header"], row["payload_hash"], row["payload"]), row["signature"])


def add(db: Connection, stored: Stored) -> None:
    """Keep a new envelope."""
    envelope = stored.envelope
    db.execute(ADD, {
        "name": stored.name, "header": envelope.header_bytes, "payload": envelope.payload,
        "payload_hash": envelope.payload_hash, "signature": stored.signature})


def get(db: Connection, name: bytes) -> Stored | None:
    """Return the envelope of this name, or None."""
    row = db.execute(GET, {"name": name}).fetchone()
    return None if row is None else from_row(row)


def erase_payload(db: Connection, name: bytes) -> None:
    """Take the content away; name, header and H(payload) stay, so the chain still verifies."""
    db.execute(ERASE, {"name": name})


def about(db: Connection, subject: bytes) -> list[bytes]:
    """Return the names of a submission and of all that follows it, of those whose content is still here."""
    return [row["name"] for row in db.execute(HEADERS) if row["name"] == subject or _follows(row["header"], subject)]


def _follows(header: bytes, subject: bytes) -> bool:
    try:
        return read_header(header).ref == subject
    except Faulty:
        return False   # the disk has changed it; what another case is owed by law must not wait for that


def drop(db: Connection, name: bytes) -> None:
    """Delete an envelope that the hub and all its backups hold."""
    db.execute(DROP, {"name": name})


def count(db: Connection) -> int:
    """Return how many envelopes are kept here."""
    n: int = db.execute(COUNT).fetchone()["n"]
    return n


def every(db: Connection) -> list[Stored]:
    """Return all envelopes that are here, in no order."""
    return [from_row(row) for row in db.execute(EVERY)]


def mend(db: Connection, stored: Stored) -> None:
    """Put right what the disk has changed; the name stays."""
    envelope = stored.envelope
    db.execute(MEND, {
        "name": stored.name, "header": envelope.header_bytes, "payload": envelope.payload,
        "payload_hash": envelope.payload_hash, "signature": stored.signature})
