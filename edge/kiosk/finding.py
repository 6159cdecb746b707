"""A long list to choose from: what was written narrows it, by a part of a name or the first letters of its pinyin."""

from collections.abc import Sequence
from functools import lru_cache

from edge.kiosk.keys import pinyin_index

LONG = 16
"""More options than this are offered with a box to write in."""
LONGEST = 20
Line = tuple[str, str, str]
"""Value, label, hint."""


def narrowed(lines: Sequence[Line], typed: str) -> list[Line]:
    """Return the options that fit what was written, those that begin with it first; all where nothing was written."""
    word = "".join(typed.split()).casefold()
    if not word:
        return list(lines)
    ranked = [(rank, at) for at, line in enumerate(lines) if (rank := _rank(line, word)) is not None]
    return [lines[at] for _, at in sorted(ranked)]


def _rank(line: Line, word: str) -> int | None:
    label = "".join(line[1].split()).casefold()
    if label.startswith(word):
        return 0
    if word in label:
        return 1
    first = _initials(line[1])
    if _spells(word, first):
        return 2
    if word in line[2].casefold():
        return 3
    return 4 if any(_spells(word, first[at:]) for at in range(1, len(first))) and len(word) > 1 else None


def _spells(word: str, first: tuple[frozenset[str], ...]) -> bool:
    return len(word) <= len(first) and all(letter in set_ for letter, set_ in zip(word, first, strict=False))


@lru_cache(maxsize=8192)
def _initials(label: str) -> tuple[frozenset[str], ...]:
    """Return for each character the first letters of its readings: 重 may be zhong or chong."""
    return tuple(frozenset(reading[0] for reading in found)
                 for letter in label if (found := pinyin_index().readings(letter)))
