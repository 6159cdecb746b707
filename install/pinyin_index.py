"""Build the pinyin index: `python install/pinyin_index.py`, once per edition; the output is committed.

Sources: jieba's dictionary (words and frequencies), pypinyin (readings), `pinyin_names.txt` beside this script (names).
Both libraries are for building only. Running it again with the same versions gives the same bytes.
"""

import math
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib.metadata import distribution, version
from pathlib import Path

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PINYIN_DICT

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parent / "edge" / "kiosk" / "data" / "pinyin.txt"
WORDS = 60_000
LIKELY = 16
EXTRA_READINGS = {"𠮷": ["ji"]}
"""Characters of names that the sources do not read. 𠮷 is the long-known form of 吉."""

Key = tuple[str, ...]


def is_ideograph(character: str) -> bool:
    """True for one Chinese character that text keeps as it is (compatibility forms change under NFC)."""
    named = unicodedata.name(character, "").startswith("CJK UNIFIED IDEOGRAPH") or character == "〇"
    return named and unicodedata.normalize("NFC", character) == character


def plain(syllable: str) -> str:
    """Return a reading without its tone, as it is typed: lǚ → lv. '' when it is no plain syllable."""
    bare = unicodedata.normalize("NFD", syllable.strip().replace("ɡ", "g"))
    bare = bare.replace("u\u0308", "v").replace("e\u0302", "e")
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return (
        bare if bare.isascii() and bare.isalpha() and bare[0] not in "iuv" and any(c in "aeiouv" for c in bare) else ""
    )


def readings_of_characters() -> dict[str, list[str]]:
    """Every character that pypinyin knows, its readings without tones, the usual one first."""
    found = {}
    for code, spelt in PINYIN_DICT.items():
        character = chr(code)
        readings = list(dict.fromkeys(filter(None, map(plain, spelt.split(",")))))
        if is_ideograph(character) and readings:
            found[character] = readings
    return found | EXTRA_READINGS


def dictionary() -> dict[str, int]:
    """Return jieba's words of Chinese characters with their frequencies."""
    text = Path(str(distribution("jieba").locate_file("jieba/dict.txt"))).read_text(encoding="utf-8")
    rows = (line.split(" ") for line in text.splitlines() if line)
    return {row[0]: int(row[1]) for row in rows if all(map(is_ideograph, row[0]))}


def reading_of(word: str) -> Key:
    """Return the syllables of a word in context."""
    if word in EXTRA_READINGS:
        return (EXTRA_READINGS[word][0],)
    return tuple(lazy_pinyin(word, style=Style.NORMAL, v_to_u=False, errors="ignore"))


