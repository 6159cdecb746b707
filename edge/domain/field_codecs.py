"""How the value of each kind of field is written in bits, and read again. These pairs are for ever: see `packing`."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from edge.domain.bits import BitReader, BitWriter
from edge.domain.form import Field
from edge.domain.identity import CREDIT_ALPHABET, credit_check_character, id_check_character, luhn_holds
from edge.domain.strokes import NoStrokes, put_strokes, take_strokes

EPOCH = date(1850, 1, 1)
DAY_BITS, MONTH_BITS, REGION_BITS = 18, 13, 40
_MOVED = re.compile("[^\n\x20-\x7e\u3001\u3002\u4e00-\u9fa5\uff01-\uff5e]")


class Unfit(ValueError):
    """A value that the bit form of its kind cannot hold."""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Unfit
    return value


def _put_text(writer: BitWriter, field: Field, value: object) -> None:
    text = _text(value)
    try:
        plain, chinese = text.encode("utf-8"), text.encode("gb18030")
    except UnicodeEncodeError as fault:  # half of a surrogate pair
        raise Unfit from fault
    if len(plain) > 0xFFFF:
        raise Unfit
    # only characters whose place in GB18030 no edition has moved: edge and hub may run different Pythons
    use_chinese = len(chinese) < len(plain) and not _MOVED.search(text)
    writer.put(use_chinese, 1)
    writer.put_bytes(chinese if use_chinese else plain)


def _take_text(reader: BitReader, field: Field) -> str:
    chinese, data = reader.take(1), reader.take_bytes()
    text = data.decode("gb18030" if chinese else "utf-8")
    if chinese and len(text.encode("utf-8")) <= len(data):
        raise ValueError("a packed text stands in the longer of its two forms")
    return text


def _digits(value: object, length: int) -> int:
    text = _text(value)
    if len(text) != length or not (text.isascii() and text.isdigit()):
        raise Unfit
    return int(text)


def _put_id(writer: BitWriter, field: Field, value: object) -> None:
    """6 digits of region in 20 bits, the birthday in 18, the serial number in 10; the 18th character is computed."""
    text = _text(value)
    if len(text) != 18:
        raise Unfit
    _digits(text[:17], 17)
    if id_check_character(text[:17]) != text[17]:
        raise Unfit
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError as fault:
        raise Unfit from fault
    writer.put(int(text[:6]), 20)
    _put_day(writer, born)
    writer.put(int(text[14:17]), 10)


def _take_id(reader: BitReader, field: Field) -> str:
    region, born, serial = reader.take(20), _take_day(reader), reader.take(10)
    if region > 999_999 or serial > 999:
        raise ValueError("a packed ID number is out of range")
    body = f"{region:06d}{born:%Y%m%d}{serial:03d}"
    return body + id_check_character(body)


def _put_day(writer: BitWriter, day: date) -> None:
    gap = (day - EPOCH).days
    if not 0 <= gap < 1 << DAY_BITS:
        raise Unfit
    writer.put(gap, DAY_BITS)


def _take_day(reader: BitReader) -> date:
    return EPOCH + timedelta(days=reader.take(DAY_BITS))


def _put_date(writer: BitWriter, field: Field, value: object) -> None:
    text = _text(value)
    try:
        day = date.fromisoformat(text)
    except ValueError as fault:
        raise Unfit from fault
    if day.isoformat() != text:
        raise Unfit
    _put_day(writer, day)


def _put_month(writer: BitWriter, field: Field, value: object) -> None:
    """How many months since January 1850."""
    text = _text(value)
    if not re.fullmatch("[0-9]{4}-(0[1-9]|1[0-2])", text, re.ASCII):
        raise Unfit
    gap = (int(text[:4]) - EPOCH.year) * 12 + int(text[5:]) - 1
    if not 0 <= gap < 1 << MONTH_BITS:
        raise Unfit
    writer.put(gap, MONTH_BITS)


def _take_month(reader: BitReader, field: Field) -> str:
    years, month = divmod(reader.take(MONTH_BITS), 12)
    return f"{EPOCH.year + years}-{month + 1:02d}"


def _put_signature(writer: BitWriter, field: Field, value: object) -> None:
    try:
        put_strokes(writer, _text(value))
    except NoStrokes as fault:
        raise Unfit from fault


def _put_disability(writer: BitWriter, field: Field, value: object) -> None:
    """The ID number, category and grade in 3 bits each, then how often it was re-issued."""
    text = _text(value)
    core, mark, again = text.partition("B")
    if len(core) != 20 or core[18] not in "1234567" or core[19] not in "1234":
        raise Unfit
    if mark and (not again.isascii() or not again.isdigit() or again[0] == "0" or len(again) > 2):
        raise Unfit
    _put_id(writer, field, core[:18])
    writer.put(int(core[18]), 3)
    writer.put(int(core[19]), 3)
    writer.put_number(int(again) if mark else 0)


def _take_disability(reader: BitReader, field: Field) -> str:
    number, category, grade, again = _take_id(reader, field), reader.take(3), reader.take(3), reader.take_number(8)
    if category < 1 or not 1 <= grade <= 4 or again > 99:
        raise ValueError("a packed certificate number is out of range")
    return f"{number}{category}{grade}" + (f"B{again}" if again else "")


def _put_credit(writer: BitWriter, field: Field, value: object) -> None:
    text = _text(value)
    if len(text) != 18 or set(text) - set(CREDIT_ALPHABET) or credit_check_character(text[:17]) != text[17]:
        raise Unfit
    total = 0
    for letter in text[:17]:
        total = total * 31 + CREDIT_ALPHABET.index(letter)
    writer.put(total, 85)


def _take_credit(reader: BitReader, field: Field) -> str:
    total, letters = reader.take(85), []
    for _ in range(17):
        total, letter = divmod(total, 31)
        letters.append(CREDIT_ALPHABET[letter])
    if total:
        raise ValueError("a packed credit code is out of range")
    body = "".join(reversed(letters))
    return body + credit_check_character(body)


def _put_mobile(writer: BitWriter, field: Field, value: object) -> None:
    writer.put(_digits(value, 11), 37)


def _take_mobile(reader: BitReader, field: Field) -> str:
    number = reader.take(37)
    if number > 99_999_999_999:
        raise ValueError("a packed mobile number is out of range")
    return f"{number:011d}"


def _put_card(writer: BitWriter, field: Field, value: object) -> None:
    """How many digits beyond 12, then all but the last, which the Luhn check gives back."""
    text = _text(value)
    if not 12 <= len(text) <= 19 or _digits(text, len(text)) < 0 or not luhn_holds(text):
        raise Unfit
    writer.put(len(text) - 12, 3)
    writer.put(int(text[:-1]), _card_bits(len(text)))


def _card_bits(length: int) -> int:
    return int("9" * (length - 1)).bit_length()


def _take_card(reader: BitReader, field: Field) -> str:
    length = 12 + reader.take(3)
    number = reader.take(_card_bits(length))
    if number > int("9" * (length - 1)):
        raise ValueError("a packed card number is out of range")
    body = f"{number:0{length - 1}d}"
    return next(body + last for last in "0123456789" if luhn_holds(body + last))


def _put_whole(writer: BitWriter, field: Field, value: object) -> None:
    """Zigzag: 0, -1, 1, -2 … become 0, 1, 2, 3 …"""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 1 << 62:
        raise Unfit
    writer.put_number(value * 2 if value >= 0 else -value * 2 - 1)


def _take_whole(reader: BitReader, field: Field) -> int:
    number = reader.take_number()
    return -(number + 1) // 2 if number % 2 else number // 2


def _put_region(writer: BitWriter, field: Field, value: object) -> None:
    if not isinstance(value, list) or len(value) != 2:
        raise Unfit
    writer.put(_digits(value[0], 12), REGION_BITS)
    _put_text(writer, field, value[1])


def _take_region(reader: BitReader, field: Field) -> list[Any]:
    code = reader.take(REGION_BITS)
    if code > 999_999_999_999:
        raise ValueError("a packed village code is out of range")
    return [f"{code:012d}", _take_text(reader, field)]


def _index_bits(field: Field) -> int:
    return max(len(field.choices) - 1, 0).bit_length()


def _put_choice(writer: BitWriter, field: Field, value: object) -> None:
    if field.choices_from:
        _put_text(writer, field, value)
        return
    values = [choice.value for choice in field.choices]
    if not isinstance(value, str) or value not in values:
        raise Unfit
    writer.put(values.index(value), _index_bits(field))


def _take_choice(reader: BitReader, field: Field) -> str:
    if field.choices_from:
        return _take_text(reader, field)
    index = reader.take(_index_bits(field))
    if index >= len(field.choices):
        raise ValueError("a packed choice is out of range")
    return field.choices[index].value


def _put_choices(writer: BitWriter, field: Field, value: object) -> None:
    """One bit for each choice of the form; chosen from the county's lists, a count and the values."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Unfit
    if field.choices_from:
        writer.put_number(len(value))
        for one in value:
            _put_text(writer, field, one)
        return
    kept = [choice.value for choice in field.choices if choice.value in value]
    if kept != value:
        raise Unfit
    for choice in field.choices:
        writer.put(choice.value in value, 1)


