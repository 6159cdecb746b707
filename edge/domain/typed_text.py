"""Words that people write: names and texts, in one normal form, without what cannot be seen or printed."""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from edge.domain.county import County
from edge.domain.form import Choice, Field
from edge.domain.text import Text
from edge.ground.ids import JSON

Read = tuple[JSON, Text | None]
"""The canonical value, or None and what is wrong."""
MOST = {"name": 50, "text": 100, "long_text": 500}
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
"""Unicode categories that cannot be seen or printed; private use stays, old systems wrote rare names with it."""


class Place(NamedTuple):
    """Where and when an answer is read."""

    county: County
    today: date
    options: tuple[Choice, ...]


def refused(zh: str, en: str) -> Read:
    """Return a fault in words."""
    return None, Text(zh, en)


def tidy_text(raw: str, lines: bool = False) -> Read:
    """Return the text in NFC with single spaces, or refuse characters that cannot be seen or printed."""
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    for character in text:
        if unicodedata.category(character) in UNSEEN and not (lines and character == "\n"):
            return refused("里面有看不见的符号。请删掉，重新写一遍。",
                           "There is an invisible character in it. Please delete it and write again.")
    told = text.split("\n") if lines else [text]
    return "\n".join(" ".join(line.split()) for line in told).strip(), None


def one_a_line(text: str, count: object) -> str:
    """Return a list of `count` parts with one part a line; as it was where no way of separating gives that many.

    On a touch screen a list is written as it is spoken: 村口、学校。 A comma is often part of one place, so it
    separates only where nothing else gives the number that was said.
    """
    for marks in ("\n", "\n；;", "\n；;、", "\n；;、，,"):
        parts = [part.strip(" 。") for part in re.split(f"[{marks}]", text)]
        parts = [part for part in parts if part]
        if len(parts) == count:
            return "\n".join(parts)
    return text


def _length(text: str, field: Field, most: int) -> Text | None:
    least, most = field.least or 1, field.most or most
    if len(text) < least:
        return Text(f"写得太短了，至少写 {least} 个字。", f"Too short: write at least {least} characters.")
    if len(text) > most:
        return Text(f"写得太长了，最多写 {most} 个字，现在有 {len(text)} 个。",
                    f"Too long: at most {most} characters, now {len(text)}.")
    return None


def read_text(field: Field, raw: object, place: Place) -> Read:
    """Read a line, or a long text of several lines, within its bounds."""
    if not isinstance(raw, str):
        return refused("这里要写字。", "Words are needed here.")
    text, fault = tidy_text(raw, lines=field.kind == "long_text")
    fault = fault or _length(str(text), field, MOST[field.kind])
    return (None, fault) if fault else (text, None)


def read_name(field: Field, raw: object, place: Place) -> Read:
    """Read a person's name: letters of any script, the middle dot, no digits; rare characters stay as they are."""
    text, fault = read_text(field, raw, place)
    if fault or not isinstance(text, str):
        return None, fault
    name = text.replace("•", "·").replace("・", "·")
    if re.search(r"\d", name):
        return refused("名字里不会有数字。请照身份证写。", "A name holds no digits. Please write it as on the card.")
    if not all(unicodedata.category(c)[0] in "LM" or c in " ·.'’-" or unicodedata.category(c) == "Co" for c in name):
        return refused("名字里有符号。请照身份证写，一个字一个字写。",
                       "There is a symbol in the name. Please write it as on the card.")
    if len(name) < 2:
        return refused("名字至少 2 个字。请照身份证写全。",
                       "A name has at least 2 characters. Please write it in full.")
    return name, None
