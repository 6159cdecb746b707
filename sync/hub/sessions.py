"""Browsers that are logged in, and tokens of other programs.

A session lives at the hub, not in the cookie: 30 minutes without a request or 12 hours end it, and so does disabling
the account.
"""

from base64 import b32encode
from dataclasses import dataclass

from edge.ground.clock import Chance, seconds
from edge.ground.ids import new_id
from edge.ground.problem import ACCOUNT_FAULTY, LOG_IN, NOT_FOUND, Problem
from edge.ground.sealing import digest
from edge.records import audit
from sync.hub.accounts import Office
from sync.hub.reason import stated
from sync.hub.tables import accounts as account_table
from sync.hub.tables import sessions as table
from sync.hub.tables.accounts import Account
from sync.hub.tables.sessions import Token

IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 12 * 3600
_TOUCH_SECONDS = 60
PREFIX = "yz_"
"""How a token begins, so that a leaked one is recognised."""


@dataclass(frozen=True)
class Session:
    """One logged-in browser."""

    account: Account
    token_hash: bytes


def open_session(hub: Office, account: Account) -> str:
    """Return the random token that the browser keeps; sessions whose time is over are removed."""
    token, at = _random(hub.chance), seconds(hub.clock.now())
    with hub.store.write() as db:
        table.prune(db, began_before=at - LONGEST_SECONDS, seen_before=at - IDLE_SECONDS)
        table.open_session(db, session_hash(token), account.id, at)
    return token


def session_hash(token: str) -> bytes:
    """Return the name under which the table knows a token."""
    return digest(b"yizhan session", token.encode())


def find_session(hub: Office, token: str) -> Session | None:
    """Return the session of a token that is in time and whose account is active."""
    at, token_hash = seconds(hub.clock.now()), session_hash(token)
    db = hub.store.read()
    row = table.find(db, token_hash)
    # abs: a clock that was set back must not prolong a session
    if row is None or abs(at - row.seen_at) > IDLE_SECONDS or abs(at - row.began_at) > LONGEST_SECONDS:
        return None
    account = account_table.by_id(db, row.account)
    if account is None or account.state != "active":
        return None
    if abs(at - row.seen_at) >= _TOUCH_SECONDS:
        # once a minute is enough: not every page view is a durable write
        with hub.store.write() as writing:
            table.touch(writing, token_hash, at)
    return Session(account, token_hash)


def close_session(hub: Office, session: Session) -> None:
    """Log this browser out."""
    with hub.store.write() as db:
        table.close(db, session.token_hash)
        audit.note(db, seconds(hub.clock.now()), session.account.actor, "logout", session.account.actor)


def make_token(hub: Office, actor: str, name: str) -> tuple[Token, str]:
    """Return a new token's row and the token itself, which is not kept.

    Raises:
        Problem: ACCOUNT_FAULTY when the name is empty or longer than 40 characters.
    """
    name = name.strip()
    if not 1 <= len(name) <= 40:
        raise Problem(ACCOUNT_FAULTY)
    secret, at = PREFIX + _random(hub.chance), seconds(hub.clock.now())
    token = Token(new_id(hub.clock, hub.chance), name, actor, at, None, None)
    with hub.store.write() as db:
        table.add_token(db, token, _token_hash(secret))
        audit.note(db, at, actor, "token.add", token.id, {"name": name})
    return token, secret


def check_token(hub: Office, secret: str) -> Token:
    """Return the token that a program sent.

    Raises:
        Problem: LOG_IN for an unknown or revoked one.
    """
    at = seconds(hub.clock.now())
    found = table.find_token(hub.store.read(), _token_hash(secret))
    if found is None or found.revoked_at is not None:
        raise Problem(LOG_IN)
    if found.used_at is None or abs(at - found.used_at) >= _TOUCH_SECONDS:
        with hub.store.write() as db:
            table.use_token(db, found.id, at)
    return found


def tokens(hub: Office) -> list[Token]:
    """Return every token, valid ones first."""
    return table.all_tokens(hub.store.read())


def revoke_token(hub: Office, actor: str, token_id: str, reason: str) -> None:
    """End a token for good.

    Raises:
        Problem: REASON_MISSING, REASON_NAMES, NOT_FOUND.
    """
    why = stated(reason)
    at = seconds(hub.clock.now())
    with hub.store.write() as db:
        if not table.revoke_token(db, token_id, at):
            raise Problem(NOT_FOUND)
        audit.note(db, at, actor, "token.revoke", token_id, {"reason": why})


def _random(chance: Chance) -> str:
    return b32encode(chance(32)).decode("ascii").rstrip("=").lower()


def _token_hash(secret: str) -> bytes:
    return digest(b"yizhan token", secret.encode())
