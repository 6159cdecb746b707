"""What a device said of itself in the newest of its files."""

from dataclasses import dataclass

from edge.ground.database import Connection
from sync.hub.tables.rows import first

NOTE = """INSERT INTO carried (device, number, read_at, written_at, condition)
          VALUES (:device, :number, :read_at, :written_at, :condition)
          ON CONFLICT (device) DO UPDATE SET number = excluded.number, read_at = excluded.read_at,
            written_at = excluded.written_at, condition = excluded.condition WHERE excluded.number > carried.number"""
OF = "SELECT number, read_at, written_at, condition FROM carried WHERE device = :device"


@dataclass(frozen=True)
class Carried:
    """`read_at` by the hub's clock, `written_at` by the device's; `condition` as it came."""

    number: int
    read_at: int
    written_at: int
    condition: bytes


def note(db: Connection, device: bytes, newest: Carried) -> None:
    """Note a file; one that was written earlier than the newest changes nothing."""
    db.execute(NOTE, {"device": device, **newest.__dict__})


def of(db: Connection, device: bytes) -> Carried | None:
    """Return what the newest file of a device said, or None."""
    return first(db, OF, {"device": device}, Carried)
