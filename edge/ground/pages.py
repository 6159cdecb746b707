"""Reads an SQLite file page by page, without SQLite: what a damaged file still holds is found wherever it lies.

Nothing here trusts the file: a page, a cell or a chain that makes no sense is passed over. Whether a row is what it
says is for the caller to verify. Source: https://www.sqlite.org/fileformat2.html
"""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from mmap import ACCESS_READ, mmap
from pathlib import Path
from sys import byteorder

Value = int | float | str | bytes | None
HEADER, WAL_HEADER, FRAME_HEADER = 100, 32, 24
INTERIOR_INDEX, LEAF_INDEX, LEAF_TABLE = 2, 10, 13
CELLS_AT = {INTERIOR_INDEX: 12, LEAF_INDEX: 8, LEAF_TABLE: 8}
SIZES = frozenset(2**n for n in range(9, 17))
USUAL_SIZE = 4096
LONGEST_ROW = 2**20
_INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


@dataclass(frozen=True)
class Found:
    """One row as it lies on a page; `rowid` is None in the tree of an index (a table WITHOUT ROWID is one).

    `listed`: the page's own list of cells leads to it; else it was found by the look of its header.
    """

    page: int
    rowid: int | None
    values: list[Value]
    listed: bool = True


@dataclass
class Frame:
    """One page in the WAL. `fits`: its checksum follows from the one before."""

    page: int
    commit: bool
    content: bytes
    fits: bool


