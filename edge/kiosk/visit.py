"""What one citizen has typed so far, in memory only, and when it is forgotten.

A visit is found by a random cookie. Nothing of it is ever written to a disk, a log or a URL; it ends with 结束, after
90 + 60 seconds without a touch (large type: 120 + 90), after two hours, or when too many others are open.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from edge.desk.amend import Amended
from edge.desk.lodge import Lodged
from edge.desk.paper import Numbered
from edge.desk.track import Tracked
from edge.domain.answers import Answers
from edge.domain.genuine import Judged
from edge.domain.text import Text
from edge.ground.clock import Chance
from edge.kiosk.invitations import Invitation
from edge.kiosk.meter import Meter
from edge.kiosk.said import Said

QUIET_SECONDS = 90.0
COUNT_SECONDS = 60.0
PHONE_QUIET_SECONDS = 300.0   # a phone lies in one's own hand, and goes away to take a photo
LARGE_QUIET_SECONDS = 120.0
LARGE_COUNT_SECONDS = 90.0
GRACE_SECONDS = 20.0
"""The page tells of touches at most every 10 seconds, so the server forgets a little after the page does."""
LONGEST_SECONDS = 2 * 3600.0   # nobody is hurried while fingers move; a page left open by a program ends all the same
MOST_VISITS = 200
MOST_PHOTO_BYTES, MOST_PHOTO_BYTES_TOGETHER = 16 * 2**20, 64 * 2**20
"""Photos that one visit, and all visits together, may keep in memory: some eighty pages."""


@dataclass(frozen=True)
class Taken:
    """A page that was photographed in this visit; in memory until it is handed in. `id` stands in its address."""

    id: str
    content: bytes
    hints: tuple[str, ...] = ()


@dataclass
class Staff:
    """A person of the place who has typed the PIN; `touched` is when they last did something.

    `codes` are the numbers of the papers being printed for `item`, `number` and `day` what is typed from a paper,
    `job` the test slip that was ordered last.
    """

    touched: float
    item: str = ""
    codes: list[str] = field(default_factory=list)
    number: str = ""
    day: dict[str, str] = field(default_factory=dict)
    error: str = ""
    job: str = ""


@dataclass
class Row:
    """One row of a group being written, such as one member of a family; `number` counts from 1."""

    group: str
    number: int
    given: Answers = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, Text] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    part: dict[str, str] = field(default_factory=dict)
    again: bool = False


@dataclass
class Draft:
    """One form being filled, or one being corrected (`asks` names the fields that the county wants again).

    `given` holds read values, `raw` what was typed and could not be read, `errors` what is wrong with it.
    `token` makes a second touch on 交材料 the same act as the first; `missed` says that it came without the tick,
    `hidden` that numbers are covered on the check page. `begun_by` is the key of the question that was answered with
    the button that began the form. `photos` are the pages by the key of the question about the paper, `unseen` the
    papers that were brought and are handed in without a photo.
    """

    item: str
    token: str
    given: Answers = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, Text] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    part: dict[str, str] = field(default_factory=dict)
    correcting: bool = False
    asks: tuple[str, ...] = ()
    reviewing: bool = False
    missed: bool = False
    hidden: bool = False
    begun_by: str = ""
    lodged: Lodged | None = None
    rehearsed: bool = False   # to its end, in practice
    photos: dict[str, list[Taken]] = field(default_factory=dict)
    unseen: set[str] = field(default_factory=set)
    paper: Numbered | None = None   # typed in from paper, by staff
    row: Row | None = None

    @property
    def photo_bytes(self) -> int:
        """Return how much memory the photos take."""
        # of a copy: other visits ask while this one adds a paper
        return sum(len(page.content) for pages in list(self.photos.values()) for page in pages)


@dataclass
class Visit:
    """Everything that the machine knows of the person in front of it.

    `slip` is the receipt that was scanned last, `told` the code of the last refusal, `hand` the tab of the keys that
    was used last, `aloud` that pages are read aloud, `said` what the form before leaves for the next one,
    `practice` that whatever is filled is never handed in, `on_phone` that it is one's own phone and not the machine,
    `invitations` the codes that were shown for phones.
    """

    token: str
    csrf: str
    began: float
    touched: float
    lang: str = "zh"
    large: bool = False
    dark: bool = False
    hand: str = ""
    aloud: bool = False
    practice: bool = False
    on_phone: bool = False
    here: str = "/"
    search: str = ""
    draft: Draft | None = None
    tracked: Tracked | None = None
    amended: Amended | None = None
    track_typed: dict[str, str] = field(default_factory=dict)
    track_errors: dict[str, str] = field(default_factory=dict)
    wrong_tries: deque[float] = field(default_factory=deque)
    inquired: set[tuple[str, str]] = field(default_factory=set)   # code and tail that the county was asked about
    slip: Judged | None = None
    said: Said | None = None
    told: str = ""
    staff: Staff | None = None
    invitations: list[Invitation] = field(default_factory=list)
    meter: Meter = field(default_factory=Meter)
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def hand_shown(self) -> str:
        """Return how this person writes, "ink" or "pinyin": as last time, else what suits the language."""
        return self.hand or ("pinyin" if self.lang == "en" else "ink")

    @property
    def quiet_seconds(self) -> float:
        """Return how long the page waits for a touch before it asks."""
        if self.on_phone:
            return PHONE_QUIET_SECONDS
        return LARGE_QUIET_SECONDS if self.large else QUIET_SECONDS

    @property
    def count_seconds(self) -> float:
        """Return how long the page counts down after it asked."""
        return LARGE_COUNT_SECONDS if self.large else COUNT_SECONDS

    @property
    def would_lose_answers(self) -> bool:
        """Tell if answers stand here that nobody has handed in; the button that began the form is none."""
        draft = self.draft
        return (draft is not None and draft.lodged is None and not self.practice
                and any(key != draft.begun_by for key in draft.given))

    @property
    def holds_something(self) -> bool:
        """Tell if anything personal would be left behind."""
        return self.draft is not None or self.tracked is not None or bool(self.slip or self.said or self.track_typed)


class Visits:
    """All visits of this machine, or all by phone. Safe to use from many threads.

    `ended` hears of each visit that ends; it is quick. `most_photo_bytes` is for all visits together, 0 the usual.
    """

    def __init__(self, monotonic: Callable[[], float], chance: Chance, most: int = MOST_VISITS,
                 ended: Callable[[Visit], None] = lambda visit: None, *, on_phone: bool = False,
                 most_photo_bytes: int = 0) -> None:
        self._on_phone = on_phone
        self._most_photo_bytes = most_photo_bytes
        self._ended = ended
        self._monotonic = monotonic
        self._chance = chance
        self._most = most
        self._open: dict[str, Visit] = {}
        self._lock = threading.Lock()

    def find(self, token: str | None) -> Visit | None:
        """Return the visit of a cookie, or None when there is none or it has been forgotten."""
        with self._lock:
            self._forget_stale()
            return self._open.get(token or "")

    def begin(self) -> Visit:
        """Return a fresh visit; where the machine is full, the one that was touched longest ago is forgotten."""
        now = self._monotonic()
        visit = Visit(self._word(32), self._word(24), now, now, on_phone=self._on_phone)
        with self._lock:
            self._forget_stale()
            while len(self._open) >= self._most:
                self._ended(self._open.pop(min(self._open.values(), key=lambda other: other.touched).token))
            self._open[visit.token] = visit
        return visit

    def stranger(self) -> Visit:
        """Return a visit that is not kept: for answering whoever was refused at the door."""
        now = self._monotonic()
        return Visit("", "", now, now)

    def touch(self, visit: Visit) -> None:
        """Note that the person is still there."""
        visit.touched = self._monotonic()

    def drop(self, visit: Visit) -> None:
        """Forget a visit at once."""
        with self._lock:
            if self._open.pop(visit.token, None) is not None:
                self._ended(visit)

    def has_room(self, visit: Visit, size: int) -> bool:
        """Tell if a visit may keep a photo of `size` bytes more."""
        with self._lock:
            drafts = [one.draft for one in self._open.values() if one.draft is not None]
        own = visit.draft.photo_bytes if visit.draft is not None else 0
        together = sum(draft.photo_bytes for draft in drafts)
        most = self._most_photo_bytes or MOST_PHOTO_BYTES_TOGETHER
        return own + size <= MOST_PHOTO_BYTES and together + size <= most

    def is_full(self) -> bool:
        """Tell if one visit more would end another one."""
        with self._lock:
            self._forget_stale()
            return len(self._open) >= self._most

    def forget_stale(self) -> None:
        """Forget whoever has gone; for times when nobody asks for anything."""
        with self._lock:
            self._forget_stale()

    def fresh_token(self) -> str:
        """Return a token for a new draft."""
        return self._word(16)

    def __len__(self) -> int:
        return len(self._open)

    def _word(self, size: int) -> str:
        return self._chance(size).hex()

    def _forget_stale(self) -> None:
        now = self._monotonic()
        stale = [
            visit.token
            for visit in self._open.values()
            if now - visit.touched > visit.quiet_seconds + visit.count_seconds + GRACE_SECONDS
            or now - visit.began > LONGEST_SECONDS
        ]
        for token in stale:
            self._ended(self._open.pop(token))
