"""Registry: sites and devices, and what is known of each."""

from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from edge.ground import ids
from edge.ground.clock import moment
from edge.ground.problem import NOT_FOUND, Problem
from edge.records import audit
from sync.hub.crowd import idle_seconds
from sync.hub.hub import Hub
from sync.hub.tables import alarms, devices, lanes
from sync.hub.tables.devices import DeviceRow, SiteRow
from sync.protocol.messages import Condition, read_condition

NEAR, MOST_NEAR = 0.75, 20   # of two names, from 0 to 1; how many are looked at
LATE_SECONDS = 60   # beyond what a device with nothing to say may stay silent


@dataclass(frozen=True)
class DeviceView:
    """A machine as the console shows it. `condition` is as old as `last_exchange`."""

    device: str                    # hexadecimal
    site: str
    label: str
    state: str
    enrolled_at: datetime
    last_exchange: datetime | None
    device_time: datetime | None
    condition: Condition
    held: int                      # envelopes on its lanes that the hub holds, each once
    waiting: int                   # envelopes that it had beside these when it last spoke
    down: bool                     # nothing heard for longer than it may stay silent


def alike(name: str, known: list[str]) -> str:
    """Return the site whose name is nearest to a new one, "" when none is near: a slip of the pen makes a new place."""
    near = get_close_matches(name, [one for one in known if one != name], MOST_NEAR, NEAR)
    return next((one for one in near if not _two_places(name, one)), "")


def _two_places(one: str, other: str) -> bool:
    """Return whether two names begin with other words, or have others before an ending that they share."""
    begin = _alike_up_to(one, other)
    ending = _alike_up_to(one[begin:][::-1], other[begin:][::-1])
    here, there = one[begin:len(one) - ending], other[begin:len(other) - ending]
    return bool((ending or not begin) and here and there) and sorted(here) != sorted(there)


def _alike_up_to(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (here, there) in pairs if here != there), min(len(one), len(other)))


def add_site(hub: Hub, name: str, actor: str) -> SiteRow:
    """Return the site of this name, made now if it is new."""
    with hub.store.write() as db:
        found = devices.site_by_name(db, name)
        if found is None:
            devices.add_site(db, ids.new_id(hub.clock, hub.chance), name, hub.now())
            audit.note(db, hub.now(), actor, "add-site", name)
            found = devices.site_by_name(db, name)
    if found is None:
        raise Problem(NOT_FOUND, name)
    return found


def sites(hub: Hub) -> list[SiteRow]:
    """Return all sites by name."""
    return devices.sites(hub.store.read())


def _view(hub: Hub, row: DeviceRow, silent_seconds: int) -> DeviceView:
    condition = read_condition(row.condition)
    quiet = row.last_exchange is None or hub.now() - row.last_exchange > silent_seconds
    ends = lanes.of_device(hub.store.read(), row.device)
    held, head = lanes.how_many(hub.store.read(), row.device), condition.head
    # its own count is from before the exchange that emptied its queue
    waiting = condition.queue if head is None else max(0, head.n - max(
        (end.n for end in ends if end.incarnation == head.incarnation), default=0))
    return DeviceView(
        row.device.hex(), row.site_name, row.label, row.state, moment(row.enrolled_at),
        moment(row.last_exchange) if row.last_exchange else None, moment(row.device_time) if row.device_time else None,
        condition, held, waiting, quiet)


def machines(hub: Hub) -> list[DeviceView]:
    """Return all devices by site and label."""
    rows = devices.every(hub.store.read())
    silent_seconds = LATE_SECONDS + idle_seconds(sum(row.state != "revoked" for row in rows))
    return [_view(hub, row, silent_seconds) for row in rows]


def open_alarms(hub: Hub) -> list[alarms.Alarm]:
    """Return the alarms that nobody closed, newest first."""
    return alarms.still_open(hub.store.read())


def close_alarm(hub: Hub, id: int, actor: str, words: str) -> bool:
    """Close an alarm with a word on what was done; False when it is closed."""
    with hub.store.write() as db:
        closed = alarms.close(db, id, words)
        if closed:
            audit.note(db, hub.now(), actor, "close-alarm", str(id))
        return closed
