"""The starts of each device, as far as they may still be told apart."""

from edge.ground.database import Connection
from sync.hub.tables.rows import number_of

ADD = """INSERT INTO starts (device, machine, number, boot, seen_at) VALUES (:device, :machine, :number, :boot, :at)
         ON CONFLICT DO NOTHING"""
BOOTS = "SELECT count(*) AS n FROM starts WHERE device = :device AND machine = :machine AND number = :number"
NEWEST = "SELECT coalesce(max(number), 0) AS n FROM starts WHERE device = :device AND machine = :machine"
MACHINES = "SELECT DISTINCT machine FROM starts WHERE device = :device"
FORGET = "DELETE FROM starts WHERE device = :device AND machine = :machine AND number <= :number"
KEPT_STARTS = 200


def add(db: Connection, device: bytes, machine: bytes, number: int, boot: bytes, at: int) -> bool:
    """Note a start; False when it was heard of before."""
    row = {"device": device, "machine": machine, "number": number, "boot": boot, "at": at}
    new = db.execute(ADD, row).rowcount == 1
    if new:
        db.execute(FORGET, {**row, "number": number - KEPT_STARTS})
    return new


def boots(db: Connection, device: bytes, machine: bytes, number: int) -> int:
    """Return how many different starts of one machine said this number."""
    return number_of(db, BOOTS, {"device": device, "machine": machine, "number": number})


def newest(db: Connection, device: bytes, machine: bytes) -> int:
    """Return the highest number that a machine ever said."""
    return number_of(db, NEWEST, {"device": device, "machine": machine})


def machines(db: Connection, device: bytes) -> set[bytes]:
    """Return the hashes of the machines on which a device's folder was started."""
    return {row["machine"] for row in db.execute(MACHINES, {"device": device})}
