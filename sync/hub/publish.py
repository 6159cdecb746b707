"""Publish: items and county data go down to every device, as envelopes; every version is kept for ever."""

import zlib
from collections.abc import Iterable, Sequence

import msgspec

from edge.domain.catalogue import county_to_bytes, item_to_bytes
from edge.domain.county import County
from edge.domain.envelope import Kind
from edge.domain.form import Item
from edge.domain.news import LARGEST_PUBLISHED, PublishedBody
from edge.ground.database import Connection
from edge.ground.problem import CATALOGUE_FAULTY, VERSION_TAKEN, Problem
from edge.records import audit
from sync.hub import feed
from sync.hub.hub import Hub
from sync.hub.keyring import make_department_keys
from sync.hub.tables import devices, published
from sync.hub.tables.published import Published

KINDS = {"item": Kind.ITEM, "county": Kind.COUNTY}


def publish_items(hub: Hub, items: Iterable[Item], actor: str) -> list[str]:
    """Publish items; return `code vN` of those that are new. The same version with the same content is no change.

    Raises:
        Problem: VERSION_TAKEN, or CATALOGUE_FAULTY when an item is too large to travel; nothing was published.
    """
    return _publish(hub, [("item", item.code, item.version, item_to_bytes(item)) for item in items], actor)


def publish_county(hub: Hub, county: County, actor: str) -> list[str]:
    """Publish the county's data; department keys are made for departments that have none yet."""
    make_department_keys(hub, list(county.departments))
    return _publish(hub, [("county", county.code, county.version, county_to_bytes(county))], actor)


def _publish(hub: Hub, parts: Sequence[tuple[str, str, int, bytes]], actor: str) -> list[str]:
    fresh = []
    with hub.store.write() as db:
        for kind, code, version, content in parts:
            before = published.one(db, kind, code, version)
            if before == content:
                continue
            if before is not None:
                raise Problem(VERSION_TAKEN, f"{code} version {version}")
            one = Published(kind, code, version, content, hub.now(), actor)
            published.add(db, one)
            payload, words = _letter(db, one)
            for device in devices.every(db):
                feed.put(hub, db, device.device, KINDS[kind], payload, must_understand=words)
            audit.note(db, hub.now(), actor, "publish", f"{kind} {code}", {"version": version})
            fresh.append(f"{code} v{version}")
    return fresh


def feed_everything(hub: Hub, db: Connection, device: bytes) -> None:
    """Send a new device the newest items, then the county data: until these come it shows what it was shipped with, and
    never half a catalogue.
    """
    for kind in ("item", "county"):
        for one in published.newest(db, kind):
            payload, words = _letter(db, one)
            feed.put(hub, db, device, KINDS[kind], payload, must_understand=words)


def _letter(db: Connection, one: Published) -> tuple[bytes, tuple[str, ...]]:
    """Return what goes down to each machine: the payload, and what it must understand.

    Raises:
        Problem: CATALOGUE_FAULTY when it is too large to travel.
    """
    if len(one.content) > LARGEST_PUBLISHED:
        raise Problem(CATALOGUE_FAULTY, f"{one.code}: {len(one.content)} bytes; at most {LARGEST_PUBLISHED} can travel")
    deflated = zlib.compress(one.content, 9)
    if len(deflated) <= feed.LARGEST_IN_ENVELOPE:
        return msgspec.msgpack.encode(PublishedBody(one.code, one.version, deflated)), ()
    return feed.in_chunks(db, one.code, one.version, deflated)
