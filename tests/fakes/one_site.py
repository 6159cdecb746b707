"""One enrolled site with the shipped catalogue, no hub: what kiosk tests and the gallery stand on.

`verdict` puts the county's word where a sync round would put it, sealed to the citizen's track key.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from edge.desk.site import LineNews, Site, SiteIdentity
from edge.domain.catalogue import county_to_bytes, item_to_bytes, shipped_catalogue
from edge.domain.key_set import DepartmentKey, DeviceKey, KeySet, SignedKeySet, key_id, to_sign
from edge.domain.submission import Decision, Record
from edge.ground.clock import Chance, seconds
from edge.ground.database import Store, migrate
from edge.ground.keys import SealingKey, SigningKey
from edge.ground.sealing import TrackKey, open_sealed, seal
from edge.records import facts, lane, news, published, statuses, submissions

MONDAY = datetime(2026, 11, 23, 6, 20, tzinfo=UTC)  # 14:20 in China


@dataclass
class HeldClock:
    """A clock that stands until it is told to go."""

    at: datetime = MONDAY
    passed: float = 1000.0
    real: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        """Return the held time."""
        return self.at

    def monotonic(self) -> float:
        """Return the held seconds."""
        return self.passed

    def pass_time(self, **span: float) -> None:
        """Let time pass on both clocks."""
        step = timedelta(**span)
        self.at += step
        self.passed += step.total_seconds()


def seeded(seed: int) -> Chance:
    """Return chance that repeats: pictures and codes stay the same from run to run."""
    return random.Random(seed).randbytes


def make_site(folder: Path, *, seed: int = 7, line: str = "down") -> tuple[Site, HeldClock]:
    """Return an enrolled site with all shipped items, its line `up`, `down`, or `never` used."""
    clock, chance = HeldClock(), seeded(seed)
    root, hub = SigningKey(chance(32)), SigningKey(chance(32))
    catalogue = shipped_catalogue()
    store = Store(folder / "site.db")
    migrate(store, "edge", files("edge") / "schema")
    sealing = {key: SealingKey(chance(32)).public for key in catalogue.departments}
    departments = tuple(DepartmentKey(key_id(public), key, public) for key, public in sealing.items())
    device = chance(16)
    identity = SiteIdentity(device, "柳河镇便民服务中心", "2 号机", "http://127.0.0.1:9", "hub", root.public, b"")
    at = seconds(clock.now())
    with store.write() as db:
        facts.put(db, "identity", identity)
        facts.put(db, lane.DEVICE, device)
        lane.begin(db, chance(8), "enrolled", at)
        key = SigningKey(chance(32))
        own = DeviceKey(device, key.public, identity.site, identity.label)
        content = msgspec.msgpack.encode(KeySet(1, root.public, hub.public, departments, (own,)))
        signed = msgspec.msgpack.encode(SignedKeySet(content, root.sign(to_sign(content))))
        published.add(db, "key_set", "", 1, signed, at)
        published.add(db, "county", "", catalogue.county.version, county_to_bytes(catalogue.county), at)
        for item in catalogue.items.values():
            published.add(db, "item", item.code, item.version, item_to_bytes(item), at)
        if line != "never":
            facts.put(db, "line", LineNews(line == "up", at - 5 * 3600 - 8 * 60, at - (20 if line == "up" else 18480)))
    return Site(store, clock, chance, identity, key), clock


def set_line(site: Site, *, up: bool) -> None:
    """Write down what an exchange would."""
    at = seconds(site.clock.now())
    with site.store.write() as db:
        facts.put(db, "line", LineNews(up, at, at if up else at - 3600))


def verdict(
    site: Site,
    receipt: str,
    tail: str,
    word: str,
    *,
    reason: str = "",
    asks: tuple[tuple[str, str], ...] = (),
    result: dict[str, Any] | None = None,
    known: dict[str, Any] | None = None,
    step: int = 2,
) -> None:
    """Let the county's word about a form arrive."""
    key = TrackKey.derive(receipt, tail)
    at = seconds(site.clock.now())
    with site.store.write() as db:
        taken = submissions.by_track(db, key.public)
        assert taken is not None
        own = _record_of(taken.record, key)
        record = Record(receipt, own.item, own.item_version, "张*", taken.lodged_at, site.identity.site, own.owed,
                        own.warning)
        sealed = seal(
            key.public,
            b"ferry1 status",
            msgspec.msgpack.encode(Decision(record, reason, asks, result or {}, known or {})),
        )
        name = site.chance(32)
        news.add(db, name, "sta", b"", b"", "applied", at)
        statuses.put(db, statuses.Status(taken.name, step, word, at, key.public, sealed, at), name)


def _record_of(sealed: bytes, key: TrackKey) -> Record:
    return msgspec.msgpack.decode(open_sealed(key.key, b"ferry1 record", sealed), type=Record)
