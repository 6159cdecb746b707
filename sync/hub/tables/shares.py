"""What each device has brought on each day; only the last days are kept."""

from dataclasses import dataclass

from edge.ground.database import Connection

OF = "SELECT incarnations, bytes FROM shares WHERE device = :device AND day = :day"
ADD = """INSERT INTO shares (device, day, incarnations, bytes) VALUES (:device, :day, :incarnations, :bytes)
         ON CONFLICT (device, day) DO UPDATE SET incarnations = incarnations + excluded.incarnations,
           bytes = bytes + excluded.bytes"""
FORGET = "DELETE FROM shares WHERE device = :device AND day < :day"
KEPT_DAYS = 7


@dataclass(frozen=True)
class Share:
    """New incarnations and new bytes of one device on one day."""

    incarnations: int = 0
    bytes: int = 0


def of(db: Connection, device: bytes, day: int) -> Share:
    """Return what a device has brought on a day."""
    row = db.execute(OF, {"device": device, "day": day}).fetchone()
    return Share() if row is None else Share(row["incarnations"], row["bytes"])


def add(db: Connection, device: bytes, day: int, more: Share) -> None:
    """Count what a device brought."""
    db.execute(ADD, {"device": device, "day": day, "incarnations": more.incarnations, "bytes": more.bytes})
    db.execute(FORGET, {"device": device, "day": day - KEPT_DAYS})
