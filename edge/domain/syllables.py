"""Cut typed letters into pinyin syllables, in all the ways that a person may have meant them."""

from collections.abc import Iterator
from functools import cached_property

from edge.domain.pinyin_index import ALIASES, INITIALS, Path, PinyinIndex, Segment

LONGEST = 6
"""Letters of the longest syllable: zhuang."""


class Cut:
    """The cuts of one typed string.

    An apostrophe (分词) is a wall that no syllable crosses; it counts as consumed with the syllable before it.
    """

    def __init__(self, index: PinyinIndex, letters: str) -> None:
        self.index = index
        self.letters = letters
        self.length = len(letters)
        self.begin = self._past_walls(0)

    def _past_walls(self, at: int) -> int:
        while at < self.length and self.letters[at] == "'":
            at += 1
        return at

    def _segment(self, at: int, end: int, whole: bool) -> Segment:
        text = self.letters[at:end]
        return Segment(self._past_walls(end), ALIASES.get(text, text) if whole else text, whole)

    def syllables(self, at: int) -> list[Segment]:
        """Full syllables that begin at this letter, the longest first."""
        ends = range(min(at + LONGEST, self.length), at, -1)
        return [self._segment(at, end, True) for end in ends if self.index.is_syllable(self.letters[at:end])]

    def initials(self, at: int) -> list[Segment]:
        """`z`, `zh` and the like that begin at this letter, each standing for any syllable that begins so."""
        ends = range(min(at + 2, self.length), at, -1)
        return [self._segment(at, end, False) for end in ends if self.letters[at:end] in INITIALS]

    def tail(self, at: int) -> list[Segment]:
        """The unfinished syllable that runs from this letter to the end of the letters, if it is one."""
        text = self.letters[at:]
        return [self._segment(at, self.length, False)] if text in self.index.starts else []

    @cached_property
    def _fewest(self) -> list[int]:
        """For each letter, how many segments the rest needs; a large number when it cannot be cut."""
        fewest = [99] * (self.length + 1)
        fewest[self.length] = 0
        for at in range(self.length - 1, -1, -1):
            steps = self.syllables(at) or []
            unfinished = [] if any(step.end == self.length for step in steps) else self.tail(at)
            fewest[at] = 1 + min((fewest[step.end] for step in [*steps, *unfinished]), default=99)
        return fewest

    def fewest(self, at: int) -> int | None:
        """How many segments the letters from here on need at least, None when they make no pinyin."""
        return self._fewest[at] if self._fewest[at] < 99 else None

    def whole_paths(self, most: int) -> list[Path]:
        """Cuts of all letters into at most `most` full syllables, of which the last may be unfinished."""
        return [path for path in self._walk(self.begin, most, mixed=False) if path[-1].end == self.length]

    def mixed_paths(self, most: int) -> list[Path]:
        """Cuts of all letters where initials may stand for syllables (zs, zhangs, wxy), fullest first."""
        found = [path for path in self._walk(self.begin, most, mixed=True) if path[-1].end == self.length]
        return sorted(found, key=lambda path: (len(path), sum(not segment.whole for segment in path)))

    def beginnings(self, most: int) -> list[Path]:
        """Cuts of the first letters into 2 to `most` full syllables, those first that leave sensible letters."""
        found = [path for path in self._walk(self.begin, most, mixed=False)
                 if len(path) > 1 and path[-1].end < self.length and path[-1].whole]
        return sorted(found, key=lambda path: (self.fewest(path[-1].end) is None, -path[-1].end))

    def _walk(self, at: int, most: int, mixed: bool) -> Iterator[Path]:
        steps = self.syllables(at)
        if not any(step.end == self.length for step in steps):
            steps = steps + self.tail(at)
        if mixed:
            known = {step.end for step in steps}
            steps = steps + [step for step in self.initials(at) if step.end not in known]
        for step in steps:
            yield (step,)
            if most > 1 and step.end < self.length:
                yield from ((step, *rest) for rest in self._walk(step.end, most - 1, mixed))

    def first(self) -> list[Segment]:
        """What the first character may stand for, the most sensible first; [] when it is no pinyin."""
        steps = sorted(self.syllables(self.begin), key=lambda step: (self.fewest(step.end) is None, -step.end))
        return steps + self.tail(self.begin) or self.initials(self.begin)[:1]

    def spelt(self) -> str:
        """The letters with a space between syllables, as the typed line shows them."""
        pieces, at = [self.letters[:self.begin]] if self.begin else [], self.begin
        while at < self.length:
            steps = self.syllables(at) + self.tail(at) or self.initials(at)
            end = min(steps, key=lambda step: (self._fewest[step.end], -step.end)).end if steps else at + 1
            pieces.append(self.letters[at:end])
            at = end
        return " ".join(pieces)
