"""Numbers that people write: counts, money, decimals, and the numbers of cards and papers with a rule of their own."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from edge.domain.form import Field
from edge.domain.identity import tidy_number
from edge.domain.text import Text
from edge.domain.typed_text import Place, Read, refused

INTEGER_LIMIT = 10**15


def _the_same_twice(raw: dict[str, object]) -> tuple[object, Text | None]:
    """Return the number of `{number, again}`; where the two differ, what to say."""
    first, again = (tidy_number(str(raw.get(part) or "")) for part in ("number", "again"))
    if first == again:
        return first, None
    return None, Text("两遍写得不一样。请对着卡，再写一遍。",
                      "The two differ. Please look at the card and write it again.")


def number_reader(fault_of: Callable[[str, date], Text | None]) -> Callable[[Field, object, Place], Read]:
    """Return a reader of numbers with a rule of their own; a page may send one `{number, again}`, typed twice."""
    def read(field: Field, raw: object, place: Place) -> Read:
        if isinstance(raw, dict):
            raw, fault = _the_same_twice(raw)
            if fault is not None:
                return None, fault
        if isinstance(raw, int) and not isinstance(raw, bool):
            raw = str(raw)
        if not isinstance(raw, str):
            return refused("这里要写号码。", "A number is needed here.")
        value = tidy_number(raw)
        fault = fault_of(value, place.today)
        return (None, fault) if fault else (value, None)
    return read


def _bounds(value: int, field: Field, shown: Callable[[int], str]) -> Text | None:
    unit = field.unit or Text("", "")
    if field.least is not None and value < field.least:
        return Text(f"太小了，最小是 {shown(field.least)} {unit.zh}".rstrip() + "。",
                    f"Too small: the least is {shown(field.least)} {unit.en}".rstrip() + ".")
    if field.most is not None and value > field.most:
        return Text(f"太大了，最大是 {shown(field.most)} {unit.zh}".rstrip() + "。",
                    f"Too large: the most is {shown(field.most)} {unit.en}".rstrip() + ".")
    return None


def read_integer(field: Field, raw: object, place: Place) -> Read:
    """Read a whole number within its bounds."""
    if isinstance(raw, str):
        digits = unicodedata.normalize("NFKC", raw).replace(",", "").replace(" ", "")
        raw = int(digits) if re.fullmatch(r"-?[0-9]{1,16}", digits) else None
    if not isinstance(raw, int) or isinstance(raw, bool) or abs(raw) > INTEGER_LIMIT:
        return refused("请写一个整数，比如 0、1、2。", "Please write a whole number such as 0, 1, 2.")
    fault = _bounds(raw, field, str)
    return (None, fault) if fault else (raw, None)


def _hundredths(raw: object, suffix: str = "") -> object:
    """Return words such as "35.5" in hundredths, None where they are no number; what is no text stays as it is."""
    if not isinstance(raw, str):
        return raw
    plain = unicodedata.normalize("NFKC", raw).replace(",", "").replace(" ", "").removesuffix(suffix)
    found = re.fullmatch(r"([0-9]{1,13})(?:\.([0-9]{1,2}))?", plain)
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else None


def read_money(field: Field, raw: object, place: Place) -> Read:
    """Read yuan ("35.50") or a number of fen; stored in fen."""
    raw = _hundredths(raw, "元")
    if not isinstance(raw, int) or isinstance(raw, bool) or not 0 <= raw <= INTEGER_LIMIT:
        return refused("请写多少元，比如 1200 或 35.50。", "Please write an amount in yuan, such as 1200 or 35.50.")
    fault = _bounds(raw, field, lambda fen: f"{fen / 100:.2f}")
    return (None, fault) if fault else (raw, None)


def read_decimal(field: Field, raw: object, place: Place) -> Read:
    """Read a number of at most two decimals ("35.5"), or a number of hundredths; stored in hundredths."""
    raw = _hundredths(raw)
    if not isinstance(raw, int) or isinstance(raw, bool) or not 0 <= raw <= INTEGER_LIMIT:
        return refused("请写一个数，最多两位小数，比如 35.5。",
                       "Please write a number with at most two decimals, such as 35.5.")
    fault = _bounds(raw, field, decimal_words)
    return (None, fault) if fault else (raw, None)


def decimal_words(hundredths: int) -> str:
    """Return 3550 as 35.5 and 12000 as 120."""
    return f"{hundredths // 100:,}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