def _take_choices(reader: BitReader, field: Field) -> list[Any]:
    if field.choices_from:
        return [_take_text(reader, field) for _ in range(reader.take_number(16))]
    return [choice.value for choice in field.choices if reader.take(1)]


def _put_yes_no(writer: BitWriter, field: Field, value: object) -> None:
    if not isinstance(value, bool):
        raise Unfit
    writer.put(value, 1)


def _put_tick(writer: BitWriter, field: Field, value: object) -> None:
    if value is not True:  # the bit "answered" says it all
        raise Unfit


WRITERS: dict[str, Callable[[BitWriter, Field, object], None]] = {
    "text": _put_text, "long_text": _put_text, "name": _put_text, "id_number": _put_id, "credit_code": _put_credit,
    "disability_number": _put_disability, "mobile": _put_mobile, "bank_card": _put_card, "integer": _put_whole,
    "money": _put_whole, "date": _put_date, "region": _put_region, "choice": _put_choice, "choices": _put_choices,
    "decimal": _put_whole, "month": _put_month, "signature": _put_signature, "yes_no": _put_yes_no,
    "declaration": _put_tick, "consent": _put_tick,
}
READERS: dict[str, Callable[[BitReader, Field], Any]] = {
    "text": _take_text, "long_text": _take_text, "name": _take_text, "id_number": _take_id, "credit_code": _take_credit,
    "disability_number": _take_disability, "mobile": _take_mobile, "bank_card": _take_card, "integer": _take_whole,
    "money": _take_whole, "date": lambda reader, field: _take_day(reader).isoformat(), "region": _take_region,
    "choice": _take_choice, "choices": _take_choices, "yes_no": lambda reader, field: bool(reader.take(1)),
    "decimal": _take_whole, "month": _take_month, "signature": lambda reader, field: take_strokes(reader),
    "declaration": lambda reader, field: True, "consent": lambda reader, field: True,
}
