"""Pacing: what the hub tells a device about how to go on. Source: docs/protocol.md 4 NEXT, 9."""

from edge.domain.day_windows import read_windows
from edge.ground.database import Connection
from edge.ground.problem import NO_SUCH_SITE, Problem
from edge.records import audit
from sync.hub import crowd
from sync.hub.hub import Hub
from sync.hub.tables import devices, link_rules
from sync.hub.tables.devices import DeviceRow
from sync.hub.tables.link_rules import Rules
from sync.protocol.messages import Next

FULL = "full"
LARGEST_BYTES = 1024 * 1024


def next_for(hub: Hub, db: Connection, device: DeviceRow, *, more: bool) -> Next:
    """Return NEXT for a device: while many are still outside it gets small batches and makes room after each."""
    rules, now = link_rules.for_site(db, device.site_name), hub.clock.monotonic()
    pressing = hub.crowd.pressing(now)
    return Next(
        wait_seconds=hub.crowd.seconds_for_all(now) if pressing else 0,
        largest_bytes=crowd.CROWDED_BATCH_BYTES if pressing else LARGEST_BYTES, more=more,
        why=FULL if pressing else "", idle_seconds=crowd.idle_seconds(devices.count(db)),
        windows=read_windows(rules.windows), daily_bytes=rules.daily_bytes)


def set_rules(hub: Hub, rules: Rules, actor: str) -> None:
    """Set when and how much of photos may travel over a site's line; they reach its machines with the next exchange.

    Raises:
        Problem: NO_SUCH_SITE.
        ValueError: a window that is none.
    """
    read_windows(rules.windows)
    with hub.store.write() as db:
        if rules.site and devices.site_by_name(db, rules.site) is None:
            raise Problem(NO_SUCH_SITE, rules.site)
        link_rules.put(db, rules)
        audit.note(db, hub.now(), actor, "link-rules", rules.site or "*",
                   {"windows": rules.windows, "daily_bytes": rules.daily_bytes})


def all_rules(hub: Hub) -> list[Rules]:
    """Return the rules that were set, those for every site first."""
    return link_rules.every(hub.store.read())
