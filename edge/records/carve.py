"""Carve: find the rows of a site in the pages of a damaged file, by their shape.

A shape is no proof; whoever takes a row verifies it. What comes more than once is the caller's to choose from.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from edge.domain.envelope import NAME_BYTES, Envelope
from edge.ground.keys import SIGNATURE_BYTES
from edge.ground.pages import Found, Pages
from edge.records.envelopes import Stored
from edge.records.published import Part

ID_LETTERS = 26


@dataclass(frozen=True)
class Row:
    """A submission as it may have been; `row_check` is empty where an older version wrote it."""

    page: int
    id: str
    name: bytes
    latest: bytes
    track: bytes
    record: bytes
    answered: int
    lodged_at: int
    held_at: int | None
    first_held_at: int | None
    row_check: bytes


def envelopes(pages: Pages) -> Iterator[tuple[int, Stored]]:
    """Yield (page, envelope) for each row with the shape of one."""
    for found in pages.rows():
        match found.values:
            case [bytes(name), bytes(header), bytes() | None as payload, bytes(hashed), bytes(signature)] if (
                    len(name) == len(hashed) == NAME_BYTES and len(signature) == SIGNATURE_BYTES):
                yield found.page, Stored(name, Envelope(header, hashed, payload), signature)


def submissions(pages: Pages) -> Iterator[Row]:
    """Yield each row with the shape of a submission."""
    for found in pages.rows():
        match found.values:
            case [str(id), bytes(name), bytes(latest), bytes(track), bytes(record), int(answered), int(lodged_at),
                  int() | None as held_at, int() | None as first_held_at, *rest] if (
                    len(id) == ID_LETTERS and len(name) == len(latest) == len(track) == NAME_BYTES):
                check = rest[0] if rest and isinstance(rest[0], bytes) else b""
                yield Row(found.page, id, name, latest, track, record, answered, lodged_at, held_at, first_held_at,
                          check)


def places(pages: Pages) -> dict[bytes, int]:
    """Return name → place of each row with the shape of one of the lane."""
    return {name: found.rowid or 0 for found, name in _lane(pages)}


def _lane(pages: Pages) -> Iterator[tuple[Found, bytes]]:
    for found in pages.rows():
        match found.values:
            case [None, bytes(name), bytes(chain)] if len(name) == len(chain) == NAME_BYTES and found.rowid:
                yield found, name


def values(pages: Pages) -> dict[str, bytes]:
    """Return key → value of each row with the shape of a single value."""
    pairs: dict[str, bytes] = {}
    for found in pages.rows():
        match found.values:
            case [str(key), bytes(value)] if key.isidentifier():
                pairs[key] = value
    return pairs


def news(pages: Pages) -> dict[bytes, tuple[bytes, bytes, int]]:
    """Return name → (envelope, signature, when it came) of each row with the shape of one that came down."""
    found: dict[bytes, tuple[bytes, bytes, int]] = {}
    for row in pages.rows():
        match row.values:
            case [bytes(name), str(), bytes(raw), bytes(signature), str(), int(came_at)] if (
                    len(name) == NAME_BYTES and len(signature) == SIGNATURE_BYTES):
                found[name] = (raw, signature, came_at)
    return found


def published(pages: Pages) -> Iterator[tuple[Part, int]]:
    """Yield (part, when it came) of each row with the shape of something published."""
    for found in pages.rows():
        match found.values:
            case [str(kind), str(code), int(version), bytes(content), int(came_at), *rest] if len(rest) < 2:
                hashed = rest[0] if rest and isinstance(rest[0], bytes) else None
                yield Part(kind, code, version, content, hashed), came_at


def blob_items(pages: Pages) -> Iterator[tuple[bytes, int, bytes]]:
    """Yield (blob, number, content) of each row with the shape of a piece of a blob."""
    for found in pages.rows():
        match found.values:
            case [None, bytes(blob), int(number), bytes(content)] if len(blob) == NAME_BYTES and found.rowid:
                yield blob, number, content
