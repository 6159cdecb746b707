"""Restore: a backup takes the place of the hub's database, and nothing that any readable copy knows is forgotten.

Everything is made ready beside the old database and then renamed into its place; killed anywhere, the folder holds
either the hub that was or the hub that will be. Source: docs/protocol.md 7.
"""

import os
import shutil
from contextlib import closing, suppress
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from filelock import FileLock, Timeout

from edge.domain.envelope import Faulty
from edge.domain.key_set import root_hash
from edge.domain.lane import INCARNATION_BYTES
from edge.ground.clock import Chance, Clock
from edge.ground.database import Store, migrate
from edge.ground.keys import SigningKey, flush_folder, load, write_durably
from edge.ground.problem import BACKUP_RETIRED, BUSY, KEYS_MISSING, NO_BACKUP, Problem
from edge.records import audit
from sync.hub import backup_plan, echo
from sync.hub.backup_check import Unsound, check_copy, hash_from_medium
from sync.hub.book import Book, Kind
from sync.hub.hub import DATABASE, Hub
from sync.hub.key_bundle import SUFFIX as KEYS
from sync.hub.key_bundle import unseal_keys
from sync.hub.keyring import wait_for_papers
from sync.hub.manifest import SUFFIX as MANIFEST
from sync.hub.manifest import Manifest, manifests_in, read_manifest
from sync.hub.missing import Gap, Heads, gaps, heads_of, highest
from sync.hub.standing_still import stand_still
from sync.hub.tables import alarms, backups, devices, down, merge
from sync.hub.tables.copying import Error, copy_to, open_still

WORK = "restoring"
_SIDES = ("-wal", "-shm")


@dataclass
class Restored:
    """What became of it. `read_in`: newer copies and how many envelopes each brought; `gaps`: what may be missing."""

    manifest: Manifest
    listed: bool
    read_in: dict[str, int] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    book: int = 0


