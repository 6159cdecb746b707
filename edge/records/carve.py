"""Carve: find the rows of a site in the pages of a damaged file, by their shape.

A shape is no proof; whoever takes a row verifies it. What comes more than once is the caller's to choose from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from edge.domain.envelope import NAME_BYTES, Envelope
from edge.ground.keys import SIGNATURE_BYTES
from edge.ground.pages import Found, Pages
from edge.records.envelopes import Stored
from edge.records.published import Part
from edge.records.submissions import row_check

ID_LETTERS = 26
ENVELOPE = re.compile(rb"(?=[\x06-\x0c]\x4c.{2,5}\x4c\x81\x0c)", re.DOTALL)
"""The header of an envelope's row: a name of 32 bytes, two of any length, a hash of 32, a signature of 64."""
SUBMISSION = re.compile(rb"(?=[\x09-\x10]\x41\x4c\x4c\x4c)")
"""The header of a submission's row: an id of 26 letters, then name, latest and track of 32 bytes each."""


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

    @property
    def erased(self) -> bool:
        """Return whether its content was taken away, as the law wants."""
        return not self.record

    @property
    def whole(self) -> bool:
        """Return whether it is what was written; False also where nothing says so."""
        return self.row_check == row_check(self.id, self.name, self.track, self.record)


def envelopes(pages: Pages) -> Iterator[tuple[int, Stored]]:
    """Yield (page, envelope) for each row with the shape of one."""
    for found in pages.rows(ENVELOPE):
        match found.values:
            case [bytes(name), bytes(header), bytes() | None as payload, bytes(hashed), bytes(signature)] if (
                    len(name) == len(hashed) == NAME_BYTES and len(signature) == SIGNATURE_BYTES):
                yield found.page, Stored(name, Envelope(header, hashed, payload), signature)


def submissions(pages: Pages) -> Iterator[Row]:
    """Yield each row with the shape of a submission; what no page lists any more only where it is whole or erased."""
    for found in pages.rows(SUBMISSION):
        match found.values:
            case [str(id), bytes(name), bytes(latest), bytes(track), bytes(record), int(answered), int(lodged_at),
                  int() | None as held_at, int() | None as first_held_at, *rest] if (
                    len(id) == ID_LETTERS and len(name) == len(latest) == len(track) == NAME_BYTES):
                check = rest[0] if rest and isinstance(rest[0], bytes) else b""
                row = Row(found.page, id, name, latest, track, record, answered, lodged_at, held_at, first_held_at,
                          check)
                if found.listed or row.whole or row.erased:
                    yield row


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
