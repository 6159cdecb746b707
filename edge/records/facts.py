"""Single values that must outlive a restart."""

from typing import TypeVar

import msgspec

from edge.ground.database import Connection

T = TypeVar("T")

GET = "SELECT value FROM facts WHERE key = :key"
PUT = "INSERT INTO facts (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
FORGET = "DELETE FROM facts WHERE key = :key"


def get(db: Connection, key: str, shape: type[T]) -> T | None:
    """Return the value kept under `key`, or None."""
    row = db.execute(GET, {"key": key}).fetchone()
    return None if row is None else msgspec.msgpack.decode(row["value"], type=shape)


def put(db: Connection, key: str, value: object) -> None:
    """Keep `value` (anything MessagePack can hold) under `key`."""
    db.execute(PUT, {"key": key, "value": msgspec.msgpack.encode(value)})


def forget(db: Connection, key: str) -> None:
    """Drop what is kept under `key`, if anything."""
    db.execute(FORGET, {"key": key})
