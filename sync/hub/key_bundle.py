"""The hub's keys in a backup: sealed to a recovery code that lies on paper, so that no backup alone opens anything.

Without the keys a backup is a heap of sealed envelopes. They are sealed to a public key that follows from the code:
the hub keeps that half, makes every backup with it, and cannot open the bundle itself.
"""

import re
from pathlib import Path

import msgspec

from edge.domain.receipt import ALPHABET
from edge.ground.keys import SealingKey, write_durably
from edge.ground.problem import HUB_KEY_DAMAGED, WRONG_CODE, Problem
from edge.ground.sealing import CannotOpen, key_from, open_sealed, seal
from edge.records import audit, facts
from sync.hub.hub import Hub
from sync.protocol.enrolment import last_letter

LETTERS, GROUP = 25, 5          # 24 random letters: 118 bits, no need of a slow derivation
_INFO = b"yizhan hub keys"
_FACT = "recovery_public"
SUFFIX = ".keys"
_NAME = re.compile(r"root\.key|hub\.key|departments/[0-9a-f]{16}\.key")


def new_recovery_code(hub: Hub, actor: str) -> str:
    """Return a fresh recovery code, to be printed and locked away; it is not kept. The one before opens what was
    sealed to it and nothing later.
    """
    letters = ""
    while len(letters) < LETTERS - 1:
        letters += "".join(ALPHABET[byte % 31] for byte in hub.chance(LETTERS) if byte < 248)
    code = letters[:LETTERS - 1]
    code += last_letter(code)
    with hub.store.write() as db:
        facts.put(db, _FACT, _key(code).public)
        audit.note(db, hub.now(), actor, "recovery-code", hub.id)
    return "-".join(code[at:at + GROUP] for at in range(0, LETTERS, GROUP))


def has_recovery_code(hub: Hub) -> bool:
    """Return whether backups carry the keys."""
    return facts.get(hub.store.read(), _FACT, bytes) is not None


def seal_keys(hub: Hub) -> bytes | None:
    """Return all keys of the hub, sealed to the recovery code; None while there is no code."""
    public = facts.get(hub.store.read(), _FACT, bytes)
    if public is None:
        return None
    folder = hub.folder / "keys"
    files = {str(path.relative_to(folder).as_posix()): path.read_bytes() for path in sorted(folder.rglob("*.key"))}
    return seal(public, _INFO, msgspec.msgpack.encode(files))


def unseal_keys(bundle: bytes, typed: str, folder: Path) -> int:
    """Write the keys of a bundle that are missing in `folder`; return how many. A key that is there stays.

    Raises:
        Problem: WRONG_CODE; HUB_KEY_DAMAGED where one lies there that is another: no key of a hub ever changes.
    """
    code = "".join(letter for letter in typed.upper() if letter in ALPHABET)
    if len(code) != LETTERS or last_letter(code[:-1]) != code[-1]:
        raise Problem(WRONG_CODE)
    try:
        files = msgspec.msgpack.decode(open_sealed(_key(code), _INFO, bundle), type=dict[str, bytes])
    except (CannotOpen, msgspec.DecodeError) as fault:
        raise Problem(WRONG_CODE) from fault
    if not all(_NAME.fullmatch(name) for name in files):
        raise Problem(WRONG_CODE, "a name in the bundle is none of a key")
    there = {name: folder / "keys" / name for name in files if (folder / "keys" / name).exists()}
    damaged = [path.name for name, path in there.items() if path.read_bytes() != files[name]]
    if damaged:
        raise Problem(HUB_KEY_DAMAGED, ", ".join(damaged))
    missing = {name: seed for name, seed in files.items() if name not in there}
    for name, seed in missing.items():
        write_durably(folder / "keys" / name, seed)
    return len(missing)


def _key(code: str) -> SealingKey:
    return SealingKey(key_from(code.encode(), "yizhan recovery code"))
