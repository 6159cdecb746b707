"""How a sentence is said: numbers and letters as words, and each word in pinyin with its tones.

The model speaks what it is given, letter by letter; so what is given has to be right. jieba cuts words and pypinyin
reads them; `readings.tsv` has what they read wrongly in these sentences. Two things that every speaker does and the
model does not are done here: 一 and 不 change their tone before others.
"""

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import cn2an
import jieba
from pypinyin import Style, lazy_pinyin

jieba.setLogLevel("ERROR")

TABLE = Path(__file__).with_name("readings.tsv")
HAN = "\u4e00-\u9fff"
STOPS = str.maketrans({
    "、": ", ", "，": ", ", "。": ". ", "！": "! ", "：": ": ", "；": "; ", "？": "? ", "（": " (", "）": ") ",
})
SYLLABLES = re.compile(r"[a-zü]+[1-5](?:-[a-zü]+[1-5])*")
DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_STROKE = str.maketrans({**DIGITS, "-": "杠"})
COUNTED = "个位样种张次天份秒件页条套人年岁兆"
_PINYIN = re.compile(r"[a-zü]+[1-5](?: [a-zü]+[1-5])*")
_TELEPHONE = re.compile(r"(?<![\dA-Za-z.])(?:[19]\d{4}|(?<=打)1[12][0-9])(?![\d.]|万|元|个)")
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?=[年〕），。]|$)")
_CODE = re.compile(r"(?<=[A-Za-z])-?\d+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NUMERALS = "零一二三四五六七八九"
_RANKED = "级号楼类月"
_POINTING = "哪这那每同任某"
Word = list[tuple[str, str]]        # characters and their syllables; a syllable without a character has ""


@cache
def readings() -> dict[str, str]:
    """Return what is said for what is written."""
    rows = (line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {written: said for written, said, _why in rows}


@cache
def _pattern(pinyin: bool) -> re.Pattern[str]:
    """Return what finds the words of the table, the longest first."""
    words = [word for word, said in readings().items() if bool(_PINYIN.fullmatch(said)) == pinyin]
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _one_by_one(found: re.Match[str]) -> str:
    """Return digits said one by one, 1 as 幺 on the telephone."""
    return "".join(DIGITS[one] for one in found.group())


def _number(found: re.Match[str]) -> str:
    """Return a number in words: two of something is 两."""
    if found.group() == "2" and found.string[found.end() : found.end() + 1] in set(COUNTED):
        return "两"
    words: str = cn2an.an2cn(found.group())
    return re.sub("^一十", "十", words)


def in_words(sentence: str) -> str:
    """Return a sentence with its numbers, signs and computers' names in Chinese; single letters stay."""
    text = _pattern(pinyin=False).sub(lambda found: readings()[found.group()], sentence)
    text = _TELEPHONE.sub(lambda found: f" {_one_by_one(found).replace('一', '幺')} ", text)
    text = _YEAR.sub(_one_by_one, text)
    text = _CODE.sub(lambda found: f" {found.group().translate(_STROKE)} ", text)
    text = re.sub(r"(?<=\d)[–—~-](?=\d)", "到", text)
    return _NUMBER.sub(_number, text).upper()


def _words(run: str) -> Iterator[Word]:
    """Yield the words of a text without stops, read by the table first."""
    at = 0
    for found in _pattern(pinyin=True).finditer(run):
        yield from _cut(run[at : found.start()])
        said, at = readings()[found.group()].split(), found.end()
        fits = len(said) == len(found.group())
        yield list(zip(found.group() if fits else [""] * len(said), said, strict=True))
    yield from _cut(run[at:])


def _cut(text: str) -> Iterator[Word]:
    """Yield the words of a text as jieba cuts them, read by pypinyin."""
    for word in jieba.lcut(text) if text else []:
        yield list(zip(word, lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True), strict=True))


def _in_context(words: list[Word]) -> list[Word]:
    """Return the words of a run with the tones that 一 and 不 have before what follows."""
    flat = [one for word in words for one in word]
    changed = iter([_tone(flat, at) for at in range(len(flat))])
    return [[(char, next(changed)) for char, _said in word] for word in words]


def _tone(flat: Word, at: int) -> str:
    """Return the syllable at a place in its context."""
    char, said = flat[at]
    if char not in ("一", "不"):
        return said
    base = "yi" if char == "一" else "bu"
    before = [""] * 2 + [one for one, _said in flat[:at]]
    after, tone = flat[at + 1] if at + 1 < len(flat) else ("", "")
    if after and before[-1] == after and before[-2] != char:
        return base + "5"                                  # 看一看, 是不是; but not 一个一个
    if char == "一" and _is_rank(before, [one for one, _said in flat[at + 1 :]]):
        return "yi1"
    falls = tone.endswith("4") or after == "个"
    return base + ("2" if falls else "4")


def _is_rank(before: list[str], after: list[str]) -> bool:
    """Tell whether 一 stands for a rank or a digit, or last: then it keeps its tone."""
    if not after or before[-1] in set("第十统唯" + _NUMERALS) or "".join(before[-2:]) == "星期":
        return True
    ranked = after[0] in set(_RANKED) or after[:2] == ["年", "级"]
    return after[0] in set(_NUMERALS) or (ranked and before[-1] not in set(_POINTING))


def spell(sentence: str) -> str:
    """Return a sentence as the model is to say it: words of pinyin, a space between, and stops.

    The syllables of a word are joined by `-`: `bu2-shi4 hui2-zhi2.`
    """
    text = in_words(sentence).translate(STOPS)
    parts = re.findall(f"[{HAN}A-Z]+|[^{HAN}A-Z]+", text)
    return "".join(
        " ".join("-".join(said for _char, said in word) for word in _in_context(list(_words(part))))
        if re.match(f"[{HAN}A-Z]", part) else part
        for part in parts
    ).strip()


def pieces(spelt: str, longest: int, length: Callable[[str], int]) -> list[str]:
    """Return a spelt sentence in pieces that are not too long, cut after a stop, else between words."""
    found = [""]
    for part in re.findall(r"[^,.;:!?]+[,.;:!? ]*|[,.;:!? ]+", spelt):
        for word in [part] if length(part) <= longest else re.findall(r"\S+ *", part):
            if found[-1] and length(found[-1] + word) > longest:
                found.append("")
            found[-1] += word
    return [one.strip() for one in found]


if __name__ == "__main__":
    for row in sys.stdin:
        sys.stdout.write(f"{row.rstrip()}\t{spell(row.rstrip().split(chr(9))[-1])}\n")
