"""A hub with as many machines as a test asks for, each in a folder of its own."""

import shutil
from pathlib import Path

import msgspec

from edge.desk.site import Site, SiteIdentity
from edge.domain.catalogue import shipped_catalogue
from edge.domain.key_set import DeviceKey, SignedKeySet, to_sign
from edge.ground.clock import SystemClock, seconds, system_chance
from edge.ground.keys import SEED_BYTES, SigningKey
from edge.records import audit, facts, lane, published
from sync.agent.enrol import open_store
from sync.hub import feed, publish
from sync.hub.hub import Hub, open_hub
from sync.hub.registry import add_site
from sync.hub.tables import devices
from sync.hub.tables import published as at_hub
from sync.protocol.enrolment import Certificate


def found(folder: Path, url: str, machines: int, item: str) -> list[Site]:
    """Return so many enrolled machines of a new hub, which published one item.

    Written down at once and not enrolled one by one: each enrolment signs a key set that names all before it.
    """
    clock, keys = SystemClock(), [SigningKey(system_chance(SEED_BYTES)) for _ in range(machines)]
    hub = open_hub(folder / "hub", clock, system_chance, create=True)
    catalogue = shipped_catalogue()
    publish.publish_county(hub, catalogue.county, "it")
    publish.publish_items(hub, [catalogue.item(item)], "it")
    names = [_take_in(hub, f"站{at:04}", key) for at, key in enumerate(keys)]
    raw = _key_set(hub, [DeviceKey(device, key.public, site, "1 号机") for (device, site), key in
                         zip(names, keys, strict=True)])
    template = folder / "template"
    open_store(template).close()
    sites = [_machine(hub, Path(shutil.copytree(template, folder / site)), url, raw, device, site, key)
             for (device, site), key in zip(names, keys, strict=True)]
    hub.store.close()
    return sites


def _take_in(hub: Hub, site: str, key: SigningKey) -> tuple[bytes, str]:
    device, row = system_chance(16), add_site(hub, site, "it")
    with hub.store.write() as db:
        devices.add(db, device, row.id, "1 号机", key.public, hub.now())
        feed.open_lane(hub, db, device)
    return device, site


def _key_set(hub: Hub, named: list[DeviceKey]) -> bytes:
    keys = hub.key_set()
    content = msgspec.msgpack.encode(msgspec.structs.replace(keys, version=keys.version + 1, devices=tuple(named)))
    raw = msgspec.msgpack.encode(SignedKeySet(content, hub.root.sign(to_sign(content))))
    with hub.store.write() as db:
        at_hub.add(db, at_hub.Published("key_set", "", keys.version + 1, raw, hub.now(), "hub"))
    return raw


def _machine(hub: Hub, folder: Path, url: str, raw_keys: bytes, device: bytes, site: str, key: SigningKey) -> Site:
    clock, store = SystemClock(), open_store(folder)
    certificate = msgspec.msgpack.encode(Certificate(device, key.public, site, "1 号机", hub.id, hub.now()))
    identity = SiteIdentity(device, site, "1 号机", url, hub.id, hub.root.public, certificate)
    at = seconds(clock.now())
    with store.write() as db:
        facts.put(db, "identity", identity)
        facts.put(db, lane.DEVICE, device)
        published.add(db, "key_set", "", hub.key_set().version, raw_keys, at)
        lane.begin(db, system_chance(8), "enrolment", at)
        audit.note(db, at, "agent", "enrol", device.hex(), {"site": site})
    return Site(store, clock, system_chance, identity, key, lambda: 10**9)
