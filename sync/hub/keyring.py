"""The county's keys: the key set grows by departments and devices; each version goes down to every device."""

import msgspec

from edge.domain.envelope import Kind
from edge.domain.key_set import DepartmentKey, DeviceKey, KeySet, SignedKeySet, key_id, open_key_set, to_sign
from edge.ground.database import Connection
from edge.ground.keys import SEED_BYTES, SealingKey
from sync.hub import feed
from sync.hub.book import Kind as Line
from sync.hub.hub import Hub, keep_department_key
from sync.hub.tables import book, published
from sync.hub.tables.published import Published


def make_department_keys(hub: Hub, departments: list[str]) -> None:
    """Make a key for each department that has none, and publish the key set that names them.

    A key file is durable before the key set that names it: what was sealed to a key that nobody has is lost.
    """
    with hub.store.write() as db:
        keys = _newest(hub, db)
        missing = [name for name in departments if keys.department_key(name) is None]
        if missing or not keys.version:
            made = tuple(_new_key(hub, name) for name in missing)
            _publish(hub, db, msgspec.structs.replace(keys, departments=(*keys.departments, *made)))


def _new_key(hub: Hub, department: str) -> DepartmentKey:
    seed = hub.chance(SEED_BYTES)
    public = SealingKey(seed).public
    keep_department_key(hub.folder, key_id(public), seed)
    return DepartmentKey(key_id(public), department, public)


def add_device(hub: Hub, db: Connection, entry: DeviceKey) -> bytes:
    """Publish a key set that knows one more device, tell the others, and return it signed."""
    keys = _newest(hub, db)
    return _publish(hub, db, msgspec.structs.replace(keys, devices=(*keys.devices, entry)), skip=entry.device)


def publish_united(hub: Hub, db: Connection, known: KeySet, shown: KeySet) -> None:
    """Publish a key set above both: what this hub knows, and what it lost and was shown again."""
    departments = {one.key_id: one for one in (*shown.departments, *known.departments)}
    entries = {one.device: one for one in (*shown.devices, *known.devices)}
    above = msgspec.structs.replace(known, version=max(known.version, shown.version),
                                    departments=tuple(departments.values()), devices=tuple(entries.values()))
    _publish(hub, db, above)


def _newest(hub: Hub, db: Connection) -> KeySet:
    newest = published.newest(db, "key_set")
    return open_key_set(newest[0].content, hub.root.public) if newest else KeySet(0, hub.root.public, hub.key.public,
                                                                                  ())


def tell_struck_off(hub: Hub, db: Connection, device: bytes) -> None:
    """Publish a key set that says since when a device is struck off: the other sites doubt its later receipts."""
    _publish(hub, db, _newest(hub, db), skip=device)


def _publish(hub: Hub, db: Connection, keys: KeySet, skip: bytes = b"") -> bytes:
    # from the black book, so that a key set made after a restore cannot forget it
    struck = book.moments(db, Line.REVOKED)
    entries = tuple(msgspec.structs.replace(one, revoked_at=struck.get(one.device, one.revoked_at))
                    for one in keys.devices)
    grown = msgspec.structs.replace(keys, version=keys.version + 1, devices=entries)
    content = msgspec.msgpack.encode(grown)
    raw = msgspec.msgpack.encode(SignedKeySet(content, hub.root.sign(to_sign(content))))
    published.add(db, Published("key_set", "", grown.version, raw, hub.now(), "hub"))
    for device in grown.devices:
        if device.device != skip:
            feed.put(hub, db, device.device, Kind.KEY_SET, raw)
    return raw
