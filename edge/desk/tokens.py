"""Tokens: which programs may use the site's interface. A token is shown once, when it is made; its hash is kept."""

from base64 import b32encode

from edge.ground.clock import Chance
from edge.ground.database import Store
from edge.ground.sealing import digest
from edge.records import tokens

PREFIX = "yz_"
"""How a token begins, so that a leaked one is recognised; the hub's begin the same way."""
TOKEN_BYTES = 32
LONGEST_NAME = 40


def make_token(store: Store, chance: Chance, name: str) -> str:
    """Return a new token with 256 bits of chance; earlier ones of the same name stay good.

    Args:
        name: for which program, 1 to 40 characters.

    Raises:
        ValueError: no such name.
    """
    if not 1 <= len(name) <= LONGEST_NAME:
        raise ValueError(f"the name of a token has 1 to {LONGEST_NAME} characters")
    token = PREFIX + b32encode(chance(TOKEN_BYTES)).decode("ascii").rstrip("=").lower()
    with store.write() as db:
        tokens.add(db, _token_hash(token), name)
    return token


def check_token(store: Store, token: str) -> bool:
    """Return whether a program may come in with `token`.

    Looked up by its hash: how long that takes says nothing about the token.
    """
    return tokens.known(store.read(), _token_hash(token))


def revoke_tokens(store: Store, name: str) -> int:
    """Let the tokens of this name in no more; return how many there were."""
    with store.write() as db:
        return tokens.drop(db, name)


def _token_hash(token: str) -> bytes:
    return digest(b"yizhan site token", token.encode("utf-8", "surrogateescape"))
