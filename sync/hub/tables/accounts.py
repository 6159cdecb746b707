"""Accounts and their failed log-ins."""

from dataclasses import dataclass, replace
from typing import Any

from edge.ground.database import Connection
from sync.hub.tables.rows import first, number_of

ADD = """INSERT INTO accounts (id, name, display, role, department, secret, must_change, made_at, changed_at)
         VALUES (:id, :name, :display, :role, :department, :secret, :must_change, :at, :at)"""
_COLUMNS = "id, name, display, role, department, secret, must_change, state, made_at, changed_at, last_in_at"
BY_NAME = f"SELECT {_COLUMNS} FROM accounts WHERE name = :name"
BY_ID = f"SELECT {_COLUMNS} FROM accounts WHERE id = :id"
ALL = f"SELECT {_COLUMNS} FROM accounts ORDER BY state, role, name"
SET_SECRET = "UPDATE accounts SET secret = :secret, must_change = :must_change, changed_at = :at WHERE id = :id"
SET_STATE = "UPDATE accounts SET state = :to, changed_at = :at WHERE id = :id AND state <> :to"
SEEN = "UPDATE accounts SET last_in_at = :at WHERE id = :id"
COUNT_ACTIVE = "SELECT count(*) FROM accounts WHERE role = :role AND state = 'active'"

TRIES = "SELECT tries, last_at, locked_until FROM login_tries WHERE name_hash = :hash"
PUT_TRIES = """INSERT INTO login_tries (name_hash, tries, last_at, locked_until) VALUES (:hash, :tries, :at, :until)
               ON CONFLICT (name_hash) DO UPDATE SET tries = :tries, last_at = :at, locked_until = :until"""
FORGET_TRIES = "DELETE FROM login_tries WHERE name_hash = :hash"
# names that nobody has fill the table otherwise
PRUNE_TRIES = "DELETE FROM login_tries WHERE last_at < :before"


@dataclass(frozen=True)
class Account:
    """One person's account; `secret` is the Argon2id hash in PHC form, `department` "" means all."""

    id: str
    name: str
    display: str
    role: str
    department: str
    secret: str
    must_change: bool
    state: str
    made_at: int
    changed_at: int
    last_in_at: int | None

    @property
    def actor(self) -> str:
        """What the audit calls this account."""
        return f"account:{self.name}"


@dataclass(frozen=True)
class Tries:
    """Failed log-ins under one name; moments in seconds since 1970."""

    count: int
    last_at: int
    locked_until: int


def _account(*columns: Any) -> Account:
    found = Account(*columns)
    return replace(found, must_change=bool(found.must_change))


def add(db: Connection, account: Account) -> None:
    """Write a new account, active; the name must be free (UNIQUE)."""
    db.execute(ADD, {
        "id": account.id, "name": account.name, "display": account.display, "role": account.role,
        "department": account.department, "secret": account.secret, "must_change": int(account.must_change),
        "at": account.made_at})


def by_name(db: Connection, name: str) -> Account | None:
    """Return the account that logs in under `name` (lower case)."""
    return first(db, BY_NAME, {"name": name}, _account)


def by_id(db: Connection, account: str) -> Account | None:
    """Return the account with this id."""
    return first(db, BY_ID, {"id": account}, _account)


def everyone(db: Connection) -> list[Account]:
    """Return all accounts, active ones first."""
    return [_account(*row) for row in db.execute(ALL)]


def set_secret(db: Connection, account: str, secret: str, must_change: bool, at: int) -> None:
    """Replace the hash of the secret."""
    db.execute(SET_SECRET, {"id": account, "secret": secret, "must_change": int(must_change), "at": at})


def set_state(db: Connection, account: str, to: str, at: int) -> bool:
    """Return whether the account was in the other state before."""
    return db.execute(SET_STATE, {"id": account, "to": to, "at": at}).rowcount == 1


def seen(db: Connection, account: str, at: int) -> None:
    """Remember the last log-in."""
    db.execute(SEEN, {"id": account, "at": at})


def count_active(db: Connection, role: str) -> int:
    """Return how many active accounts a role has."""
    return number_of(db, COUNT_ACTIVE, {"role": role})


def tries(db: Connection, name_hash: bytes) -> Tries:
    """Return the failed log-ins under a name."""
    row = db.execute(TRIES, {"hash": name_hash}).fetchone()
    return Tries(0, 0, 0) if row is None else Tries(row["tries"], row["last_at"], row["locked_until"])


def put_tries(db: Connection, name_hash: bytes, found: Tries, prune_before: int) -> None:
    """Write the failed log-ins under a name, and drop counts that are older than `prune_before`."""
    db.execute(PRUNE_TRIES, {"before": prune_before})
    db.execute(PUT_TRIES, {"hash": name_hash, "tries": found.count, "at": found.last_at, "until": found.locked_until})


def forget_tries(db: Connection, name_hash: bytes) -> None:
    """Begin to count anew: someone logged in, or an administrator reset the account."""
    db.execute(FORGET_TRIES, {"hash": name_hash})