def name_lists() -> dict[str, list[str]]:
    """Return the sections of pinyin_names.txt, each without repetitions, in order."""
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (HERE / "pinyin_names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            current += line.split()
    return {name: list(dict.fromkeys(words)) for name, words in sections.items()}


def surnames(names: dict[str, list[str]]) -> list[tuple[str, list[Key]]]:
    """Surnames in order of how common they are, with the readings they have as surnames."""
    found: dict[str, list[Key]] = {}
    for entry in names["surnames"]:
        text, _, spelt = entry.partition("/")
        readings = [tuple(one.split("'")) for one in spelt.split(",")] if spelt else [reading_of(text)]
        found.setdefault(text, readings)
    return list(found.items())


def letter(weight: float, most: float) -> str:
    """A weight from 0 to `most` as a letter from a to z."""
    return chr(97 + max(0, min(25, round(25 * weight / most))))


def by_rank(ranked: Iterable[tuple[str, list[Key]]], step: int) -> dict[str, list[tuple[float, str]]]:
    """Group a list in order of commonness by reading; each `step` places cost one weight."""
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for rank, (text, readings) in enumerate(ranked):
        # surnames of two characters are rare, but who spells both syllables out means one
        least = LIKELY if any(len(reading) > 1 for reading in readings) else 0
        for reading in readings:
            found["'".join(reading)].append((max(least, 25 - rank // step), text))
    return found


def weigh_characters(
    words: dict[str, int], spelt: dict[str, Key], names: dict[str, list[str]]
) -> dict[str, list[tuple[float, str]]]:
    """Weigh each character for each of its readings: how often it is read so in words, and its use in names."""
    read_so: Counter[tuple[str, str]] = Counter()
    for word, syllables in spelt.items():
        if len(syllables) == len(word):
            for character, syllable in zip(word, syllables, strict=True):
                read_so[character, syllable] += words[word]
    for rank, (text, spellings) in enumerate(surnames(names)):
        for spelling in spellings if len(text) == 1 else ():
            read_so[text, spelling[0]] += 2_000_000 // (rank + 8) + 100
    for floor, section in ((3_000, "given"), (1_200, "rare")):
        for character in names[section]:
            first = reading_of(character)[0]
            read_so[character, first] = max(floor, read_so[character, first])
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for character, readings in readings_of_characters().items():
        alone = reading_of(character)[0]
        for one in readings:
            # a character chosen alone is more often one that stands alone: 的 before 得
            often = read_so[character, one] + (4 * words.get(character, 0) if one == alone else 0)
            found[one].append((math.log2(1 + often), character))
    return found


def runs(entries: Iterable[tuple[float, str]], most: float, joined: bool = False) -> str:
    """Write entries in falling order of weight; `joined`: one letter of weight before all texts that share it."""
    written, last = [], ""
    for weight, text in sorted(entries, key=lambda entry: (-entry[0], map_order(entry[1]))):
        mark = letter(weight, most)
        written.append(text if joined and mark == last else mark + text)
        last = mark
    return "".join(written)


def map_order(text: str) -> tuple[int, ...]:
    """Order of equals: the everyday block of Unicode before the extensions, then by number."""
    return tuple(ord(c) + (0 if 0x4E00 <= ord(c) <= 0x9FFF else 0x100000) for c in text)


def word_lines(words: dict[str, int], spelt: dict[str, Key], pairs: dict[str, Key]) -> list[str]:
    """The commonest words of 2 to 4 characters, and given names, by the first letters of their syllables."""
    chosen = sorted((w for w in spelt if 2 <= len(w) <= 4), key=lambda w: (-words[w], w))[:WORDS]
    groups: dict[str, dict[str, list[tuple[float, str]]]] = defaultdict(lambda: defaultdict(list))
    for word in dict.fromkeys([*chosen, *pairs]):
        reading = spelt.get(word) or pairs[word]
        if len(reading) == len(word):
            weight = math.log2(1 + words.get(word, 0))
            groups["".join(one[0] for one in reading)]["'".join(reading)].append((weight, word))
    return [
        f"{key}\t" + " ".join(f"{reading}={runs(entries, 17)}" for reading, entries in sorted(group.items()))
        for key, group in sorted(groups.items())
    ]


def build() -> str:
    """Return the whole index as text."""
    words, names = dictionary(), name_lists()
    spelt = {word: reading_of(word) for word in words if len(word) <= 4}
    pairs = {pair: reading_of(pair) for pair in names["pairs"]}
    characters = weigh_characters(words, {w: s for w, s in spelt.items() if len(w) > 1}, names)
    given = [(one, [reading_of(one)]) for one in dict.fromkeys([*names["given"], *names["rare"]])]
    sections = {
        "characters": {key: runs(entries, 20, joined=True) for key, entries in characters.items()},
        "given": {key: runs(entries, 25) for key, entries in by_rank(given, 30).items()},
        "pairs": {key: runs(entries, 25) for key, entries in by_rank(((p, [s]) for p, s in pairs.items()), 60).items()},
        "surnames": {key: runs(entries, 25) for key, entries in by_rank(surnames(names), 20).items()},
    }
    lines = [f"yizhan-pinyin 1 jieba {version('jieba')} pypinyin {version('pypinyin')}"]
    for name, section in sections.items():
        # sorted with the tab in place, because the reader looks lines up by "key<TAB>"
        lines += [f"#{name}", *sorted(f"{key}\t{rest}" for key, rest in section.items())]
    return "\n".join([*lines, "#words", *word_lines(words, spelt, pairs)]) + "\n"


if __name__ == "__main__":
    OUTPUT.write_bytes(build().encode("utf-8"))
    sys.stdout.write(f"{OUTPUT}: {OUTPUT.stat().st_size:,} bytes\n")
