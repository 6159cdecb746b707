"""A raw scan: does anything that a person typed stand anywhere in a folder's bytes?

Looked for in UTF-8, UTF-16 of both byte orders, GB18030, and in Base64 of each, at all three places where a text may
begin between two Base64 letters. Logs, write-ahead logs and free pages of the database are files like any other.
"""

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
FEWEST_BYTES = 6
"""Fewer may stand in sealed bytes by chance: 4 bytes in one megabyte once in four thousand."""
PERSONAL_KINDS = frozenset({"name", "id_number", "mobile", "bank_card", "disability_number", "credit_code"})
"""Kinds of fields whose answers must stand nowhere; the door of a `region` is looked for as well."""


def traces(folder: Path, typed: Iterable[str]) -> list[str]:
    """Return `file: how what` for every place where one of the typed texts stands in a file of the folder."""
    wanted = {text: list(shapes(text)) for text in typed}
    found = []
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        content = file.read_bytes()
        found += [f"{file.relative_to(folder)}: {how} {text}" for text, ways in wanted.items()
                  for how, raw in ways if raw in content]
    return found


def shapes(text: str) -> Iterator[tuple[str, bytes]]:
    """Yield (name, bytes) of each way in which a text may be written."""
    for encoding in ENCODINGS:
        raw = text.encode(encoding)
        ways = [(encoding, raw)]
        for shift in range(3):
            for name, encode in (("base64", b64encode), ("base64url", urlsafe_b64encode)):
                ways.append((f"{name} of {encoding}, shifted by {shift}", _whole_letters(raw, shift, encode)))
        yield from (way for way in ways if len(way[1]) >= FEWEST_BYTES)


def _whole_letters(raw: bytes, shift: int, encode: Any) -> bytes:
    """Return the Base64 letters that depend on `raw` alone when `shift` unknown bytes stand before it."""
    letters: bytes = encode(bytes(shift) + raw)
    first = (0, 2, 3)[shift]
    last = (shift + len(raw)) * 8 // 6
    return letters[first:last]


def typed_by(item: Any, answers: dict[str, Any]) -> set[str]:
    """Return what a person typed of himself: names, numbers, doors.

    Args:
        item: the item, with `fields` that have `key` and `kind`.
    """
    found: set[str] = set()
    for field in item.fields:
        value = answers.get(field.key)
        if field.kind in PERSONAL_KINDS and isinstance(value, str):
            found.add(value)
        elif field.kind == "region" and isinstance(value, list):
            found.add(str(value[1]))
    return found
