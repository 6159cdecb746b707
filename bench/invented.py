"""Invented people and what they fill in: as many different forms as are asked for, so that no compression is flattered.

The region of every ID number here, 370399, exists on no map; the check digits are right, or the forms would be refused.
"""

import string
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from edge.domain.answers import check
from edge.domain.catalogue import shipped_catalogue
from edge.domain.example import example_for
from edge.domain.form import Item
from edge.domain.identity import CREDIT_ALPHABET, credit_check_character, id_check_character, luhn_holds

REGION = "370399"
FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚"
GIVEN = "秀英桂兰玉珍凤霞建国志强文博子涵雨桐思远海燕春梅德福长顺小军永贵俊杰雪莲明辉佳怡浩然诗涵晓东红梅金花宝山"
PLACES = ["村东", "村西", "村南", "村北", "前街", "后街", "东巷", "西巷", "河沿", "井台", "老槐树旁", "粮站后"]
SHOPS = ["便民超市", "食品店", "粮油店", "百货商店", "早点铺", "糕点坊"]
MOST_TRIES = 50
ITEMS = ("CL-02", "CL-03", "GA-02", "MZ-01", "RS-01", "SS-04")
"""What is handed in: always the same, so that figures of two versions can be compared."""
Form = tuple[str, dict[str, Any]]


def today() -> date:
    """Return the day in China, which both machines of a measurement share."""
    return (datetime.now(UTC) + timedelta(hours=8)).date()


def forms(count: int, seed: int = 2026) -> list[Form]:
    """Return (item code, answers) `count` times, the six items in turn; the same seed gives the same people."""
    chance = Random(seed)
    items = [shipped_catalogue().item(code) for code in ITEMS]
    return [(item.code, _filled(item, chance)) for item in (items[at % len(items)] for at in range(count))]


def _filled(item: Item, chance: Random) -> dict[str, Any]:
    county, day = shipped_catalogue().county, today()
    for _ in range(MOST_TRIES):
        given = _varied(item, example_for(item, county, day), chance)
        checked = check(item, given, county, day)
        if not checked.errors and not checked.stops:
            return given
    raise RuntimeError(f"no invented answers fit {item.code}")


def _varied(item: Item, example: dict[str, Any], chance: Random) -> dict[str, Any]:
    kinds = {field.key: field.kind for field in item.fields}
    people = {example[key]: another_id(example[key], chance) for key, kind in kinds.items()
              if kind == "id_number" and example.get(key)}
    cards: dict[str, str] = {}
    return {key: _another(kinds.get(key, ""), value, people, cards, chance) for key, value in example.items()}


def _another(kind: str, value: Any, people: dict[str, str], cards: dict[str, str], chance: Random) -> Any:
    if kind in ("id_number", "disability_number"):
        # a certificate's number begins with its holder's ID number
        return people[value[:18]] + value[18:]
    if kind == "bank_card":
        return cards.setdefault(value, another_card(value, chance))
    return _KINDS[kind](value, chance) if kind in _KINDS else value


def another_id(number: str, chance: Random) -> str:
    """Return an ID number of someone born within two months of the bearer of `number`, with a right check digit."""
    born = date(int(number[6:10]), int(number[10:12]), int(number[12:14])) - timedelta(days=chance.randrange(60))
    body = f"{REGION}{born:%Y%m%d}{chance.randrange(1000):03d}"
    return body + id_check_character(body)


def another_card(number: str, chance: Random) -> str:
    """Return a card number of the same bank and length that passes the Luhn check."""
    body = number[:6] + "".join(chance.choices(string.digits, k=len(number) - 7))
    return next(body + last for last in string.digits if luhn_holds(body + last))


def _name(_: str, chance: Random) -> str:
    return chance.choice(FAMILY) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))


def _mobile(_: str, chance: Random) -> str:
    return chance.choice(("138", "159", "187", "199")) + "".join(chance.choices(string.digits, k=8))


def _home(_: list[str], chance: Random) -> list[str]:
    villages = [village.code for town in shipped_catalogue().county.towns for village in town.villages]
    return [chance.choice(villages), f"{chance.choice(PLACES)} {chance.randrange(1, 400)} 号"]


def _licence(_: str, chance: Random) -> str:
    body = f"92{REGION}MA{''.join(chance.choices(CREDIT_ALPHABET, k=7))}"
    return body + credit_check_character(body)


def _words(_: str, chance: Random) -> str:
    return f"{_name('', chance)}{chance.choice(SHOPS)}"


def _lines(value: str, chance: Random) -> str:
    return "\n".join(f"{chance.choice(PLACES)}{_words('', chance)}门口" for _ in value.split("\n"))


_KINDS: dict[str, Callable[[Any, Random], Any]] = {
    "name": _name, "mobile": _mobile, "region": _home, "credit_code": _licence, "text": _words, "long_text": _lines}
