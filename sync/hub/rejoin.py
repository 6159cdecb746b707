"""Rejoin: a device that a restored hub does not know comes back by itself. Source: docs/protocol.md 5.

It shows the newest key set that it holds. The county's root signed it, so what it says of devices and departments was
true; whoever is named there and not struck off in the black book is taken in again, and nobody needs a new ticket.
"""

from edge.domain.envelope import Faulty
from edge.domain.key_set import KeySet, open_key_set
from edge.ground.database import Connection
from edge.ground.ids import new_id
from edge.records import audit
from sync.hub import feed
from sync.hub.book import Kind
from sync.hub.hub import Hub
from sync.hub.keyring import newest_key_set, publish_united
from sync.hub.publish import feed_everything
from sync.hub.tables import book, devices, published
from sync.hub.tables.devices import DeviceRow
from sync.protocol.exchange import Opened
from sync.protocol.messages import Frame

ACTOR = "rejoin"


def take_in(hub: Hub, device: bytes, opened: Opened) -> DeviceRow | None:
    """Return an unknown device that proves itself with a message's papers; None when they do not speak for it, or when
    somebody else shows them.
    """
    keys = papers(hub, opened)
    entry = next((one for one in keys.devices if one.device == device), None) if keys else None
    if keys is None or entry is None:
        return None
    try:
        opened.verify(entry.public)   # whoever shows papers must own the key that stands in them
    except Faulty:
        return None   # and hears no other word than one without papers
    _unite(hub, keys, opened)
    return devices.get(hub.store.read(), device)


def papers(hub: Hub, opened: Opened) -> KeySet | None:
    """Return the key set that a message carries, if this county's root signed it."""
    for kind, body in opened.parts:
        if kind == Frame.PAPERS:
            try:
                return open_key_set(body, hub.root.public)
            except Faulty:
                return None
    return None


def look_through(hub: Hub, opened: Opened) -> None:
    """Learn from the papers of a device that is known what this hub may have lost; the message must be verified."""
    keys = papers(hub, opened)
    if keys is not None:
        _unite(hub, keys, opened)


def _unite(hub: Hub, keys: KeySet, opened: Opened) -> None:
    """Take over from a key set what this hub lost: devices, department keys, and that its version is behind us."""
    if not _tells_more(keys, hub.key_set()):
        return
    raw = next(body for kind, body in opened.parts if kind == Frame.PAPERS)
    with hub.store.write() as db:
        # read once more under the lock: another machine may have joined meanwhile, and must not be forgotten
        known = newest_key_set(hub, db)
        if not _tells_more(keys, known):
            return
        if published.one(db, "key_set", "", keys.version) is None:
            published.add(db, published.Published("key_set", "", keys.version, raw, hub.now(), ACTOR))
        fresh = [one for one in keys.devices if devices.get(db, one.device) is None]
        for one in fresh:
            devices.add(db, one.device, _site(hub, db, one.site), one.label, one.public, hub.now())
            if book.has(db, Kind.REVOKED, one.device):
                devices.set_state(db, one.device, "revoked")
            feed.open_lane(hub, db, one.device)
            feed_everything(hub, db, one.device)
            audit.note(db, hub.now(), ACTOR, "enrol-again", one.device.hex(), {"site": one.site, "label": one.label})
        publish_united(hub, db, known, keys)


def _tells_more(keys: KeySet, known: KeySet) -> bool:
    return keys.version > known.version or not keys.device_publics().keys() <= known.device_publics().keys()


def _site(hub: Hub, db: Connection, name: str) -> str:
    found = devices.site_by_name(db, name)
    if found is None:
        devices.add_site(db, new_id(hub.clock, hub.chance), name, hub.now())
        found = devices.site_by_name(db, name)
    return found.id if found else ""
