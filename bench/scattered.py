"""Answers that differ in all that a form leaves open: choices, dates and sums at random, names of any letters.

The opposite of `invented`, whose people all choose alike: real citizens lie between. No rule between questions is kept,
so these are good for weighing bytes and for nothing else. Only what the bit form of packed answers can hold is made.
"""

import string
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from bench.invented import FAMILY, another_card
from edge.domain.catalogue import shipped_catalogue
from edge.domain.form import Field, Item
from edge.domain.form_walk import form_fields
from edge.domain.identity import CREDIT_ALPHABET, credit_check_character, id_check_character

FIRST_DAY, DAYS = date(1935, 1, 1), 33_000
LEFT_OPEN = 0.4      # of the questions that need not be answered, or that come only after some answers
LEVEL_ONE = [bytes((0xB0 + at // 94, 0xA1 + at % 94)).decode("gb2312", "ignore") for at in range(3755)]
"""The 3,755 commonest characters (GB 2312, level 1), by pronunciation."""


def scattered(item: Item, chance: Random) -> dict[str, Any]:
    """Return answers of any kind to any of the questions of an item."""
    found: dict[str, Any] = {}
    for field in form_fields(item):
        if (field.optional or field.when) and chance.random() < LEFT_OPEN:
            continue
        if field.kind in _KINDS:
            found[field.key] = _KINDS[field.kind](field, chance)
    return found


def _letters(chance: Random, least: int, most: int) -> str:
    # the common characters are far more common: squared, the first thousand make half of what is written
    return "".join(LEVEL_ONE[int(3755 * chance.random() ** 2)] for _ in range(chance.randint(least, most)))


def _name(_: Field, chance: Random) -> str:
    return chance.choice(FAMILY) + _letters(chance, 1, 2)


def _day(_: Field, chance: Random) -> str:
    return (FIRST_DAY + timedelta(days=chance.randrange(DAYS))).isoformat()


def _id(_: Field, chance: Random) -> str:
    born = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    body = f"370399{born:%Y%m%d}{chance.randrange(1000):03d}"
    return body + id_check_character(body)


def _disability(field: Field, chance: Random) -> str:
    return f"{_id(field, chance)}{chance.randint(1, 7)}{chance.randint(1, 4)}"


def _credit(_: Field, chance: Random) -> str:
    body = f"92370399{''.join(chance.choices(CREDIT_ALPHABET, k=9))}"
    return body + credit_check_character(body)


def _number(field: Field, chance: Random) -> int:
    return chance.randint(field.least or 0, min(field.most or 100_000, (field.least or 0) + 100_000))


def _home(_: Field, chance: Random) -> list[str]:
    villages = [village.code for town in shipped_catalogue().county.towns for village in town.villages]
    return [chance.choice(villages), f"{_letters(chance, 2, 6)}{chance.randrange(1, 400)}号"]


def _choice(field: Field, chance: Random) -> str:
    return chance.choice([one.value for one in field.choices] or ["other"])


def _choices(field: Field, chance: Random) -> list[str]:
    return [one.value for one in field.choices if chance.random() < LEFT_OPEN]


_KINDS: dict[str, Callable[[Field, Random], Any]] = {
    "text": lambda _, chance: _letters(chance, 4, 10), "long_text": lambda _, chance: _letters(chance, 20, 90),
    "name": _name, "id_number": _id, "disability_number": _disability, "credit_code": _credit,
    "mobile": lambda _, chance: "1" + chance.choice("3456789") + "".join(chance.choices(string.digits, k=9)),
    "bank_card": lambda _, chance: another_card("6217990000000000000", chance), "integer": _number, "money": _number,
    "decimal": _number, "date": _day, "month": lambda field, chance: _day(field, chance)[:7], "region": _home,
    "choice": _choice, "choices": _choices, "yes_no": lambda _, chance: chance.random() < 0.5,
    "declaration": lambda *_: True, "consent": lambda *_: True}
