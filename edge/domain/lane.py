"""The lane: a list of names with a running hash. One meaning for both directions.

A lane decides what may be claimed and what may be deleted, nothing else. *If what you say of my log is not my log, I
start a new one and say everything again, under the same names.* Source: docs/protocol.md 1, 3.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import msgspec

from edge.domain.envelope import NAME_BYTES
from edge.ground.sealing import digest

INCARNATION_BYTES = 8
Incarnation = Annotated[bytes, msgspec.Meta(min_length=INCARNATION_BYTES, max_length=INCARNATION_BYTES)]
Chain = Annotated[bytes, msgspec.Meta(max_length=NAME_BYTES)]   # empty where nothing is said
UP = b"ferry1"
DOWN = b"ferry1 down"


def start(direction: bytes, device: bytes, incarnation: bytes) -> bytes:
    """Return c0 = H(direction ‖ device ‖ incarnation)."""
    return digest(direction, device, incarnation)


def link(chain: bytes, name: bytes) -> bytes:
    """Return ci = H(ci-1 ‖ name i)."""
    return digest(chain, name)


def follow(chain: bytes, names: Iterable[bytes]) -> bytes:
    """Return the chain value after all `names`."""
    for name in names:
        chain = link(chain, name)
    return chain


@dataclass(frozen=True)
class Position:
    """A place on a lane: n envelopes, and the chain value there."""

    incarnation: Incarnation
    n: Annotated[int, msgspec.Meta(ge=0, le=2**62)]
    chain: Chain


class Standing(StrEnum):
    """What a claim about a log amounts to for the one whose log it is."""

    MINE = "mine"            # same incarnation, same chain value: go on from n
    OTHER_LANE = "other"     # a lane of that name is not mine: says nothing about mine
    NOT_MINE = "not_mine"    # my incarnation by name, another history by chain


def standing(mine: bytes, chain_at_n: bytes | None, claim: Position) -> Standing:
    """Compare a claim with one's own log.

    Args:
        mine: the incarnation of the log.
        chain_at_n: the log's own chain value at `claim.n`; None where the log does not reach or was deleted.
    """
    if claim.incarnation != mine:
        return Standing.OTHER_LANE
    return Standing.MINE if chain_at_n == claim.chain else Standing.NOT_MINE
