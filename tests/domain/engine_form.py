"""A form that holds every kind of field and every way to hand in a paper, so that one item tries the whole engine."""

from typing import Any

import msgspec

from edge.domain.form import Computed, Field, Item, Material, Rule
from edge.domain.text import Text
from tests.domain.filled import CATALOGUE

SIGNATURE = "60,40 200,42;130,10 128,180;60,180 220,176"


def text(words: str) -> Text:
    return Text(words, words)


def field(key: str, kind: Any, **more: Any) -> Field:
    return Field(key=key, kind=kind, question=text(f"{key}？"), label=text(key), **more)


MEMBERS = field(
    "family", "group", row=text("家人"), least=1, most=4, fields=(
        field("member", "name"),
        field("member_id", "id_number", sensitive=True, rules=(
            Rule(must="member_id != id_number", error=text("这是您自己的号码。")),)),
        field("works", "yes_no"),
        field("income", "money", when="works == true"),
        field("mark", "signature", when="age(member_id) >= 18"),
        field("pays", "choice", choices_from="half_days"),
    ), rules=(
        Rule(must="distinct(family, 'member_id')", error=text("有两个人的号码一样。")),
        Rule(must="total(family, 'income') <= 10000000", error=text("太多了。")),
    ))
OWN = (
    field("area", "decimal", unit=text("平方米"), least=1),
    field("from_month", "month", past=True),
    field("until_month", "month", rules=(
        Rule(must="months(from_month, until_month) >= 0 && months(from_month, until_month) <= 60",
             error=text("起止不对。")),)),
    field("card", "bank_card", twice=True),
    MEMBERS,
    field("signed", "signature"),
)
COMPUTED = (
    Computed(key="people", value="length(family) + 1", label=text("人数"), kind="integer", unit=text("人")),
    Computed(key="all_income", value="total(family, 'income')", label=text("合计"), kind="money"),
    Computed(key="each", value="all_income / people", label=text("人均月收入"), kind="money",
             how=Text("一共 {all_income}，{people}平分", "{all_income} in all, for {people}")),
)
PAPERS = (
    Material(key="letter", name=text("委托书"), sign=True, statement=text("我请他替我办"), when="area > 0"),
    Material(key="card", name=text("身份证"), instead=text("用户口簿"), may_defer=True),
)


def engine_form() -> Item:
    """Return RS-01 with the questions of every kind behind its own."""
    item = CATALOGUE.item("RS-01")
    before = tuple(one for one in item.fields if one.kind not in ("declaration", "consent"))
    after = tuple(one for one in item.fields if one.kind in ("declaration", "consent"))
    return msgspec.structs.replace(
        item, fields=(*before, *OWN, *after), materials=(*item.materials, *PAPERS),
        computed=(*item.computed, *COMPUTED), example={**item.example, **engine_answers()})


def engine_answers() -> dict[str, Any]:
    """Return answers to the questions beside those of RS-01."""
    return {
        "area": 3550, "from_month": "2026-01", "until_month": "2026-11", "card": "6222020000000000000",
        "family": [
            {"member": "王秀英", "member_id": "11010519491231002X", "works": False, "mark": SIGNATURE, "pays": "am"},
            {"member": "李小明", "member_id": "110105201501010017", "works": True, "income": 250000, "pays": "pm"},
        ],
        "signed": "paper", "material_letter": "sign", "sign_letter": SIGNATURE, "material_card": "instead",
    }
