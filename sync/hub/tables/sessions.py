"""Browsers that are logged in, and tokens of other programs; both known by hashes only."""

from dataclasses import dataclass

from edge.ground.database import Connection
from sync.hub.tables.rows import first

OPEN = "INSERT INTO sessions (token_hash, account, began_at, seen_at) VALUES (:hash, :account, :at, :at)"
FIND = "SELECT account, began_at, seen_at FROM sessions WHERE token_hash = :hash"
TOUCH = "UPDATE sessions SET seen_at = :at WHERE token_hash = :hash"
CLOSE = "DELETE FROM sessions WHERE token_hash = :hash"
CLOSE_ALL = "DELETE FROM sessions WHERE account = :account AND token_hash <> :but"
PRUNE = "DELETE FROM sessions WHERE began_at < :began_before OR seen_at < :seen_before"

ADD_TOKEN = "INSERT INTO tokens (id, token_hash, name, made_by, made_at) VALUES (:id, :hash, :name, :by, :at)"
_TOKEN = "SELECT id, name, made_by, made_at, used_at, revoked_at FROM tokens"
FIND_TOKEN = f"{_TOKEN} WHERE token_hash = :hash"
ALL_TOKENS = f"{_TOKEN} ORDER BY revoked_at IS NOT NULL, made_at DESC"
USE_TOKEN = "UPDATE tokens SET used_at = :at WHERE id = :id"
REVOKE_TOKEN = "UPDATE tokens SET revoked_at = :at WHERE id = :id AND revoked_at IS NULL"


@dataclass(frozen=True)
class SessionRow:
    """One logged-in browser; moments in seconds since 1970."""

    account: str
    began_at: int
    seen_at: int


@dataclass(frozen=True)
class Token:
    """One program's token; the secret itself is not kept."""

    id: str
    name: str
    made_by: str
    made_at: int
    used_at: int | None
    revoked_at: int | None

    @property
    def actor(self) -> str:
        """What the audit calls the program."""
        return f"token:{self.name}"


def open_session(db: Connection, token_hash: bytes, account: str, at: int) -> None:
    """Remember a browser that logged in."""
    db.execute(OPEN, {"hash": token_hash, "account": account, "at": at})


def find(db: Connection, token_hash: bytes) -> SessionRow | None:
    """Return the session of a token, whether it is still in time or not."""
    return first(db, FIND, {"hash": token_hash}, SessionRow)


def touch(db: Connection, token_hash: bytes, at: int) -> None:
    """Remember that the browser was heard of."""
    db.execute(TOUCH, {"hash": token_hash, "at": at})


def close(db: Connection, token_hash: bytes) -> None:
    """Forget one browser."""
    db.execute(CLOSE, {"hash": token_hash})


def close_all(db: Connection, account: str, but: bytes = b"") -> int:
    """Forget every browser of an account except one; return how many."""
    return db.execute(CLOSE_ALL, {"account": account, "but": but}).rowcount


def prune(db: Connection, began_before: int, seen_before: int) -> None:
    """Forget browsers whose time is over."""
    db.execute(PRUNE, {"began_before": began_before, "seen_before": seen_before})


def add_token(db: Connection, token: Token, token_hash: bytes) -> None:
    """Write a new token."""
    db.execute(ADD_TOKEN, {
        "id": token.id, "hash": token_hash, "name": token.name, "by": token.made_by, "at": token.made_at})


def find_token(db: Connection, token_hash: bytes) -> Token | None:
    """Return the token with this hash, revoked or not."""
    return first(db, FIND_TOKEN, {"hash": token_hash}, Token)


def all_tokens(db: Connection) -> list[Token]:
    """Return every token, valid ones first."""
    return [Token(*row) for row in db.execute(ALL_TOKENS)]


def use_token(db: Connection, token: str, at: int) -> None:
    """Remember the last use."""
    db.execute(USE_TOKEN, {"id": token, "at": at})


def revoke_token(db: Connection, token: str, at: int) -> bool:
    """Return whether the token was valid until now."""
    return db.execute(REVOKE_TOKEN, {"id": token, "at": at}).rowcount == 1
