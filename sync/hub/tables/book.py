"""The black book's lines, one for each kind and subject, and what each of them does to the other tables."""

from dataclasses import dataclass

from edge.ground.database import Connection

ADD = """INSERT INTO book (kind, subject, at, content, signature) VALUES (:kind, :subject, :at, :content, :signature)
         ON CONFLICT (kind, subject) DO NOTHING"""
ALL = "SELECT kind, subject, at, content, signature FROM book ORDER BY at, kind, subject"
HAS = "SELECT 1 FROM book WHERE kind = :kind AND subject = :subject"
SUBJECTS = "SELECT subject, at FROM book WHERE kind = :kind"
IS_ERASED = "SELECT 1 FROM book WHERE kind = 'erased' AND subject IN (:name, :ref)"
COUNTS = "SELECT kind, count(*) AS n FROM book GROUP BY kind"
ERASE = """UPDATE envelopes SET payload = NULL WHERE name IN (SELECT :name UNION SELECT name FROM envelopes
           WHERE ref = :name AND length(ref) > 0) AND payload IS NOT NULL"""
FREE = """DELETE FROM parts WHERE envelope IN (SELECT :name UNION SELECT name FROM envelopes
          WHERE ref = :name AND length(ref) > 0)"""
UNNAMED = "SELECT name FROM blobs WHERE NOT EXISTS (SELECT 1 FROM parts WHERE blob = blobs.name)"
DROP_CHUNKS = "DELETE FROM blob_chunks WHERE blob = :blob"
DROP_BLOB = "DELETE FROM blobs WHERE name = :blob"
REVOKE = "UPDATE devices SET state = 'revoked' WHERE device = :device AND state <> 'revoked'"
PUT_ASIDE = "UPDATE envelopes SET state = 'set_aside' WHERE device = :device AND state = 'held'"
USED = "UPDATE tickets SET device_key = :key WHERE public = :public AND device_key IS NULL"


@dataclass(frozen=True)
class Line:
    """One signed line: what must never be forgotten of `subject`."""

    kind: str
    subject: bytes
    at: int
    content: bytes
    signature: bytes


def add(db: Connection, line: Line) -> bool:
    """Keep a line; False when one of this kind and subject is here."""
    return db.execute(ADD, line.__dict__).rowcount == 1


def every(db: Connection) -> list[Line]:
    """Return all lines, oldest first."""
    return [Line(*row) for row in db.execute(ALL)]


def has(db: Connection, kind: str, subject: bytes) -> bool:
    """Return whether such a line is here."""
    return db.execute(HAS, {"kind": kind, "subject": subject}).fetchone() is not None


def moments(db: Connection, kind: str) -> dict[bytes, int]:
    """Return subject → when it was written down, of all lines of one kind."""
    return {row["subject"]: row["at"] for row in db.execute(SUBJECTS, {"kind": kind})}


def is_erased(db: Connection, name: bytes, ref: bytes) -> bool:
    """Return whether an envelope, or the one that it follows, was erased by law."""
    return db.execute(IS_ERASED, {"name": name, "ref": ref}).fetchone() is not None


def counts(db: Connection) -> dict[str, int]:
    """Return how many lines there are of each kind."""
    return {row["kind"]: row["n"] for row in db.execute(COUNTS)}


def erase(db: Connection, name: bytes) -> bool:
    """Take the contents of a submission and of what follows it away, with their photos; False when none is here."""
    db.execute(FREE, {"name": name})
    for blob in db.execute(UNNAMED).fetchall():
        db.execute(DROP_CHUNKS, {"blob": blob["name"]})
        db.execute(DROP_BLOB, {"blob": blob["name"]})
    return db.execute(ERASE, {"name": name}).rowcount > 0


def revoke(db: Connection, device: bytes) -> bool:
    """Revoke a device; what it sent and nobody opened yet waits for a person. False when it was revoked."""
    done = db.execute(REVOKE, {"device": device}).rowcount == 1
    if done:
        db.execute(PUT_ASIDE, {"device": device})
    return done


def use_ticket(db: Connection, public: str, key: bytes) -> bool:
    """Mark a ticket as used; False when it was."""
    return db.execute(USED, {"public": public, "key": key}).rowcount == 1
