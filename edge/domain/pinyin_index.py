"""The pinyin index: what one built file says about syllables, words and the parts of names.

The file (`edge/kiosk/data/pinyin.txt`, made by `install/pinyin_index.py`) is UTF-8 text in sections. A line is a key, a
tab and entries; an entry is one letter of weight, `z` the most common, and what it weighs. So the file opens in a few
milliseconds, can be read by eye, and a new edition shows up as a readable difference.

    #characters   zhang<TAB>w张u长q章掌…        all characters of a syllable, most common first
    #words        zs<TAB>zhi'shi=s知识r只是 …     words by the first letters of their syllables
    #surnames     ou'yang<TAB>t欧阳
    #given        xiu<TAB>z秀p修                characters of given names
    #pairs        xiu'ying<TAB>z秀英            given names of two characters
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

FORMAT = "yizhan-pinyin 1"
INITIALS = frozenset("bcdfghjklmnpqrstwxyz") | {"zh", "ch", "sh"}
ALIASES = {"lyu": "lv", "nyu": "nv", "lue": "lve", "nue": "nve"}
"""How people also write what the index calls `lv`, `nv`: the passport writes 吕 as LYU."""

RARE = 8
"""Below this weight a text is no answer to an unfinished syllable."""

_ENTRY = re.compile("([a-z])([^a-z]+)")


class Weighed(NamedTuple):
    """A text and how common it is: 0 rare, 25 most common."""

    text: str
    weight: int


class Segment(NamedTuple):
    """A stretch of the typed letters, `end` after any apostrophe; `whole` when it is a full syllable."""

    end: int
    text: str
    whole: bool

    def fits(self, syllable: str) -> bool:
        """True when a character read as `syllable` may stand here."""
        return syllable == self.text if self.whole else syllable.startswith(self.text)


Path = tuple[Segment, ...]


def _entries(text: str) -> list[Weighed]:
    return [Weighed(found[1], ord(found[0]) - 97) for found in _ENTRY.findall(text)]


class PinyinIndex:
    """The opened index. Read-only, so one instance serves all threads."""

    def __init__(self, sections: Mapping[str, Sequence[str]]) -> None:
        self._lines = sections
        self.syllables = frozenset(line.partition("\t")[0] for line in sections["characters"])
        spelt = self.syllables | set(ALIASES)
        self.starts = frozenset(syllable[:n] for syllable in spelt for n in range(1, len(syllable) + 1))
        """Every beginning of every syllable, whole syllables too."""

    @classmethod
    def from_bytes(cls, data: bytes) -> "PinyinIndex":
        """Open the built file.

        Raises:
            ValueError: not a pinyin index, or of another format.
        """
        head, *parts = data.decode("utf-8").split("\n#")
        if not head.startswith(FORMAT + " "):
            raise ValueError(f"not a pinyin index of format {FORMAT!r}")
        sections = {}
        for part in parts:
            name, *lines = part.rstrip("\n").split("\n")
            sections[name] = lines
        return cls(sections)

    def _line(self, section: str, key: str) -> str:
        lines, start = self._lines[section], key + "\t"
        at = bisect_left(lines, start)
        return lines[at][len(start):] if at < len(lines) and lines[at].startswith(start) else ""

    def _keys(self, section: str, start: str) -> Iterator[tuple[str, str]]:
        lines = self._lines[section]
        for at in range(bisect_left(lines, start), len(lines)):
            key, _, rest = lines[at].partition("\t")
            if not key.startswith(start):
                return
            yield key, rest

    def is_syllable(self, text: str) -> bool:
        """True for a full syllable as people spell it, `lyu` included."""
        return text in self.syllables or text in ALIASES

    def characters(self, segment: Segment) -> list[Weighed]:
        """All characters that may stand for the segment, most common first."""
        return self._fitting("characters", segment, one_by_one=True)

    def given(self, segment: Segment) -> list[Weighed]:
        """Characters of given names for the segment, most common first."""
        return self._fitting("given", segment)

    def _fitting(self, section: str, segment: Segment, one_by_one: bool = False) -> list[Weighed]:
        if segment.whole:
            found = _entries(self._line(section, segment.text))
        else:
            everything = [entry for _, rest in self._keys(section, segment.text) for entry in _entries(rest)]
            # z stands for 38 syllables: what is rare in them is found by spelling it out
            found = [entry for entry in everything if entry.weight >= RARE] or everything
            found.sort(key=lambda entry: -entry.weight)
        if one_by_one:
            found = [Weighed(letter, entry.weight) for entry in found for letter in entry.text]
        first: dict[str, Weighed] = {}
        for entry in found:
            first.setdefault(entry.text, entry)
        return list(first.values())

    def surnames(self, path: Path) -> list[Weighed]:
        """Surnames of one or two characters that fill the path exactly, most common first."""
        return self._named("surnames", path)

    def pairs(self, path: Path) -> list[Weighed]:
        """Common given names of two characters that fill the path exactly, most common first."""
        return self._named("pairs", path)

    def _named(self, section: str, path: Path) -> list[Weighed]:
        if all(segment.whole for segment in path):
            return _entries(self._line(section, "'".join(segment.text for segment in path)))
        start = path[0].text + ("'" if path[0].whole and len(path) > 1 else "")
        found = [entry for key, rest in self._keys(section, start) if _fits(path, key) for entry in _entries(rest)]
        return sorted(found, key=lambda entry: -entry.weight)

    def words(self, path: Path) -> list[Weighed]:
        """Words of as many characters as the path has segments, most common first."""
        found = []
        for group in self._line("words", "".join(segment.text[0] for segment in path)).split(" "):
            reading, _, rest = group.partition("=")
            if rest and _fits(path, reading):
                found += _entries(rest)
        return sorted(found, key=lambda entry: -entry.weight)

    @cached_property
    def _readings(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for line in self._lines["characters"]:
            syllable, _, rest = line.partition("\t")
            for entry in _entries(rest):
                # rare characters are left out: no village is written with them, and the table would take 6 MB
                for letter in entry.text if entry.weight > 0 else "":
                    found[letter] = (*found.get(letter, ()), syllable)
        return found

    def readings(self, character: str) -> tuple[str, ...]:
        """The syllables a character in use is read as, () when it is rare or no Chinese character."""
        return self._readings.get(character, ())


def _fits(path: Path, key: str) -> bool:
    syllables = key.split("'")
    return len(syllables) == len(path) and all(map(Segment.fits, path, syllables))
