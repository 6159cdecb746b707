"""Candidates for typed pinyin: words, whole names, single characters.

Pure and without memory: nothing is learned from what people type, so the next person finds no trace of the last one.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from edge.domain.pinyin_index import Path, PinyinIndex, Segment, Weighed
from edge.domain.syllables import Cut

MOST_SYLLABLES = 4
COMMON_NAME = 30
"""Surname and given name weigh at least this together before a composed name may stand ahead of characters."""
COMMON_WORD = 11
"""Words that weigh less stand behind composed names: 张三 before 长三."""


PLACES = {"lu": "路", "jie": "街", "cun": "村", "zhen": "镇", "xiang": "巷乡", "li": "里", "zhuang": "庄", "gou": "沟",
          "dian": "店", "qiao": "桥", "he": "河", "hao": "号", "lou": "楼", "zhan": "站", "yuan": "院园",
          "chang": "场厂"}
"""What names of places end with, by sound: no dictionary has 人民路 and 长江路, but each has 人民 and 长江."""


class Candidate(NamedTuple):
    """A text to offer and how many of the typed letters (apostrophes too) it replaces."""

    text: str
    used: int


class ExtraWords:
    """Words of this place, which no dictionary has: villages, towns, names of items. Built once per catalogue."""

    def __init__(self, index: PinyinIndex, words: Iterable[str]) -> None:
        """Keep the words that are Chinese from end to end; the others cannot be spelt."""
        spelt = {word: tuple(index.readings(letter) for letter in word) for word in words if len(word) > 1}
        self._spelt = {word: readings for word, readings in spelt.items() if all(readings)}

    def matching(self, cut: Cut, mixed: bool) -> Iterator[tuple[str, int, int]]:
        """Yield (word, characters spelt out, letters used) for each word of which two characters are spelt."""
        first = cut.letters[cut.begin:cut.begin + 1]
        for word, readings in self._spelt.items():
            if not any(syllable.startswith(first) for syllable in readings[0]):
                continue
            spelt, used = _spell(cut, cut.begin, readings, mixed)
            if spelt >= 2:
                yield word, spelt, used


def _spell(cut: Cut, at: int, readings: Sequence[Sequence[str]], mixed: bool) -> tuple[int, int]:
    """Return how many readings the letters spell from here, and the letter reached."""
    best = (0, at)
    if at >= cut.length or not readings:
        return best
    steps = cut.syllables(at) + cut.tail(at) + (cut.initials(at) if mixed else [])
    for step in steps:
        if any(step.fits(syllable) for syllable in readings[0]):
            more, end = _spell(cut, step.end, readings[1:], mixed)
            best = max(best, (1 + more, end))
    return best


def _names(index: PinyinIndex, path: Path) -> list[Weighed]:
    """Compose whole names: a surname of one or two syllables and a given name of one or two."""
    found: list[Weighed] = []
    for size in (2, 1):
        rest = path[size:]
        if 1 <= len(rest) <= 2:
            given = _given(index, rest)
            surnames = index.surnames(path[:size])[:6]
            found += [Weighed(s.text + g.text, s.weight + g.weight) for s, g in product(surnames, given)]
    return sorted(found, key=lambda name: -name.weight)


def _given(index: PinyinIndex, path: Path) -> list[Weighed]:
    if len(path) == 1:
        return index.given(path[0])[:12]
    known = index.pairs(path)[:12]
    composed = [Weighed(a.text + b.text, (a.weight + b.weight) // 2 - 4)
                for a, b in product(index.given(path[0])[:8], index.given(path[1])[:8])]
    # 李 + 丽丽 is a name; 李 + 丽莉 composed from the same sound is rarely one
    return sorted(known + composed, key=lambda name: -name.weight)[:24]


def _places(index: PinyinIndex, paths: Sequence[Path]) -> list[Candidate]:
    """Compose names of places: a common word of two or three characters, and what places end with."""
    found = [(Candidate(word.text + end, path[-1].end), word.weight)
             for path in paths if len(path) > 2 and path[-1].whole
             for word in index.words(path[:-1])[:2] if word.weight >= COMMON_WORD
             for end in PLACES.get(path[-1].text, "")]
    return [candidate for candidate, _ in sorted(found, key=lambda pair: -pair[1])]


def _words(index: PinyinIndex, paths: Sequence[Path], least: int = 0, most: int = 25) -> list[Candidate]:
    found = [(word, path[-1].end) for path in paths if len(path) > 1 for word in index.words(path)]
    found.sort(key=lambda pair: (-pair[1], -pair[0].weight))
    return [Candidate(word.text, end) for word, end in found if least <= word.weight <= most]


def _single(index: PinyinIndex, segments: Sequence[Segment]) -> list[Candidate]:
    return [Candidate(entry.text, segment.end) for segment in segments for entry in index.characters(segment)]


def _local(cut: Cut, extra: ExtraWords, mixed: bool) -> tuple[list[Candidate], list[Candidate], list[Candidate]]:
    """Return local words spelt out by all letters, those the letters begin, and those that begin the letters."""
    whole: list[Candidate] = []
    begun: list[Candidate] = []
    leading: list[Candidate] = []
    for word, spelt, used in extra.matching(cut, mixed):
        if used == cut.length:
            (whole if spelt == len(word) else begun).append(Candidate(word, used))
        elif spelt == len(word):
            leading.append(Candidate(word, used))
    return whole, sorted(begun, key=lambda c: len(c.text)), sorted(leading, key=lambda c: -c.used)


@lru_cache(maxsize=1)
def _no_extra(index: PinyinIndex) -> ExtraWords:
    return ExtraWords(index, ())


def candidates(index: PinyinIndex, letters: str, extra: ExtraWords | None = None, limit: int = 60) -> list[Candidate]:
    """Return what the letters may mean, best first, each text once, at most `limit`.

    First what uses all letters (local words, words, names), then characters for the first syllable and words for the
    first syllables, which leave the remaining letters to be chosen next.

    Args:
        index: the opened pinyin index.
        letters: a to z and the apostrophe; others match nothing.
        extra: words of this place.
        limit: how many to return.
    """
    cut = Cut(index, letters)
    if cut.begin >= cut.length:
        return []
    paths = cut.whole_paths(MOST_SYLLABLES)
    mixed = not paths and cut.fewest(cut.begin) is None
    if mixed:
        paths = cut.mixed_paths(MOST_SYLLABLES)
    fewest = min(map(len, paths), default=0)
    main = [path for path in paths if len(path) == fewest]
    local, begun, leading = _local(cut, extra or _no_extra(index), mixed)
    words, weak = _words(index, main, least=COMMON_WORD), _words(index, main, most=COMMON_WORD - 1)
    # 团 before 图案, and no 完工 for wang: more syllables than needed only when each is full
    lesser = _words(index, [path for path in paths if len(path) > fewest and path[-1].whole])
    names = sorted((name for path in main[:6] for name in _names(index, path)), key=lambda name: -name.weight)
    common = [Candidate(name.text, cut.length) for name in names if name.weight >= COMMON_NAME]
    rare = [Candidate(name.text, cut.length) for name in names if name.weight < COMMON_NAME]
    places = _places(index, main)
    starts = _words(index, cut.beginnings(MOST_SYLLABLES))
    single = _single(index, cut.first())
    ordered = [*local, *words[:4], *begun[:2], *places[:2], *common[:4], *weak[:2], *leading[:2],
               *(starts[:3] if not words + common else []), *single[:6], *lesser[:3], *words[4:16], *common[4:24],
               *places[2:], *begun[2:6], *starts[:12], *rare[:6], *single, *words[16:], *weak[2:], *starts[12:],
               *lesser[3:]]
    first: dict[str, Candidate] = {}
    for candidate in ordered:
        first.setdefault(candidate.text, candidate)
    return list(first.values())[:limit]


def spelt(index: PinyinIndex, letters: str) -> str:
    """The letters with spaces between syllables: `zhangsan` → `zhang san`."""
    return Cut(index, letters).spelt()
