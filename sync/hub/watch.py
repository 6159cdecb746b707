"""Watch: what a device's own words say about its disk and its machine. Alarms come when something changes, once.

A number of starts that comes twice from one machine is a disk that was put back; three times, a disk that forgets at
each start: its device is told so, and takes no forms from then on. Source: docs/protocol.md 7.
"""

from dataclasses import dataclass

from edge.ground.database import Connection
from sync.hub.tables import alarms, starts
from sync.hub.tables.devices import DeviceRow
from sync.protocol.messages import Condition, read_condition

PUT_BACK, FORGETS = 2, 3
NOT_TAKING = frozenset({"paper_only", "red"})


@dataclass(frozen=True)
class Watched:
    """What the device is to be told: the highest number of its starts here, and whether its disk forgets."""

    mark: int = 0
    forgets: bool = False


def watch(db: Connection, device: DeviceRow, now: Condition, at: int) -> Watched:
    """Compare what a device says of itself with what it said last; sound what is new."""
    before, subject = read_condition(device.condition), device.device.hex()
    if (now.readiness, now.why) != (before.readiness, before.why) and now.readiness != "ok":
        cause = "takes-no-forms" if now.readiness in NOT_TAKING else "disk-nearly-full"
        alarms.sound(db, cause, subject, now.why, at)
    if now.salvages > before.salvages:
        alarms.sound(db, "salvaged", subject, f"the database was damaged and was read out; {now.lost} forms lost", at)
    if now.lost > before.lost:
        alarms.sound(db, "forms-lost", subject, f"{now.lost} forms were damaged on the disk before they came here", at)
    return _watch_start(db, device.device, now, at)


def _watch_start(db: Connection, device: bytes, now: Condition, at: int) -> Watched:
    if not now.mark or not now.boot:
        return Watched()
    known = starts.machines(db, device)
    highest = starts.newest(db, device, now.machine)
    new = starts.add(db, device, now.machine, now.mark, now.boot, at)
    times = starts.boots(db, device, now.machine, now.mark)
    if new and known and now.machine not in known:
        alarms.sound(db, "other-machine", device.hex(), "the disk was copied or moved into another machine", at)
    if new and times == PUT_BACK:
        alarms.sound(db, "disk-put-back", device.hex(), f"start {now.mark} came twice from one machine", at)
    if new and times >= FORGETS:
        alarms.sound(db, "disk-forgets", device.hex(), f"start {now.mark} came {times} times from one machine", at)
    return Watched(max(highest, now.mark), times >= FORGETS)
