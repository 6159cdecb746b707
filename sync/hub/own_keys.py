"""Own keys: the hub's key files, compared with the key set that the county's root signed, before anything is opened.

One flipped bit is put right: the public half says what the seed must be. With a wrong department key every form would
be called unreadable, with a wrong hub key every machine would hear a stranger; so a file beyond that stops the start.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from edge.domain.envelope import Faulty
from edge.domain.key_set import KeySet, key_id, open_key_set
from edge.ground.clock import Chance
from edge.ground.database import Connection
from edge.ground.keys import SealingKey, SigningKey, load_fitting, load_or_create
from edge.ground.problem import HUB_KEY_DAMAGED, KEYS_MISSING, Problem
from sync.hub.tables import published

ROOT, HUB = "root.key", "hub.key"


@dataclass(frozen=True)
class OwnKeys:
    """The keys that sign, and the names of the files in which a bit was put right."""

    root: SigningKey
    hub: SigningKey
    mended: tuple[str, ...] = ()


def department_path(folder: Path, id: bytes) -> Path:
    """Return where the private key of this id lies."""
    return folder / "keys" / "departments" / f"{id.hex()}.key"


def load_keys(folder: Path, db: Connection, chance: Chance) -> OwnKeys:
    """Return the keys in a hub's folder, all of them looked at; a hub that has published no key set gets new ones.

    A department's key that is not there is no fault of the disk: what was sealed to it gets its verdict.

    Raises:
        Problem: HUB_KEY_DAMAGED or KEYS_MISSING, naming the file; nothing was changed.
    """
    known = _known(db)
    if known is None:
        root, own = (load_or_create(folder / "keys" / name, chance) for name in (ROOT, HUB))
        return OwnKeys(SigningKey(root), SigningKey(own))
    mended: list[str] = []
    root = _fitting(folder / "keys" / ROOT, lambda seed: SigningKey(seed).public == known.root, mended)
    own = _fitting(folder / "keys" / HUB, lambda seed: SigningKey(seed).public == known.hub, mended)
    for key in known.departments:
        if department_path(folder, key.key_id).exists():
            department_seed(folder, key.key_id, mended)
    return OwnKeys(SigningKey(root), SigningKey(own), tuple(mended))


def department_seed(folder: Path, id: bytes, mended: list[str] | None = None) -> bytes:
    """Return the private key of this id, which is a hash of its public half.

    Raises:
        Problem: HUB_KEY_DAMAGED or KEYS_MISSING.
    """
    return _fitting(department_path(folder, id), lambda seed: key_id(SealingKey(seed).public) == id,
                    [] if mended is None else mended)


def _known(db: Connection) -> KeySet | None:
    """Return the newest key set that its own root signed; None before the first."""
    for one in published.versions(db, "key_set", ""):
        try:
            return open_key_set(one.content)
        except Faulty:
            continue   # the disk has changed it; an older one names the same root and hub
    return None


def _fitting(path: Path, fits: Callable[[bytes], bool], mended: list[str]) -> bytes:
    try:
        before = path.read_bytes()
        seed = load_fitting(path, fits)
    except FileNotFoundError as fault:
        raise Problem(KEYS_MISSING, path.name) from fault
    except (OSError, ValueError) as fault:
        raise Problem(HUB_KEY_DAMAGED, path.name) from fault
    if seed != before:
        mended.append(path.name)
    return seed
