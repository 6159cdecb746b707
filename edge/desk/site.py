"""The site: everything that a request, a job or a sync round of one service point needs. One per process."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

import msgspec

from edge import __version__
from edge.desk.readiness import Health, Readiness, Ready, judge
from edge.desk.revoked import is_revoked
from edge.domain.catalogue import Catalogue, county_from_bytes, item_from_bytes, shipped_catalogue
from edge.domain.form import Item
from edge.domain.key_set import KeySet, open_key_set
from edge.domain.likely import likely_now
from edge.domain.use import Counts
from edge.ground.clock import Chance, Clock, local_day, moment, seconds
from edge.ground.database import Store
from edge.ground.disk import UNKNOWN, Disk
from edge.ground.keys import SigningKey
from edge.ground.problem import REVOKED, Problem
from edge.records import facts, lane, published

KEY_BYTES = 32
WATCHED_SECONDS = 120.0


class SiteIdentity(msgspec.Struct, frozen=True):
    """Who this machine is, as the hub's certificate says."""

    device: bytes
    site: str        # the site's name, shown in the header
    label: str       # which machine of the site: 1 号机
    hub_url: str
    hub_id: str
    root: bytes      # the county's root key, pinned at enrolment
    certificate: bytes


class Line(StrEnum):
    """What is known of the line to the county; only an exchange of our own proves it."""

    UP = "up"
    DOWN = "down"
    SENDING = "sending"


@dataclass(frozen=True)
class Progress:
    """How far a queue has come: envelopes that the hub holds now of those that waited, pieces of photos still to go,
    and how long the rest will take, once that is known.
    """

    done: int
    total: int
    chunks_left: int = 0
    seconds_left: int | None = None


@dataclass(frozen=True)
class LineState:
    """The line as the screen may state it."""

    state: Line
    since: datetime | None          # when it came to be so
    last_exchange: datetime | None  # the last signed answer of the hub
    waiting: int                    # envelopes that the hub has not acknowledged
    progress: Progress | None = None   # while they are being sent


class LineNews(msgspec.Struct, frozen=True):
    """What the agent writes down about the line."""

    up: bool
    since: int
    last_exchange: int = 0
    hub_time: int = 0      # the newest signed time of the hub, and this machine's own at that moment
    own_time: int = 0


@dataclass
class Site:
    """One service point. `boot_key` lives in memory only: what it locks (print jobs) ends with the process, by
    intent.
    """

    store: Store
    clock: Clock
    chance: Chance
    identity: SiteIdentity
    key: SigningKey
    free_bytes: Callable[[], int] = lambda: 0
    software: str = __version__
    boot_key: bytes = b""
    boot: bytes = b""
    sending: threading.Event = field(default_factory=threading.Event)
    lodged: threading.Event = field(default_factory=threading.Event)   # wakes the agent
    wrong_tries: deque[float] = field(default_factory=deque)
    # (day, item, version, counts) of visits that ended, until the chores write them down
    uses: deque[tuple[str, str, int, Counts]] = field(default_factory=lambda: deque(maxlen=1000))
    disk: Callable[[], Disk | None] = lambda: UNKNOWN   # None: it does not answer
    health: Health = field(default_factory=Health)
    progress: Progress | None = None    # of what is being sent, while the agent sends
    visited_at: float | None = None     # when somebody last asked for something here, by the running time
    _catalogue: tuple[tuple[int, int], Catalogue] | None = None
    _keys: tuple[bytes, KeySet] | None = None

    def __post_init__(self) -> None:
        self.boot_key = self.boot_key or self.chance(KEY_BYTES)
        self.boot = self.boot or self.chance(4)

    def catalogue(self) -> Catalogue:
        """Return the newest items and county data published to this site; the shipped ones until the first arrives."""
        db = self.store.read()
        mark = published.mark(db)
        if self._catalogue is None or self._catalogue[0] != mark:
            self._catalogue = (mark, self._read_catalogue())
        return self._catalogue[1]

    def _read_catalogue(self) -> Catalogue:
        db = self.store.read()
        county = published.newest(db, "county")
        items = published.newest(db, "item")
        if not county:
            return shipped_catalogue()
        _, content = next(iter(county.values()))
        return Catalogue.of((item_from_bytes(raw) for _, raw in items.values()), county_from_bytes(content))

    def item_version(self, code: str, version: int) -> Item | None:
        """Return one version of an item that was published here, newest or not."""
        content = published.one(self.store.read(), "item", code, version)
        if content is not None:
            return item_from_bytes(content)
        newest = self.catalogue().items.get(code)
        return newest if newest and newest.version == version else None

    def key_set(self) -> KeySet:
        """Return the newest key set, checked against the pinned root.

        Raises:
            LookupError: none is here (the folder was enrolled without one, which cannot happen).
        """
        newest = published.newest(self.store.read(), "key_set")
        if not newest:
            raise LookupError("no key set")
        _, content = next(iter(newest.values()))
        # the bytes are compared, so that only what was verified is ever answered from memory
        if self._keys is None or self._keys[0] != content:
            self._keys = (content, open_key_set(content, self.identity.root))
        return self._keys[1]

    def line(self) -> LineState:
        """Return the state of the line and how many envelopes wait."""
        db = self.store.read()
        news = facts.get(db, "line", LineNews)
        waiting = lane.waiting(db)
        if news is None:
            return LineState(Line.DOWN, None, None, waiting)
        sends = news.up and (self.progress is not None or (waiting > 0 and self.sending.is_set()))
        state = Line.SENDING if sends else Line.UP if news.up else Line.DOWN
        last = moment(news.last_exchange) if news.last_exchange else None
        return LineState(state, moment(news.since), last, waiting, self.progress if news.up else None)

    def refusing(self) -> Readiness:
        """Return what this machine may take now; it looks at the disk and writes nothing."""
        found = judge(self.disk(), self.store, self.health)
        if found.state is not Ready.RED and is_revoked(self.store.read()):
            return Readiness(Ready.PAPER_ONLY, REVOKED.code, downloads=False, refusal=REVOKED)
        return found

    def require(self, *, photos: bool = False) -> None:
        """Let a form pass, after the last failed write was tried again: what has healed is found so.

        Raises:
            Problem: as `Readiness.require`; nothing was accepted.
        """
        if self.store.trouble is not None:
            self.probe()
        self.refusing().require(photos=photos)

    def probe(self) -> bool:
        """Return whether the disk takes a durable write now."""
        try:
            with self.store.write() as db:
                facts.put(db, "probe", self.chance(8))
        except Problem:
            return False
        return True

    def visited(self) -> None:
        """Note that somebody uses this machine: the agent then looks for the line and for news, at once and often."""
        quiet, self.visited_at = not self.watched(), self.clock.monotonic()
        if quiet:
            self.lodged.set()

    def watched(self) -> bool:
        """Return whether somebody used this machine in the last two minutes."""
        return self.visited_at is not None and self.clock.monotonic() - self.visited_at < WATCHED_SECONDS

    def now(self) -> int:
        """Return the seconds since 1970 by this machine's clock."""
        return seconds(self.clock.now())

    def today(self) -> date:
        """Return the day in China, as likely as this machine can know it: by it the rules of items are judged."""
        news = facts.get(self.store.read(), "line", LineNews)
        then = (news.own_time, news.hub_time) if news else (0, 0)
        return local_day(moment(likely_now(self.now(), *then)))


def load_identity(store: Store) -> SiteIdentity | None:
    """Return who this folder is, or None before enrolment."""
    return facts.get(store.read(), "identity", SiteIdentity)
