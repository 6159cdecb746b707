"""One raw input of one kind of field → its canonical value, or what is wrong with it.

Raw inputs come from a page (strings, lists of strings) or from a program (JSON). Canonical values are what is stored,
packed and compared: digits only, dates as 2026-11-23, money in fen, choices in the order of the form.
"""

from collections.abc import Callable

from edge.domain.form import Field
from edge.domain.identity import (
    fault_of_bank_card,
    fault_of_credit_code,
    fault_of_disability_number,
    fault_of_id_number,
    fault_of_mobile,
)
from edge.domain.strokes import read_strokes
from edge.domain.text import Text
from edge.domain.typed_day import read_date, read_month, which_day
from edge.domain.typed_number import number_reader, read_decimal, read_integer, read_money
from edge.domain.typed_text import Place, Read, read_name, read_text, refused, tidy_text
from edge.ground.ids import JSON

__all__ = ["Place", "Read", "is_blank", "missing", "read_value"]

MOST_RAW = 4_000
MOST_RAW_INK = 60_000
TRUE_WORDS = frozenset({"yes", "true", "on", "1", "是", "有"})
FALSE_WORDS = frozenset({"no", "false", "off", "0", "不是", "没有"})
YES, NO = "yes", "no"


def is_blank(raw: object) -> bool:
    """Tell if nothing was answered: null, an empty or blank text, an empty list, or parts that are all blank."""
    if isinstance(raw, str):
        return not raw.strip()
    if isinstance(raw, dict):
        return all(is_blank(part) for part in raw.values())
    return raw is None or raw == []


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


def _read_signature(field: Field, raw: object, place: Place) -> Read:
    if not isinstance(raw, str):
        return refused("这里要签名。", "A signature is needed here.")
    return read_strokes(raw)


READERS: dict[str, Callable[[Field, object, Place], Read]] = {
    "text": read_text, "long_text": read_text, "name": read_name,
    "id_number": number_reader(fault_of_id_number),
    "credit_code": number_reader(lambda value, today: fault_of_credit_code(value)),
    "disability_number": number_reader(fault_of_disability_number),
    "mobile": number_reader(lambda value, today: fault_of_mobile(value)),
    "bank_card": number_reader(lambda value, today: fault_of_bank_card(value)),
    "integer": read_integer, "money": read_money, "decimal": read_decimal, "date": read_date, "month": read_month,
    "region": _read_region, "choice": _read_choice, "choices": _read_choices, "yes_no": _read_yes_no,
    "signature": _read_signature,
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
        return which_day(field)
    if field.kind == "signature":
        return Text("还没签名。请在框里签，或者选在纸上签。",
                    "Not signed yet. Please sign in the box, or choose to sign on paper.")
    if field.kind == "group":
        return Text(f"“{field.label.zh}”还没写。请按“加”，一个一个写。",
                    f"“{field.label.en}” is empty. Please press “Add” and write them one by one.")
    if field.kind in ("choice", "yes_no", "choices", "region"):
        return Text(f"“{field.label.zh}”还没选。请选一个。", f"“{field.label.en}” is not chosen yet. Please choose.")
    return Text(f"“{field.label.zh}”还没写。请写上。", f"“{field.label.en}” is not filled in yet. Please fill it in.")


def read_value(field: Field, raw: object, place: Place) -> Read:
    """Return the canonical value of one raw input, or what is wrong with it. An optional blank is (None, None).

    Groups are no single value: `form_walk.read_one` reads their rows.
    """
    if is_blank(raw):
        return None, (None if field.optional else missing(field))
    if isinstance(raw, str) and len(raw) > (MOST_RAW_INK if field.kind == "signature" else MOST_RAW):
        return refused("写得太长了。请写短一点。", "That is far too long. Please shorten it.")
    return READERS[field.kind](field, raw, place)
