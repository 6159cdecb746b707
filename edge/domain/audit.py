"""The audit chain: each line holds the hash of all before it. The same for site and hub."""

import msgspec

from edge.ground.ids import JSON
from edge.ground.sealing import digest

EMPTY = digest(b"yizhan audit")


class Line(msgspec.Struct, frozen=True):
    """Who did what to what; `facts` hold ids and counts, never answers."""

    number: int
    at: int
    actor: str
    act: str
    subject: str
    facts: dict[str, JSON]


def seal_line(before: bytes, line: Line) -> bytes:
    """Return the hash over the line before and this one."""
    return digest(before, msgspec.json.encode(line, order="sorted"))
