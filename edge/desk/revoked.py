"""Revoked: the county struck this machine off. It takes nothing new and cannot sign any more; what is here is kept.

Everything that lies here was signed when it was handed in, so the county can read the disk; until a person there has
looked, nothing of it becomes a case. Source: docs/protocol.md 5.
"""

import os
from pathlib import Path

from edge.ground.clock import Chance
from edge.ground.database import Connection, Store
from edge.ground.keys import SEED_BYTES, SigningKey, flush_folder, load
from edge.records import audit, facts

_FACT = "revoked"


def note_revoked(db: Connection, at: int) -> None:
    """Write down that this machine was struck off; said again it changes nothing."""
    if facts.get(db, _FACT, int) is None:
        facts.put(db, _FACT, at)
        audit.note(db, at, "hub", "revoked", "")


def is_revoked(db: Connection) -> bool:
    """Return whether this machine was struck off."""
    return facts.get(db, _FACT, int) is not None


def destroy_key(path: Path) -> None:
    """Overwrite and remove a key file; nothing to do when it is gone."""
    if not path.exists():
        return
    with path.open("rb+") as handle:
        handle.write(bytes(SEED_BYTES))
        handle.flush()
        os.fsync(handle.fileno())
    path.unlink()
    flush_folder(path.parent)


def signing_key(store: Store, path: Path, chance: Chance) -> SigningKey:
    """Return the machine's key; one that nobody knows where the county had it destroyed.

    Raises:
        OSError, ValueError: the file is missing or damaged on a machine that was not struck off.
    """
    if is_revoked(store.read()):
        destroy_key(path)   # the plug may have been pulled between the word and the deed
        return SigningKey(chance(SEED_BYTES))
    return SigningKey(load(path))
