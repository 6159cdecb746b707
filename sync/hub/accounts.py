"""People who use the console: who they are, how they log in, and what stops guessing.

Three roles that never mix (GB/T 22239 asks for separate system, business and audit administration): `reviewer`
decides cases, `it` keeps sites, items and accounts, `auditor` reads the audit. A name that nobody has is counted,
locked and answered exactly as one that somebody has.
"""

import re
from enum import StrEnum
from functools import cache
from typing import Protocol

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from edge.domain.receipt import ALPHABET
from edge.ground.clock import Chance, Clock, seconds
from edge.ground.database import Connection, Store
from edge.ground.ids import new_id
from edge.ground.problem import (
    ACCOUNT_FAULTY,
    LAST_OF_ROLE,
    LOGIN_LOCKED,
    NAME_TAKEN,
    NOT_FOUND,
    WEAK_SECRET,
    WRONG_LOGIN,
    Problem,
)
from edge.ground.sealing import digest
from edge.records import audit
from sync.hub.reason import stated
from sync.hub.tables import accounts as table
from sync.hub.tables import sessions as session_table
from sync.hub.tables.accounts import Account, Tries

MOST_TRIES = 5
LOCK_SECONDS = 30 * 60
LEAST_SECRET, MOST_SECRET = 10, 128
_COUNT_SECONDS = 24 * 3600
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
# OWASP's floor for Argon2id: 19 MiB, two passes, one lane; about 35 ms on a small server.
_KIB, _PASSES, _LANES, _HASH_BYTES, _SALT_BYTES = 19 * 1024, 2, 1, 32, 16


class Role(StrEnum):
    """What an account may do."""

    REVIEWER = "reviewer"
    IT = "it"
    AUDITOR = "auditor"


class Office(Protocol):
    """What accounts need of the hub."""

    @property
    def store(self) -> Store: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def chance(self) -> Chance: ...


def add_account(
    hub: Office, actor: str, name: str, display: str, role: str, department: str = "", secret: str = "",
    must_change: bool = True,
) -> tuple[Account, str]:
    """Return the new account and its first secret (made up when none is given); the secret is not kept anywhere.

    Raises:
        Problem: ACCOUNT_FAULTY, NAME_TAKEN, WEAK_SECRET.
    """
    name, display = name.strip().lower(), display.strip()
    if not _NAME.fullmatch(name) or not 1 <= len(display) <= 40 or role not in set(Role) or len(department) > 32:
        raise Problem(ACCOUNT_FAULTY)
    secret = secret or new_secret(hub.chance)
    _check_strength(secret, name)
    at, hashed = seconds(hub.clock.now()), _hash(secret, hub.chance)
    account = Account(
        new_id(hub.clock, hub.chance), name, display, role, department, hashed, must_change, "active", at, at, None)
    with hub.store.write() as db:
        if table.by_name(db, name):
            raise Problem(NAME_TAKEN)
        table.add(db, account)
        audit.note(db, at, actor, "account.add", account.actor, {"role": role, "department": department})
    return account, secret


def everyone(hub: Office) -> list[Account]:
    """Return all accounts, active ones first."""
    return table.everyone(hub.store.read())


def account(hub: Office, account_id: str) -> Account:
    """Return one account.

    Raises:
        Problem: NOT_FOUND.
    """
    return _found(hub.store.read(), account_id)


def log_in(hub: Office, name: str, secret: str) -> Account:
    """Return the account that name and secret belong to.

    Raises:
        Problem: WRONG_LOGIN, the same for a wrong secret, an unknown name and a disabled account, at the same cost;
            LOGIN_LOCKED, with `minutes`, the same for names that nobody has.
    """
    found, at = _prove(hub, name, secret), seconds(hub.clock.now())
    with hub.store.write() as db:
        table.seen(db, found.id, at)
        audit.note(db, at, found.actor, "login", found.actor)
    return found


def _prove(hub: Office, name: str, secret: str) -> Account:
    """Return whose secret it is. Counted before it is looked at: guesses side by side cannot outrun the lock."""
    name = name.strip().lower()[:64]
    at, name_hash = seconds(hub.clock.now()), digest(b"yizhan login", name.encode())
    with hub.store.write() as db:
        tries = _count(db, name_hash, at)
        found = table.by_name(db, name)
    right = _verify(secret, found.secret if found else _decoy())
    if found is None or not right or found.state != "active":
        with hub.store.write() as db:
            # what was typed as a name may be somebody's password: only names that exist are written down
            audit.note(db, at, "console", "login.fail", found.actor if found else "unknown", {"tries": tries.count})
        raise _locked(tries, at) if tries.locked_until > at else Problem(WRONG_LOGIN)
    with hub.store.write() as db:
        table.forget_tries(db, name_hash)
    return found


