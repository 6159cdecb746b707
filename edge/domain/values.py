"""One raw input of one kind of field → its canonical value, or what is wrong with it.

Raw inputs come from a page (strings, lists of strings) or from a program (JSON). Canonical values are what is stored,
packed and compared: digits only, dates as 2026-11-23, money in fen, choices in the order of the form.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from edge.domain.form import Field
from edge.domain.identity import (
    fault_of_bank_card,
    fault_of_credit_code,
    fault_of_disability_number,
    fault_of_id_number,
    fault_of_mobile,
    tidy_number,
)
from edge.domain.text import Text
from edge.domain.typed_text import Place, Read, read_name, read_text, refused, tidy_text
from edge.ground.ids import JSON

__all__ = ["Place", "Read", "is_blank", "missing", "read_value"]

MOST_RAW = 4_000
TRUE_WORDS = frozenset({"yes", "true", "on", "1", "是", "有"})
FALSE_WORDS = frozenset({"no", "false", "off", "0", "不是", "没有"})
YES, NO = "yes", "no"
INTEGER_LIMIT = 10**15


def is_blank(raw: object) -> bool:
    """Tell if nothing was answered: null, an empty or blank text, an empty list, or parts that are all blank."""
    if isinstance(raw, str):
        return not raw.strip()
    if isinstance(raw, dict):
        return all(is_blank(part) for part in raw.values())
    return raw is None or raw == []


def _number_reader(fault_of: Callable[[str, date], Text | None]) -> Callable[[Field, object, Place], Read]:
    def read(field: Field, raw: object, place: Place) -> Read:
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


def _read_integer(field: Field, raw: object, place: Place) -> Read:
    if isinstance(raw, str):
        digits = unicodedata.normalize("NFKC", raw).replace(",", "").replace(" ", "")
        raw = int(digits) if re.fullmatch(r"-?[0-9]{1,16}", digits) else None
    if not isinstance(raw, int) or isinstance(raw, bool) or abs(raw) > INTEGER_LIMIT:
        return refused("请写一个整数，比如 0、1、2。", "Please write a whole number such as 0, 1, 2.")
    fault = _bounds(raw, field, str)
    return (None, fault) if fault else (raw, None)


def _read_money(field: Field, raw: object, place: Place) -> Read:
    if isinstance(raw, str):
        plain = unicodedata.normalize("NFKC", raw).replace(",", "").replace(" ", "").removesuffix("元")
        found = re.fullmatch(r"([0-9]{1,13})(?:\.([0-9]{1,2}))?", plain)
        raw = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else None
    if not isinstance(raw, int) or isinstance(raw, bool) or not 0 <= raw <= INTEGER_LIMIT:
        return refused("请写多少元，比如 1200 或 35.50。", "Please write an amount in yuan, such as 1200 or 35.50.")
    fault = _bounds(raw, field, lambda fen: f"{fen / 100:.2f}")
    return (None, fault) if fault else (raw, None)


def _as_date(raw: object) -> date | None:
    if isinstance(raw, dict):
        raw = "-".join(str(raw.get(part, "")) for part in ("year", "month", "day"))
    if not isinstance(raw, str):
        return None
    plain = unicodedata.normalize("NFKC", raw).strip()
    found = re.fullmatch(r"([0-9]{4})[-/.年 ]\s*([0-9]{1,2})[-/.月 ]\s*([0-9]{1,2})日?", plain) \
        or re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", plain)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _which_day(field: Field) -> Text:
    if field.workday:
        return Text("请选一天，最早明天。", "Please choose a day, tomorrow at the earliest.")
    return Text("请写对年、月、日。", "Please write year, month and day.")


def _read_date(field: Field, raw: object, place: Place) -> Read:
    day = _as_date(raw)
    if day is None or not 1850 <= day.year <= 2200:
        # no day as an example: whichever it were, some field would refuse it
        return None, Text("没有这一天。", "There is no such day. ").joined(_which_day(field))
    if field.past and day > place.today:
        return refused("这一天还没到。请改成今天或以前的日子。",
                       "That day has not come yet. Please give today or an earlier day.")
    if field.workday:
        if day <= place.today:
            return None, _which_day(field)
        if not place.county.working_days().is_worked(day):
            return refused("这一天不上班。请选一个上班的日子。",
                           "Offices are closed on that day. Please choose a working day.")
    return day.isoformat(), None


def _read_region(field: Field, raw: object, place: Place) -> Read:
    if isinstance(raw, dict):
        raw = [raw.get("village", ""), raw.get("door", "")]
    if not (isinstance(raw, list) and len(raw) == 2 and all(isinstance(part, str) for part in raw)):
        return refused("请先选镇，再选村（居）。", "Please choose the town, then the village.")
    village, door = str(raw[0]).strip(), str(raw[1])
    if not village:
        return refused("请先选镇，再选村（居）。", "Please choose the town, then the village.")
    if place.county.village(village) is None:
        return refused("名单里没有这个村（居）。请重新选。", "That village is not on the list. Please choose again.")
    text, fault = tidy_text(door)
    if fault is None and len(str(text)) > 60:
        fault = Text("门牌写得太长了，最多写 60 个字。", "The door is too long: at most 60 characters.")
    return (None, fault) if fault else ([village, text], None)


def _read_choice(field: Field, raw: object, place: Place) -> Read:
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw)
    for option in place.options:
        # a program may send what a person would choose by: the option's words
        if raw in (option.value, option.label.zh, option.label.en):
            return option.value, None
    return refused("请从列出的里面选一个。", "Please choose one of those listed.")


def _read_choices(field: Field, raw: object, place: Place) -> Read:
    chosen = [raw] if isinstance(raw, str) else raw
    values = [option.value for option in place.options]
    if not isinstance(chosen, list) or any(one not in values for one in chosen):
        return refused("请从列出的里面选。", "Please choose from those listed.")
    kept: list[JSON] = [value for value in values if value in chosen]
    if len(kept) < (field.least or 1):
        return refused(f"至少选 {field.least or 1} 个。", f"Choose at least {field.least or 1}.")
    if field.most is not None and len(kept) > field.most:
        return refused(f"最多选 {field.most} 个。", f"Choose at most {field.most}.")
    return kept, None


def _read_yes_no(field: Field, raw: object, place: Place) -> Read:
    if isinstance(raw, bool):
        return raw, None
    word = str(raw).strip().lower() if isinstance(raw, str) else ""
    if word in TRUE_WORDS:
        return True, None
    if word in FALSE_WORDS:
        return False, None
    for option in field.choices:  # the two words of this question, where they are others than yes and no
        if word in (option.label.zh, option.label.en.lower()):
            return option.value == YES, None
    return refused("请从两个里面选一个。", "Please choose one of the two.")


def _read_tick(field: Field, raw: object, place: Place) -> Read:
    if _read_yes_no(field, raw, place)[0] is True:
        return True, None
    return None, missing(field)


READERS: dict[str, Callable[[Field, object, Place], Read]] = {
    "text": read_text, "long_text": read_text, "name": read_name,
    "id_number": _number_reader(fault_of_id_number),
    "credit_code": _number_reader(lambda value, today: fault_of_credit_code(value)),
    "disability_number": _number_reader(fault_of_disability_number),
    "mobile": _number_reader(lambda value, today: fault_of_mobile(value)),
    "bank_card": _number_reader(lambda value, today: fault_of_bank_card(value)),
    "integer": _read_integer, "money": _read_money, "date": _read_date, "region": _read_region,
    "choice": _read_choice, "choices": _read_choices, "yes_no": _read_yes_no,
    "declaration": _read_tick, "consent": _read_tick,
}


def missing(field: Field) -> Text:
    """Return what to say when a question that must be answered was not."""
    if field.kind == "declaration":
        return Text("请看一遍上面写的，都对，就打勾。", "Please read it through; if all is right, tick the box.")
    if field.kind == "consent":
        return Text("同意了，这件事才能办。同意就打勾；不同意，可以请人帮忙问清楚。",
                    "It can be done only with your consent. Tick the box, or ask the staff about it first.")
    if field.kind == "date" and field.workday:
        return _which_day(field)
    if field.kind in ("choice", "yes_no", "choices", "region"):
        return Text(f"“{field.label.zh}”还没选。请选一个。", f"“{field.label.en}” is not chosen yet. Please choose.")
    return Text(f"“{field.label.zh}”还没写。请写上。", f"“{field.label.en}” is not filled in yet. Please fill it in.")


def read_value(field: Field, raw: object, place: Place) -> Read:
    """Return the canonical value of one raw input, or what is wrong with it. An optional blank is (None, None)."""
    if is_blank(raw):
        return None, (None if field.optional else missing(field))
    if isinstance(raw, str) and len(raw) > MOST_RAW:
        return refused("写得太长了。请写短一点。", "That is far too long. Please shorten it.")
    return READERS[field.kind](field, raw, place)