def restore(folder: Path, source: Path, clock: Clock, chance: Chance, actor: str, *, accept_loss: bool = False,
            code: str = "", others: tuple[Path, ...] = ()) -> Restored:
    """Put a backup in the place of the hub in `folder`, which must not run.

    Args:
        source: the backup's manifest or database.
        code: the recovery code, where the keys are not in the folder.
        others: more folders with backups, to be read in where they are newer.

    Raises:
        Problem: BUSY, NO_BACKUP, KEYS_MISSING, WRONG_CODE; BACKUP_RETIRED with the lanes and places that may be
            missing. The hub in the folder is untouched.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with FileLock(folder / "hub.lock", timeout=0):
            _bring_keys(folder, source, code)
            with closing(_Restoring(folder, source, clock, chance, others)) as restoring:
                return restoring.run(actor, accept_loss)
    except Timeout as fault:
        raise Problem(BUSY, str(folder)) from fault


def _bring_keys(folder: Path, source: Path, code: str) -> None:
    if code:
        bundle = source.with_suffix(KEYS)
        if not bundle.exists():
            raise Problem(KEYS_MISSING, f"{bundle.name} is not there")
        unseal_keys(bundle.read_bytes(), code, folder)
    if not all((folder / "keys" / name).exists() for name in ("root.key", "hub.key")):
        raise Problem(KEYS_MISSING)


class _Restoring:
    """One restore under way. What persons set is always in the audit: the longer one is the newer."""

    def __init__(self, folder: Path, source: Path, clock: Clock, chance: Chance, others: tuple[Path, ...]) -> None:
        self.folder, self.clock, self.chance = folder, clock, chance
        self.root, self.key = (SigningKey(load(folder / "keys" / name)) for name in ("root.key", "hub.key"))
        self.id = root_hash(self.root.public)[:8].hex()
        self.book = Book(folder, self.id, self.key)
        self.source = source.with_suffix(MANIFEST)
        self.manifest = self._check_source()
        self.old = self._open_old()
        self.folders = self._folders(others)
        found = [pair for one in self.folders for pair in manifests_in(one, self.key.public)]
        self.settings_taken = False
        self.around = sorted(found, key=lambda pair: pair[1].number, reverse=True)

    def _check_source(self) -> Manifest:
        try:
            manifest = read_manifest(self.source.read_bytes(), self.key.public)
            path = self.source.with_name(manifest.file)
            if hash_from_medium(path) != manifest.sha256:
                raise Unsound("changed since it was made")
            check_copy(path)
        except (OSError, Faulty, Unsound) as fault:
            raise Problem(NO_BACKUP, str(fault)) from fault
        return manifest

    def _open_old(self) -> Store | None:
        """Open the database that is to be replaced, if it can still be read."""
        path = self.folder / DATABASE
        if not path.exists():
            return None
        try:
            store = Store(path)
        except Error:
            return None
        with suppress(Error):
            if store.sound():
                migrate(store, "hub", files("sync.hub") / "schema")
                return store
        store.close()
        return None

    def close(self) -> None:
        """Let go of the database that is to be replaced."""
        if self.old is not None:
            self.old.close()
            self.old = None

    def _folders(self, others: tuple[Path, ...]) -> list[Path]:
        named = [self.source.parent.resolve(), *(one.resolve() for one in others)]
        known = self.book.folders([self.book.path, *(one / self.book.name_elsewhere() for one in named)])
        return [one for one in dict.fromkeys([*named, *known]) if one.is_dir()]

    def run(self, actor: str, accept_loss: bool) -> Restored:
        if self.old is not None:
            self.book.take_up(self.old)
        book_copies = [one / self.book.name_elsewhere() for one in self.folders]
        lines = {(line.kind, line.subject) for path in (self.book.path, *book_copies) for line in self.book.read(path)}
        own = bytes.fromhex(self.manifest.id)
        listed = (Kind.BACKUP, own) in lines and (Kind.RETIRED, own) not in lines
        known = self._known_heads()
        if not listed and not accept_loss:
            missing = gaps(known, heads_of(self.manifest.positions()))
            raise Problem(BACKUP_RETIRED, self.manifest.file, {"missing": [gap.as_json() for gap in missing]})
        done = Restored(self.manifest, listed)
        store = self._copy_in()
        self._keep_manifests()
        done.book = self.book.take_up(store, book_copies)
        self._read_in(store, done)
        self._finish(store, actor)
        done.gaps = gaps(known, highest(store.read()))
        store.close()
        self._put_in_place()
        return done

    def _known_heads(self) -> Heads:
        known = heads_of(head for _, manifest in self.around for head in manifest.positions())
        if self.old is not None:
            for lane, n in highest(self.old.read()).items():
                known[lane] = max(n, known.get(lane, 0))
        return known

    def _copy_in(self) -> Store:
        work = self.folder / WORK
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(mode=0o700)
        shutil.copyfile(self.source.with_name(self.manifest.file), work / DATABASE)
        store = Store(work / DATABASE)
        migrate(store, "hub", files("sync.hub") / "schema")
        return store

    def _keep_manifests(self) -> None:
        for path, manifest in self.around:
            write_durably(self.book.manifest_path(bytes.fromhex(manifest.id)), path.read_bytes())

    def _read_in(self, store: Store, done: Restored) -> None:
        """Read in every newer copy that can be read, the database that was replaced first."""
        if self.old is not None:
            copy_to(self.old, self.folder / WORK / "newer.db")
            self._read_one(store, "the database that was here", done)
        for path, manifest in self.around:
            if manifest.number > self.manifest.number and manifest.file not in done.read_in:
                try:
                    check_copy(path.with_name(manifest.file))
                    shutil.copyfile(path.with_name(manifest.file), self.folder / WORK / "newer.db")
                except (OSError, Unsound):
                    done.unreadable.append(manifest.file)
                    continue
                self._read_one(store, manifest.file, done)

    def _read_one(self, store: Store, name: str, done: Restored) -> None:
        copy = self.folder / WORK / "newer.db"
        newer = Store(copy)
        migrate(newer, "hub", files("sync.hub") / "schema")   # it may come from an older version
        newer.close()
        with closing(open_still(copy)) as rows, store.write() as db:
            # the newest that can be read comes first; what lay in the folder may be older than the backup
            if not self.settings_taken and audit.head(rows)[0] > audit.head(db)[0]:
                merge.take_settings(db, rows)
                self.settings_taken = True
            done.read_in[name] = merge.take_missing(db, rows)
        copy.unlink()

    def _finish(self, store: Store, actor: str) -> None:
        hub = Hub(store, self.clock, self.chance, self.folder, self.id, self.root, self.key, self.book)
        with store.write() as db:
            for subject in merge.subjects(db):
                echo.adopt(db, subject)
            self.book.apply(db)
            for row in devices.every(db):
                if down.head(db, row.device) is not None:
                    down.renew(db, row.device, hub.chance(INCARNATION_BYTES))
            for path, manifest in self.around:
                if backups.one(db, bytes.fromhex(manifest.id)) is not None:
                    backups.put_place(db, bytes.fromhex(manifest.id), str(path.parent))
            backup_plan.keep_folders(db, [str(one.resolve()) for one in self.folders])
            merge.log_out(db)
            wait_for_papers(hub, db)
            stand_still(db, hub.now(), self.manifest.number, self.manifest.made_at)
            alarms.sound(db, "hub-restored", self.id, self.manifest.file, hub.now())
            audit.note(db, hub.now(), actor, "restore", self.manifest.id, {"number": self.manifest.number})

    def _put_in_place(self) -> None:
        path = self.folder / DATABASE
        self.close()   # its journal goes into it: one that stayed would be played into the new database
        if path.exists():
            kept = self.folder / f"{DATABASE}.before-{self.manifest.number}-{self.clock.now():%Y%m%d-%H%M%S}"
            _keep_beside(path, kept)
            for side in _SIDES:
                if (left := path.with_name(path.name + side)).exists():
                    left.replace(kept.with_name(kept.name + side))
        fresh = self.folder / WORK / DATABASE
        with fresh.open("rb+") as handle:
            os.fsync(handle.fileno())
        fresh.replace(path)
        flush_folder(self.folder)
        shutil.rmtree(self.folder / WORK, ignore_errors=True)


def _keep_beside(path: Path, kept: Path) -> None:
    if kept.exists() and kept.samefile(path):
        return   # a restore that was killed here, and is done once more
    try:
        kept.hardlink_to(path)
    except OSError:   # a file system without links
        shutil.copyfile(path, kept)
