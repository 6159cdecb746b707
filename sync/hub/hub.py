"""The hub: everything that a request or the opening worker needs. One per process."""

import threading
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from edge.domain.catalogue import Catalogue, county_from_bytes, item_from_bytes, shipped_catalogue
from edge.domain.county import County
from edge.domain.form import Item
from edge.domain.key_set import KeySet, open_key_set, root_hash
from edge.ground.clock import Chance, Clock, seconds
from edge.ground.database import Store, migrate
from edge.ground.keys import SealingKey, SigningKey, write_durably
from edge.ground.problem import NOT_A_FOLDER, Problem
from edge.records import audit
from sync.hub.book import Book
from sync.hub.crowd import Crowd
from sync.hub.own_keys import department_path, department_seed, load_keys
from sync.hub.tables import published

DATABASE = "hub.db"


@dataclass
class Hub:
    """One county's hub."""

    store: Store
    clock: Clock
    chance: Chance
    folder: Path
    id: str                 # the first letters of the root key's hash: which hub signed
    root: SigningKey
    key: SigningKey         # signs replies, receipts, certificates, verdicts
    book: Book              # what no restore may forget
    arrived: threading.Event = field(default_factory=threading.Event)   # wakes the opening worker
    backup_wanted: threading.Event = field(default_factory=threading.Event)   # somebody pressed the button
    backing_up: tuple[str, int] | None = None   # step and percentage of the backup under way
    crowd: Crowd = field(default_factory=Crowd)
    broken: set[bytes] = field(default_factory=set)   # envelopes at whose opening this version failed
    _keys: dict[bytes, SealingKey] = field(default_factory=dict)
    _items: dict[tuple[str, int], Item] = field(default_factory=dict)

    def now(self) -> int:
        """Return the seconds since 1970 by the hub's clock."""
        return seconds(self.clock.now())

    def key_set(self) -> KeySet:
        """Return the newest key set."""
        newest = published.newest(self.store.read(), "key_set")
        return open_key_set(newest[0].content, self.root.public)

    def catalogue(self) -> Catalogue:
        """Return the newest published items and county data; the shipped county until one is published."""
        newest = published.newest_of_each(self.store.read(), "item")
        return Catalogue.of(filter(None, (self.item(*one) for one in newest)), self.county())

    def county(self) -> County:
        """Return the newest published county data, the shipped ones until then; no item is read for it."""
        newest = published.newest(self.store.read(), "county")
        return county_from_bytes(newest[0].content) if newest else shipped_catalogue().county

    def item(self, code: str, version: int) -> Item | None:
        """Return one version of an item, or None when it was never published here."""
        if (code, version) not in self._items:
            content = published.one(self.store.read(), "item", code, version)
            if content is None:
                return None
            self._items[code, version] = item_from_bytes(content)
        return self._items[code, version]

    def department_key(self, key_id: bytes) -> SealingKey | None:
        """Return the private key of a department, live or retired, or None where this hub has none of that id.

        Raises:
            Problem: HUB_KEY_DAMAGED.
        """
        if key_id not in self._keys:
            if not department_path(self.folder, key_id).exists():
                return None
            self._keys[key_id] = SealingKey(department_seed(self.folder, key_id))
        return self._keys[key_id]


def keep_department_key(folder: Path, key_id: bytes, seed: bytes) -> None:
    """Write a department's private key durably."""
    write_durably(department_path(folder, key_id), seed)


def open_hub(folder: Path, clock: Clock, chance: Chance, *, create: bool = False) -> Hub:
    """Return the hub whose data lie in `folder`.

    Raises:
        Problem: NOT_A_FOLDER where there is none and `create` is false; HUB_KEY_DAMAGED or KEYS_MISSING before
            anything was opened.
    """
    if not create and not (folder / DATABASE).exists():
        raise Problem(NOT_A_FOLDER, str(folder))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    store = Store(folder / DATABASE)
    migrate(store, "hub", files("sync.hub") / "schema")
    try:
        keys = load_keys(folder, store.read(), chance)
    except Problem:
        store.close()
        raise
    name = root_hash(keys.root.public)[:8].hex()
    book = Book(folder, name, keys.hub)
    book.take_up(store)   # whatever copy of the database lies here now
    hub = Hub(store, clock, chance, folder, name, keys.root, keys.hub, book)
    for file in keys.mended:
        with store.write() as db:
            audit.note(db, hub.now(), "hub", "key-mended", file)
    return hub