def change_secret(hub: Office, account_id: str, old: str, new: str, keep: bytes = b"") -> None:
    """Replace one's own secret; the account's other browsers are logged out, except the session whose hash is `keep`.

    Raises:
        Problem: WRONG_LOGIN or LOGIN_LOCKED for the old secret, WEAK_SECRET for the new one.
    """
    mine = _prove(hub, account(hub, account_id).name, old)
    if new == old:
        raise Problem(WEAK_SECRET)
    _check_strength(new, mine.name)
    at, hashed = seconds(hub.clock.now()), _hash(new, hub.chance)
    with hub.store.write() as db:
        table.set_secret(db, mine.id, hashed, must_change=False, at=at)
        session_table.close_all(db, mine.id, but=keep)
        audit.note(db, at, mine.actor, "account.secret", mine.actor)


def reset(hub: Office, actor: str, account_id: str, reason: str) -> str:
    """Return a new one-time secret that must be changed at once; lifts the lock, logs every browser out.

    Raises:
        Problem: NOT_FOUND, REASON_MISSING, REASON_NAMES.
    """
    why = stated(reason)
    secret = new_secret(hub.chance)
    at, hashed = seconds(hub.clock.now()), _hash(secret, hub.chance)
    with hub.store.write() as db:
        found = _found(db, account_id)
        table.set_secret(db, found.id, hashed, must_change=True, at=at)
        table.forget_tries(db, digest(b"yizhan login", found.name.encode()))
        session_table.close_all(db, found.id)
        audit.note(db, at, actor, "account.reset", found.actor, {"reason": why})
    return secret


def set_state(hub: Office, actor: str, account_id: str, state: str, reason: str) -> None:
    """Disable (`disabled`) or enable (`active`) an account; disabling logs it out everywhere.

    Raises:
        Problem: NOT_FOUND, REASON_MISSING, REASON_NAMES; LAST_OF_ROLE when nobody could keep accounts afterwards.
    """
    why = stated(reason)
    at = seconds(hub.clock.now())
    with hub.store.write() as db:
        found = _found(db, account_id)
        keeps_accounts = found.role == Role.IT and found.state == "active"
        if state == "disabled" and keeps_accounts and table.count_active(db, Role.IT) == 1:
            raise Problem(LAST_OF_ROLE)
        if table.set_state(db, found.id, state, at):
            session_table.close_all(db, found.id)
            audit.note(db, at, actor, f"account.{state}", found.actor, {"reason": why})


def new_secret(chance: Chance) -> str:
    """Return three groups of four letters without look-alikes: 59 bits, easy to read out."""
    letters = ""
    while len(letters) < 12:
        letters += "".join(ALPHABET[byte % 31] for byte in chance(16) if byte < 248)
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:12]}"


def _found(db: Connection, account_id: str) -> Account:
    found = table.by_id(db, account_id)
    if found is None:
        raise Problem(NOT_FOUND)
    return found


def _count(db: Connection, name_hash: bytes, at: int) -> Tries:
    """Count one more try and return the count, or refuse because the name is locked."""
    before = table.tries(db, name_hash)
    left = before.locked_until - at
    if 0 < left <= LOCK_SECONDS:
        raise _locked(before, at)
    if left > LOCK_SECONDS:
        # the clock was wrong when the lock was set, or is wrong now: the lock lasts 30 minutes from here, not for years
        before = Tries(MOST_TRIES - 1, at, 0)
    count = 1 if before.locked_until or before.last_at < at - _COUNT_SECONDS else before.count + 1
    now = Tries(count, at, at + LOCK_SECONDS if count >= MOST_TRIES else 0)
    table.put_tries(db, name_hash, now, prune_before=at - _COUNT_SECONDS)
    return now


def _locked(tries: Tries, at: int) -> Problem:
    return Problem(LOGIN_LOCKED, facts={"minutes": max(1, -((at - tries.locked_until) // 60))})


def _check_strength(secret: str, name: str) -> None:
    plain = secret.lower()
    if not LEAST_SECRET <= len(secret) <= MOST_SECRET or name in plain or len(set(plain)) < 5 or plain.isdigit():
        raise Problem(WEAK_SECRET)


def _hash(secret: str, chance: Chance) -> str:
    kdf = Argon2id(salt=chance(_SALT_BYTES), length=_HASH_BYTES, iterations=_PASSES, lanes=_LANES, memory_cost=_KIB)
    return kdf.derive_phc_encoded(secret.encode())


def _verify(secret: str, hashed: str) -> bool:
    try:
        Argon2id.verify_phc_encoded(secret.encode()[:1024], hashed)
    except InvalidKey:
        return False
    return True


@cache
def _decoy() -> str:
    """Return a hash that nothing fits, so that an unknown name costs what a known one costs."""
    return _hash("\0nobody", lambda size: b"\0" * size)