@dataclass
class Pages:
    """The newest version of every page, from the file and its WAL; the file is looked into, never loaded whole."""

    size: int
    file: bytes | mmap = b""
    newer: dict[int, bytes] = field(default_factory=dict)   # from the WAL

    @property
    def last(self) -> int:
        """The number of the last page; the first is 1."""
        return max(len(self.file) // self.size, *self.newer, 0)

    def page(self, number: int) -> bytes | None:
        """Return a page, or None where there is none."""
        if number in self.newer:
            return self.newer[number]
        page = self.file[(number - 1) * self.size:number * self.size] if number > 0 else b""
        return page if len(page) == self.size else None

    def rows(self, header: re.Pattern[bytes] | None = None) -> Iterator[Found]:
        """Yield every row that can be read, page after page.

        Args:
            header: what the header of a row in an index's tree looks like. Such rows are found wherever they lie: the
                list of cells stands at the head of a page, and a few damaged bytes there would cost the whole page.
        """
        for number in range(1, self.last + 1):
            page = self.page(number)
            if page is None:
                continue
            listed = set()
            for start, found in self._rows_on(number, page):
                listed.add(start)
                yield found
            for match in header.finditer(page) if header else ():
                stray = None if match.start() in listed else self._stray(number, page, match.start())
                if stray is not None:
                    yield stray

    def _rows_on(self, number: int, page: bytes) -> Iterator[tuple[int, Found]]:
        at = HEADER if number == 1 else 0
        kind = page[at]
        if kind not in CELLS_AT:
            return
        count = int.from_bytes(page[at + 3:at + 5], "big")
        first = at + CELLS_AT[kind]
        for place in range(first, min(first + 2 * count, self.size - 1), 2):
            try:
                found = self._cell(number, kind, page, int.from_bytes(page[place:place + 2], "big"))
            except (IndexError, ValueError, KeyError):
                continue   # damaged; the next cell may be whole
            if found is not None:
                yield found

    def _cell(self, number: int, kind: int, page: bytes, at: int) -> tuple[int, Found] | None:
        if kind == INTERIOR_INDEX:
            at += 4
        length, at = _varint(page, at)
        rowid: int | None = None
        if kind == LEAF_TABLE:
            rowid, at = _varint(page, at)
        if not 0 < length <= LONGEST_ROW:
            return None
        return at, Found(number, rowid, _record(self._payload(kind, page, at, length)))

    def _stray(self, number: int, page: bytes, at: int) -> Found | None:
        try:
            length = _length(page, at)
            if not 0 < length <= LONGEST_ROW:
                return None
            return Found(number, None, _record(self._payload(LEAF_INDEX, page, at, length)), listed=False)
        except (IndexError, ValueError, KeyError):
            return None   # it only looked like one

    def _payload(self, kind: int, page: bytes, at: int, length: int) -> bytes:
        most = self.size - 35 if kind == LEAF_TABLE else (self.size - 12) * 64 // 255 - 23
        if length <= most:
            return page[at:at + length]
        least = (self.size - 12) * 32 // 255 - 23
        here = least + (length - least) % (self.size - 4)
        here = here if here <= most else least
        parts, rest = [page[at:at + here]], length - here
        following = int.from_bytes(page[at + here:at + here + 4], "big")
        while rest > 0:
            over = self.page(following)
            if over is None:
                raise ValueError("the chain leads nowhere")
            parts.append(over[4:4 + min(rest, self.size - 4)])
            following, rest = int.from_bytes(over[:4], "big"), rest - (self.size - 4)
        return b"".join(parts)


def read_pages(path: Path) -> Pages:
    """Return the newest version of every page of the file at `path` and of the WAL beside it.

    Pages behind the last commit that SQLite accepts are taken as well: a flipped bit may have made a commit that was
    told look like one that was cut off.
    """
    file = _look_into(path)
    size = int.from_bytes(file[16:18], "big") if len(file) >= HEADER else 0
    size = 65536 if size == 1 else size
    if size not in SIZES:
        size = USUAL_SIZE   # the very field is damaged; the product never chooses another
    frames = wal_frames(path, size)
    return Pages(size, file, {frame.page: frame.content for frame in frames})


def _look_into(path: Path) -> bytes | mmap:
    if not path.exists() or not path.stat().st_size:
        return b""   # nothing can be mapped there
    with path.open("rb") as opened:
        return mmap(opened.fileno(), 0, access=ACCESS_READ)


def wal_frames(path: Path, size: int = USUAL_SIZE) -> list[Frame]:
    """Return the frames of the WAL's present generation beside the database at `path`, in order."""
    wal = path.with_name(path.name + "-wal")
    raw = wal.read_bytes() if wal.exists() else b""
    if len(raw) < WAL_HEADER + FRAME_HEADER + size:
        return []
    order = "big" if raw[3] & 1 else "little"
    salts = _salts(raw, size)
    frames: list[Frame] = []
    before = _sums(raw[:24], (0, 0), order)
    step = FRAME_HEADER + size
    for at in range(WAL_HEADER, len(raw) - step + 1, step):
        head, content = raw[at:at + FRAME_HEADER], raw[at + FRAME_HEADER:at + step]
        stored = (int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big"))
        fits = _sums(head[:8] + content, before, order) == stored
        if head[8:16] != salts and not fits and not _goes_on(raw, at + step, step, salts):
            break   # of an earlier generation
        page = int.from_bytes(head[:4], "big")
        frames.append(Frame(page, head[4:8] != b"\0\0\0\0", content, fits and head[8:16] == salts))
        before = stored
    return frames


def wal_damaged(path: Path) -> bool:
    """Return whether the WAL beside `path` holds a commit behind a frame that is damaged: SQLite would drop it, and all
    after it, in silence.

    What stands behind the last good commit may have been cut off while it was written: `torn_end` tells.
    """
    frames = wal_frames(path)
    last = max((n for n, frame in enumerate(frames) if frame.commit and (frame.fits or n + 1 < len(frames))),
               default=-1)
    return not all(frame.fits for frame in frames[:last + 1])


def torn_end(path: Path) -> tuple[Pages, Pages] | None:
    """Return the pages as SQLite would take them and as they are with the WAL's torn end; None where it has none."""
    frames = wal_frames(path)
    good = next((n for n, frame in enumerate(frames) if not frame.fits), len(frames))
    good = max((n + 1 for n, frame in enumerate(frames[:good]) if frame.commit), default=0)
    if good == len(frames):
        return None
    whole = read_pages(path)
    return Pages(whole.size, whole.file, {frame.page: frame.content for frame in frames[:good]}), whole


def _salts(raw: bytes, size: int) -> bytes:
    """Return the generation's mark: of the header, or of the first frame where the header is damaged."""
    first = raw[WAL_HEADER + 8:WAL_HEADER + 16]
    second = raw[WAL_HEADER + FRAME_HEADER + size + 8:][:8]
    return raw[16:24] if raw[16:24] in (first, second) else first


def _goes_on(raw: bytes, at: int, step: int, salts: bytes) -> bool:
    return len(raw) >= at + step and raw[at + 8:at + 16] == salts


def _sums(content: bytes, before: tuple[int, int], order: str) -> tuple[int, int]:
    words = array("I", content)
    if order != byteorder:
        words.byteswap()
    one, two = before
    for n in range(0, len(words), 2):
        one = (one + words[n] + two) & 0xFFFFFFFF
        two = (two + words[n + 1] + one) & 0xFFFFFFFF
    return one, two


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = 0
    for n in range(8):
        value = value << 7 | raw[at + n] & 0x7F
        if raw[at + n] < 0x80:
            return value, at + n + 1
    value = value << 8 | raw[at + 8]
    return (value - 2**64 if value >= 2**63 else value), at + 9


def _length(raw: bytes, at: int) -> int:
    """Return how many bytes the row has whose header begins at `at`."""
    size, here = _varint(raw, at)
    length, end = size, at + size
    while here < end:
        kind, here = _varint(raw, here)
        length += _INTEGER_BYTES.get(kind, 0) if kind < 12 else (kind - 12) // 2
    return length


def _record(raw: bytes) -> list[Value]:
    end, at = _varint(raw, 0)
    kinds = []
    while at < end:
        kind, at = _varint(raw, at)
        kinds.append(kind)
    values: list[Value] = []
    at = end
    for kind in kinds:
        value, at = _value(raw, at, kind)
        values.append(value)
    if at != len(raw):
        raise ValueError("the row is not as long as it says")
    return values


def _value(raw: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind in (0, 8, 9):
        return (None, 0, 1)[0 if kind == 0 else kind - 7], at
    if kind in _INTEGER_BYTES:
        end = at + _INTEGER_BYTES[kind]
        return int.from_bytes(raw[at:end], "big", signed=True), end
    if kind < 12:
        raise ValueError("no table of ours holds such a value")
    end = at + (kind - 12) // 2
    if end > len(raw):
        raise ValueError("cut off")
    return (raw[at:end].decode() if kind % 2 else raw[at:end]), end
