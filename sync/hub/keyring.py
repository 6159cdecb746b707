"""The county's keys: the key set grows by departments and devices, and goes down to every device.

It goes whole, so what is urgent is told at once: a department's key, a device struck off, what a restore had lost. In
a county of many devices one more is told with the next set, at most every six hours. Source: docs/protocol.md 5.
"""

import zlib

import msgspec

from edge.domain.envelope import Kind
from edge.domain.key_set import DepartmentKey, DeviceKey, KeySet, SignedKeySet, key_id, open_key_set, to_sign
from edge.ground.database import Connection
from edge.ground.keys import SEED_BYTES, SealingKey
from edge.records import facts
from sync.hub import feed
from sync.hub.book import Kind as Line
from sync.hub.hub import Hub, keep_department_key
from sync.hub.tables import book, published
from sync.hub.tables.published import Published

FEW_DEVICES = 20                # up to here each that joins is told to the others at once: some 3 KB each
TELL_AFTER_SECONDS = 6 * 3600
KEPT_SETS = 20                  # each names all devices: one for each that ever joined would grow with their square
_TOLD = "key_set_told"


class Told(msgspec.Struct, frozen=True):
    """The newest version that went down to all, and when that was by the hub's clock."""

    version: int
    at: int


def make_department_keys(hub: Hub, departments: list[str]) -> None:
    """Make a key for each department that has none, and publish the key set that names them.

    A key file is durable before the key set that names it: what was sealed to a key that nobody has is lost.
    """
    with hub.store.write() as db:
        keys = newest_key_set(hub, db)
        missing = [name for name in departments if keys.department_key(name) is None]
        if missing or not keys.version:
            made = tuple(_new_key(hub, name) for name in missing)
            _tell(hub, db, _publish(hub, db, msgspec.structs.replace(keys, departments=(*keys.departments, *made))))


def _new_key(hub: Hub, department: str) -> DepartmentKey:
    seed = hub.chance(SEED_BYTES)
    public = SealingKey(seed).public
    keep_department_key(hub.folder, key_id(public), seed)
    return DepartmentKey(key_id(public), department, public)


def add_device(hub: Hub, db: Connection, entry: DeviceKey) -> bytes:
    """Publish a key set that knows one more device, and return it signed; where there are many, the others hear of it
    by `tell_if_due`. The newest one where the device stands in it already.
    """
    keys = newest_key_set(hub, db)
    if entry.device in keys.device_publics():
        return published.newest(db, "key_set")[0].content
    raw = _publish(hub, db, msgspec.structs.replace(keys, devices=(*keys.devices, entry)))
    if len(keys.devices) < FEW_DEVICES:
        _tell(hub, db, raw, skip=entry.device)
    return raw


def publish_united(hub: Hub, db: Connection, known: KeySet, shown: KeySet) -> None:
    """Publish a key set above both: what this hub knows, and what it lost and was shown again."""
    departments = {one.key_id: one for one in (*shown.departments, *known.departments)}
    entries = {one.device: one for one in (*shown.devices, *known.devices)}
    above = msgspec.structs.replace(known, version=max(known.version, shown.version),
                                    departments=tuple(departments.values()), devices=tuple(entries.values()))
    _tell(hub, db, _publish(hub, db, above))


def newest_key_set(hub: Hub, db: Connection) -> KeySet:
    """Return the newest key set as the caller's transaction sees it; one of version 0 before the first."""
    newest = published.newest(db, "key_set")
    if not newest:
        return KeySet(0, hub.root.public, hub.key.public, ())
    return open_key_set(newest[0].content, hub.root.public)


def tell_struck_off(hub: Hub, db: Connection, device: bytes) -> None:
    """Publish a key set that says since when a device is struck off: the other sites doubt its later receipts."""
    _tell(hub, db, _publish(hub, db, newest_key_set(hub, db)), skip=device)


def tell_if_due(hub: Hub) -> bool:
    """Tell all devices the newest key set, unless they were told it, or another one in the last six hours; True when
    it was told.
    """
    if not _due(hub, hub.store.read()):
        return False
    with hub.store.write() as db:
        if not _due(hub, db):
            return False   # another process was quicker
        newest, keys = published.newest(db, "key_set")[0], newest_key_set(hub, db)
        _tell(hub, db, newest.content if _stamped(db, keys) == keys else _publish(hub, db, keys))
    return True


def wait_for_papers(hub: Hub, db: Connection) -> None:
    """Let a restored hub hear for six hours what the devices hold, before it tells them what it took over from newer
    copies, and whom the black book struck off: of two sets with one version, whoever holds the first keeps it.
    """
    told = facts.get(db, _TOLD, Told)
    facts.put(db, _TOLD, Told(told.version if told else 0, hub.now()))


def _due(hub: Hub, db: Connection) -> bool:
    keys, told = newest_key_set(hub, db), facts.get(db, _TOLD, Told) or Told(0, 0)
    # a clock that fell back must not put it off for years
    if not keys.version or told.at <= hub.now() < told.at + TELL_AFTER_SECONDS:
        return False
    return told.version < keys.version or _stamped(db, keys) != keys


def _stamped(db: Connection, keys: KeySet) -> KeySet:
    """Return the key set with what the black book says: so that none made after a restore forgets it."""
    struck = book.moments(db, Line.REVOKED)
    return msgspec.structs.replace(keys, devices=tuple(
        msgspec.structs.replace(one, revoked_at=struck.get(one.device, one.revoked_at)) for one in keys.devices))


def _publish(hub: Hub, db: Connection, keys: KeySet) -> bytes:
    grown = msgspec.structs.replace(_stamped(db, keys), version=keys.version + 1)
    content = msgspec.msgpack.encode(grown)
    raw = msgspec.msgpack.encode(SignedKeySet(content, hub.root.sign(to_sign(content))))
    published.add(db, Published("key_set", "", grown.version, raw, hub.now(), "hub"))
    published.forget(db, "key_set", "", grown.version - KEPT_SETS)
    return raw


def _tell(hub: Hub, db: Connection, raw: bytes, skip: bytes = b"") -> None:
    """Send a key set down to all that it names, and note in the same transaction that they were told."""
    keys = open_key_set(raw, hub.root.public)
    payload, words = _letter(db, keys.version, raw)
    for device in keys.devices:
        if device.device != skip:
            feed.put(hub, db, device.device, Kind.KEY_SET, payload, must_understand=words)
    facts.put(db, _TOLD, Told(keys.version, hub.now()))


def _letter(db: Connection, version: int, raw: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return the payload that brings a key set, and what must be understood: in chunks from some 150 devices on."""
    if len(raw) <= feed.LARGEST_IN_ENVELOPE:
        return raw, ()
    return feed.in_chunks(db, "", version, zlib.compress(raw, 9))
