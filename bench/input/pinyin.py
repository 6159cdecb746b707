"""How often the pinyin keys offer what was meant: `python -m bench.input.pinyin`, prints the rows of docs/input.md.

Each text of `words.txt` is spelt as pypinyin reads it and typed in two ways: all letters; the first syllable whole and
of the others the first letter. What counts is the place of the whole text among the candidates; the third share is of
texts that come together by choosing again and again among the first nine, which stand in the row above the keys.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pypinyin import Style, lazy_pinyin

from edge.domain.catalogue import shipped_catalogue
from edge.domain.pinyin import ExtraWords, candidates
from edge.kiosk.keys import local_words, pinyin_index

ROW = 9
WORDS = Path(__file__).parent / "words.txt"
SURNAMES = {"曾": "zeng", "仇": "qiu", "单": "shan", "解": "xie", "查": "zha", "盖": "ge", "任": "ren", "区": "ou"}
SOUNDS_LIKE = str.maketrans("𠮷㐱喆堃翀", "吉真哲坤充")
"""Rare characters, and common ones that are read the same."""


def sections() -> dict[str, list[str]]:
    """Return the texts of `words.txt` by kind."""
    found: dict[str, list[str]] = {}
    kind = ""
    for line in WORDS.read_text("utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif not line.startswith("#"):
            found.setdefault(kind, []).extend(line.split())
    return found


def syllables(text: str, name: bool) -> list[str]:
    """Return how a text is typed, a syllable a character."""
    read = lazy_pinyin(text.translate(SOUNDS_LIKE), style=Style.NORMAL, v_to_u=False)
    return [SURNAMES.get(text[0], read[0]), *read[1:]] if name else read


def place(text: str, letters: str, extra: ExtraWords) -> int:
    """Return the place of a text among the candidates, from 1; 0 when it is not among forty."""
    found = [one.text for one in candidates(pinyin_index(), letters, extra, 40)]
    return found.index(text) + 1 if text in found else 0


def in_pieces(text: str, spelt: list[str], extra: ExtraWords) -> bool:
    """Tell if the text comes together from what stands in the row, the letters shrinking each time."""
    rest, letters = text, "'".join(spelt)
    while rest:
        fitting = [one for one in candidates(pinyin_index(), letters, extra, ROW) if rest.startswith(one.text)]
        if not fitting:
            return False
        best = max(fitting, key=lambda one: len(one.text))
        rest, letters = rest[len(best.text):], letters[best.used:]
    return True


WAYS: dict[str, Callable[[list[str]], str]] = {
    "all letters": "".join,
    "first syllable, then initials": lambda spelt: spelt[0] + "".join(one[0] for one in spelt[1:]),
}


def table() -> Iterator[str]:
    """Yield the rows."""
    catalogue = shipped_catalogue()
    extra = ExtraWords(pinyin_index(), local_words(catalogue))
    kinds = sections()
    kinds["villages of the sample county"] = [v.name.zh for town in catalogue.county.towns for v in town.villages]
    kinds["items of the catalogue"] = [item.name.zh for item in catalogue.items.values()]
    for kind, texts in kinds.items():
        texts = [text for text in dict.fromkeys(texts) if all(pinyin_index().readings(one) for one in text)]
        for way, typed in WAYS.items():
            letters = [typed(syllables(text, kind == "names")) for text in texts]
            began = time.perf_counter()
            places = [place(text, one, extra) for text, one in zip(texts, letters, strict=True)]
            each = (time.perf_counter() - began) / len(texts) * 1000
            first, five = sum(p == 1 for p in places), sum(0 < p <= 5 for p in places)
            pieces = sum(in_pieces(text, syllables(text, kind == "names"), extra) for text in texts)
            share = " | ".join(f"{100 * count / len(texts):.0f} %" for count in (first, five, pieces))
            yield f"| {kind} ({len(texts)}) | {way} | {share} | {each:.1f} ms |"


if __name__ == "__main__":
    print("\n".join(table()))
