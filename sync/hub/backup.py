"""Back up: an online copy, carried away, opened again where it lies, looked through, signed, listed; then the oldest of
four is struck off the list and removed. Source: docs/protocol.md 7 "safe".

A copy counts from the moment when its line stands in the black book, and not a step earlier.
"""

import os
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from edge.ground.clock import moment
from edge.ground.ids import JSON
from edge.ground.keys import flush_folder, write_durably
from edge.ground.problem import BACKUP_FAILED, BUSY, Problem
from edge.records import audit, facts
from sync.hub.backup_check import Unsound, check_copy, hash_from_medium
from sync.hub.book import Kind
from sync.hub.hub import Hub
from sync.hub.key_bundle import SUFFIX as KEYS
from sync.hub.key_bundle import seal_keys
from sync.hub.manifest import SUFFIX as MANIFEST
from sync.hub.manifest import Manifest, manifests_in, write_manifest
from sync.hub.own_keys import load_keys
from sync.hub.tables import alarms, backups
from sync.hub.tables.copying import Error, copy_to

KEPT = 3
_OURS = re.compile(r"(?P<stem>yizhan-(?P<hub>[0-9a-f]{16})-(?P<number>[0-9]{6,})-[0-9]{8}-[0-9]{6})"
                   r"\.(?:db|keys|manifest)(?P<unfinished>\.part|\.new)?")
ID_BYTES = 16
COPY, UNFINISHED = ".db", ".part"
LAST = "backup_last"
Tell = Callable[[str, int], None]


class Last(msgspec.Struct, frozen=True):
    """How the last try ended; `number` is 0 when nothing was made."""

    at: int
    number: int
    why: str = ""


@dataclass
class Made:
    """A backup, where it lies, and where it could not be put."""

    manifest: Manifest
    places: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    retired: list[int] = field(default_factory=list)


def back_up(hub: Hub, targets: list[Path], actor: str, tell: Tell = lambda step, percent: None) -> Made:
    """Make one backup in every target folder that takes it.

    Args:
        tell: is told of the step and its percentage.

    Raises:
        Problem: BACKUP_FAILED when no folder took it; HUB_KEY_DAMAGED or KEYS_MISSING; BUSY while another backup runs.
            Earlier backups are untouched.
    """
    try:
        with FileLock(hub.folder / "backup.lock", timeout=0):
            return _back_up(hub, targets, actor, tell)
    except Timeout as fault:
        raise Problem(BUSY, "backup") from fault


def _back_up(hub: Hub, targets: list[Path], actor: str, tell: Tell) -> Made:
    try:
        load_keys(hub.folder, hub.store.read(), hub.chance)
    except Problem as damaged:
        # the running hub has the true key; the newest backups would hold nothing but the damaged one
        _note_failure(hub, f"{damaged.kind.code}: {damaged.detail}")
        raise
    hub.book.take_up(hub.store, [target / hub.book.name_elsewhere() for target in targets])
    number, name = backups.next_number(hub.store.read()), hub.chance(ID_BYTES)
    made: Made | None = None
    failed: dict[str, str] = {}
    for target in targets:
        try:
            _tidy(hub, target)
            if made is None:
                made = Made(_copy_first(hub, target, number, name, tell))
            else:
                _copy_again(made, target, tell)
            made.places.append(str(target))
        except (OSError, Error, Unsound) as fault:
            failed[str(target)] = str(fault) or type(fault).__name__
            _drop_unfinished(hub, target)
    if made is None:
        _note_failure(hub, "; ".join(f"{folder}: {why}" for folder, why in failed.items()))
    else:
        made.failed = failed
        _list(hub, made, name, actor)
        made.retired = retire_old(hub, actor)
        _spread(hub, made)
        tell("done", 100)
        return made
    raise Problem(BACKUP_FAILED, "; ".join(f"{folder}: {why}" for folder, why in failed.items()))


def _drop_unfinished(hub: Hub, target: Path) -> None:
    with suppress(OSError):   # the folder is full, gone or read-only: that was told already
        _tidy(hub, target)


