"""Answers to repeated Idempotency-Keys. Each is locked with a key made from the very value that the caller repeats."""

from edge.ground.database import Connection

GET = "SELECT box FROM repeats WHERE key_hash = :key_hash"
ADD = "INSERT INTO repeats (key_hash, box, kept_at) VALUES (:key_hash, :box, :at)"


def get(db: Connection, key_hash: bytes) -> bytes | None:
    """Return the locked answer, or None when the key is new."""
    row = db.execute(GET, {"key_hash": key_hash}).fetchone()
    return None if row is None else row["box"]


def add(db: Connection, key_hash: bytes, box: bytes, at: int) -> None:
    """Keep the answer, in the same transaction as what it tells of."""
    db.execute(ADD, {"key_hash": key_hash, "box": box, "at": at})
