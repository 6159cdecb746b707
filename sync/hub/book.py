"""The black book: what must never be forgotten, whatever copy of the hub is brought back. Source: docs/protocol.md 7.

Signed lines, each true by itself and for ever: an envelope was erased, a device revoked, a ticket used, a backup made,
a backup retired. They lie in the database, in a file beside it and in every folder with backups; what stands in any
copy counts, and a restore takes the union. A line is on the disk before the act that it speaks of is committed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
from filelock import FileLock

from edge.domain.envelope import Faulty
from edge.ground.database import Connection, Store
from edge.ground.ids import JSON
from edge.ground.keys import SigningKey, write_durably
from edge.ground.problem import DISK_FULL, Problem
from sync.hub.manifest import SUFFIX, read_manifest
from sync.hub.signed import read_line, to_json
from sync.hub.tables import backups, book
from sync.hub.tables.backups import BackupRow
from sync.hub.tables.book import Line

_PURPOSE = b"ferry1 book"
FILE = "black.book"
MANIFESTS = "backups"
_LOCK = "book.lock"


class Kind(StrEnum):
    """What a line speaks of. A kind that this version does not know is kept."""

    ERASED = "erased"       # subject: name of an envelope
    REVOKED = "revoked"     # a device
    TICKET = "ticket"       # public id of a used ticket
    BACKUP = "backup"       # id of a backup that may be restored, unless
    RETIRED = "retired"     # it was retired


class Entry(msgspec.Struct, frozen=True):
    """What is signed."""

    hub: str
    kind: str
    subject: str            # hexadecimal
    at: int
    facts: dict[str, Any]   # JSON values


@dataclass(frozen=True)
class Book:
    """The black book of one hub."""

    folder: Path
    hub: str
    key: SigningKey

    @property
    def path(self) -> Path:
        """The file beside the database."""
        return self.folder / FILE

    def name_elsewhere(self) -> str:
        """Return the name of the copy in a folder with backups, where several hubs may keep theirs."""
        return f"yizhan-{self.hub}.book"

    def write(self, db: Connection, kind: Kind, subject: bytes, at: int, facts: dict[str, JSON] | None = None) -> bool:
        """Write a line and do what it says, inside the caller's transaction; False when it stands there already."""
        if book.has(db, kind, subject):
            return False
        content = to_json(Entry(self.hub, kind, subject.hex(), at, facts or {}))
        line = Line(kind, subject, at, content, self.key.sign(_PURPOSE + content))
        try:
            with self._locked():
                self._append(self.path, [line])   # before the commit: a line too many is redone, a missing one lost
        except OSError as fault:
            raise Problem(DISK_FULL, str(self.path)) from fault
        self._take(db, line)
        return True

    def take_up(self, store: Store, others: Iterable[Path] = ()) -> int:
        """Unite the database with the file beside it and with other copies; return how many lines it had not."""
        found = {(one.kind, one.subject): one for path in (self.path, *others) for one in self.read(path)}
        known = {(one.kind, one.subject): one for one in book.every(store.read())}
        fresh = [line for place, line in found.items() if place not in known]
        if fresh:
            with store.write() as db:
                for line in sorted(fresh, key=lambda one: (one.at, one.kind)):
                    self._take(db, line)
        self._complete(self.path, {**found, **known}.values())
        return len(fresh)

    def spread(self, store: Store, folder: Path) -> None:
        """Bring the copy in a folder with backups up to all lines.

        Raises:
            OSError: it cannot be written there.
        """
        self._complete(folder / self.name_elsewhere(), book.every(store.read()))

    def read(self, path: Path) -> list[Line]:
        """Return the lines of a copy that this hub signed; a torn or foreign line is passed over."""
        try:
            raw = path.read_bytes()
        except OSError:
            return []
        return [line for one in raw.splitlines() if (line := self._line(one)) is not None]

    def folders(self, paths: Iterable[Path]) -> list[Path]:
        """Return every folder that holds a backup, by the lines of these copies."""
        listed = [line for path in paths for line in self.read(path) if line.kind == Kind.BACKUP]
        named = [msgspec.json.decode(line.content, type=Entry).facts.get("places", []) for line in listed]
        return [Path(str(folder)) for folders in named for folder in folders]

    def _line(self, raw: bytes) -> Line | None:
        found = read_line(_PURPOSE, raw, self.key.public)
        if found is None:
            return None
        entry = msgspec.json.decode(found[0], type=Entry)
        return Line(entry.kind, bytes.fromhex(entry.subject), entry.at, *found)

    def _complete(self, path: Path, lines: Iterable[Line]) -> None:
        with self._locked():
            here = {(one.kind, one.subject) for one in self.read(path)}
            missing = [one for one in lines if (one.kind, one.subject) not in here]
            if missing:
                self._append(path, missing)

    def _append(self, path: Path, lines: list[Line]) -> None:
        # the whole file anew under another name: a torn line would hide in the middle for ever
        before = path.read_bytes() if path.exists() else b""
        if before and not before.endswith(b"\n"):
            before += b"\n"
        fresh = b"".join(one.content + b" " + one.signature.hex().encode() + b"\n" for one in lines)
        write_durably(path, before + fresh)

    def _locked(self) -> FileLock:
        return FileLock(self.folder / _LOCK, timeout=30)

    def _take(self, db: Connection, line: Line) -> None:
        if book.add(db, line):
            self._act(db, line)

    def apply(self, db: Connection) -> None:
        """Do again what every line says: rows of an older copy were read in since."""
        for line in book.every(db):
            self._act(db, line)

    def _act(self, db: Connection, line: Line) -> None:
        facts = msgspec.json.decode(line.content, type=Entry).facts
        if line.kind == Kind.ERASED:
            book.erase(db, line.subject)
        elif line.kind == Kind.REVOKED:
            book.revoke(db, line.subject)
        elif line.kind == Kind.TICKET:
            book.use_ticket(db, line.subject.decode("ascii"), bytes.fromhex(str(facts["key"])))
        elif line.kind == Kind.BACKUP:
            self._list(db, line, int(str(facts["number"])))
            for folder in facts.get("places", []):
                backups.put_place(db, line.subject, str(folder))
        elif line.kind == Kind.RETIRED:
            backups.retire(db, line.subject)

    def manifest_path(self, id: bytes) -> Path:
        """Return where the hub keeps its own copy of a backup's manifest, apart from the database."""
        return self.folder / MANIFESTS / (id.hex() + SUFFIX)

    def _list(self, db: Connection, line: Line, number: int) -> None:
        try:
            raw = self.manifest_path(line.subject).read_bytes()
            heads = read_manifest(raw, self.key.public).positions()
        except (OSError, Faulty):
            raw, heads = b"", []   # it may be restored, and nobody knows what it holds: nothing is safe in it
        backups.add(db, BackupRow(line.subject, number, line.at, raw, "kept"), heads)