def _copy_first(hub: Hub, target: Path, number: int, id: bytes, tell: Tell) -> Manifest:
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    day = moment(hub.now()).strftime("%Y%m%d-%H%M%S")
    name = f"yizhan-{hub.id}-{number:06d}-{day}{COPY}"
    path, unfinished = target / name, target / (name + UNFINISHED)
    copy_to(hub.store, unfinished, lambda done, whole: tell("copy", 100 * done // max(whole, 1)))
    _settle(unfinished, path)
    tell("check", 0)
    heads, cases, envelopes = check_copy(path)
    keys = seal_keys(hub)
    manifest = Manifest(
        hub.id, id.hex(), number, hub.now(), name, path.stat().st_size, hash_from_medium(path), cases, envelopes,
        name.removesuffix(COPY) + KEYS if keys else "",
        [(device.hex(), at.incarnation.hex(), at.n, at.chain.hex()) for device, at in heads])
    if keys:
        write_durably(target / manifest.keys, keys)
    tell("check", 100)
    line = write_manifest(manifest, hub.key)
    write_durably(hub.book.manifest_path(id), line)
    write_durably(_manifest_of(path), line)
    return manifest


def _copy_again(made: Made, target: Path, tell: Tell) -> None:
    """Put the same copy into one more folder: read back there, it must be the same to the last bit."""
    source, manifest = Path(made.places[0]), made.manifest
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    tell("copy", 0)
    unfinished = target / (manifest.file + UNFINISHED)
    shutil.copyfile(source / manifest.file, unfinished)
    _settle(unfinished, target / manifest.file)
    if hash_from_medium(target / manifest.file) != manifest.sha256:
        raise Unsound("what was written cannot be read back")
    tell("copy", 100)
    for name in (manifest.keys, _manifest_of(Path(manifest.file)).name):
        if name:
            write_durably(target / name, (source / name).read_bytes())


def _manifest_of(path: Path) -> Path:
    return path.with_suffix(MANIFEST)


def _settle(unfinished: Path, path: Path) -> None:
    with unfinished.open("rb+") as handle:
        os.fsync(handle.fileno())
    unfinished.replace(path)
    flush_folder(path.parent)


def _list(hub: Hub, made: Made, id: bytes, actor: str) -> None:
    at = hub.now()
    told: dict[str, JSON] = {"number": made.manifest.number, "file": made.manifest.file, "places": list(made.places)}
    with hub.store.write() as db:
        hub.book.write(db, Kind.BACKUP, id, at, told)
        facts.put(db, LAST, Last(at, made.manifest.number, _why(made.failed)))
        audit.note(db, at, actor, "backup", made.manifest.id, told)
        if made.failed:
            alarms.sound(db, "backup-failed", hub.id, _why(made.failed), at)


def _why(failed: dict[str, str]) -> str:
    return "; ".join(f"{folder}: {why}" for folder, why in failed.items())


def _note_failure(hub: Hub, why: str) -> None:
    with hub.store.write() as db:
        facts.put(db, LAST, Last(hub.now(), 0, why))
        alarms.sound(db, "backup-failed", hub.id, why, hub.now())


def retire_old(hub: Hub, actor: str) -> list[int]:
    """Strike all but the newest three off the list, by a signed line first; return their numbers."""
    kept = [row for row in backups.every(hub.store.read()) if row.state == "kept"]
    for row in kept[KEPT:]:
        with hub.store.write() as db:
            hub.book.write(db, Kind.RETIRED, row.id, hub.now(), {"number": row.number})
            audit.note(db, hub.now(), actor, "backup-retired", row.id.hex(), {"number": row.number})
    return [row.number for row in kept[KEPT:]]


def _spread(hub: Hub, made: Made) -> None:
    """Bring the black book into every folder that can be reached, and only then remove what was retired there."""
    for folder in map(Path, backups.folders(hub.store.read())):
        if not folder.is_dir():
            continue
        try:
            hub.book.spread(hub.store, folder)
            _tidy(hub, folder)
        except OSError as fault:
            made.failed.setdefault(str(folder), str(fault))


def _tidy(hub: Hub, folder: Path) -> None:
    """Remove what an interrupted backup left behind, and the files of retired ones; touch nothing of anyone else."""
    if not folder.is_dir():
        return
    rows = backups.every(hub.store.read())
    kept, retired = ({row.id for row in rows if row.state == state} for state in ("kept", "retired"))
    for path, manifest in manifests_in(folder, hub.key.public):
        if bytes.fromhex(manifest.id) in retired or bytes.fromhex(manifest.id) not in kept:
            path.unlink(missing_ok=True)   # first: without it the rest is no backup
    numbers = {row.number for row in rows if row.state == "kept"}
    for path in folder.iterdir():
        found = _OURS.fullmatch(path.name)
        if found is None or found["hub"] != hub.id:
            continue
        whole = path.with_name(found["stem"] + MANIFEST).exists() or int(found["number"]) in numbers
        if found["unfinished"] or not whole:
            path.unlink(missing_ok=True)
