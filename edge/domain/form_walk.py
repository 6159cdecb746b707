"""The way through a form: which questions are shown, in order, and what each answer is worth.

A question is shown when its `when` holds for the answers before it. Answers to questions that are not shown count as
not given, so that what is hidden can change nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from edge.domain.conditions import condition
from edge.domain.county import County
from edge.domain.form import Choice, Field, Item, Material
from edge.domain.text import Text
from edge.domain.typed_text import one_a_line
from edge.domain.values import Place, read_value
from edge.ground.ids import JSON

LAST_KINDS = ("declaration", "consent")
BROUGHT, E_CERT, LATER, ABSENT = "brought", "e_cert", "later", "absent"
MYSELF = "self"
"""The answer to `who` of a citizen who applies for themself."""


class Step(NamedTuple):
    """One shown question: the field with its options filled in, its canonical value, its error."""

    field: Field
    value: JSON
    error: Text | None


def material_key(material: Material) -> str:
    """Return the key under which the answer about this paper stands."""
    return f"material_{material.key}"


def material_field(material: Material) -> Field:
    """Return the question about one paper."""
    name = material.name
    choices = [Choice(value=BROUGHT, label=Text("带来了", "I have it with me"))]
    if material.e_cert:
        choices.append(Choice(value=E_CERT, label=Text("用手机里的电子证", "Use the electronic one"),
                              hint=Text("县里会核对", "It is on my phone; the county checks it")))
    if material.may_defer:
        choices.append(Choice(value=LATER, label=Text("以后补", "I will bring it later"),
                              hint=Text("现在先交别的，县里会说补的时间", "Hand in the rest; the county says by when")))
    else:
        choices.append(Choice(value=ABSENT, label=Text("没带", "I do not have it here")))
    return Field(
        key=material_key(material), kind="choice", label=name, hint=material.hint, when=material.when,
        question=Text(f"{name.zh}带来了吗？", f"Do you have it with you: {name.en}?"),
        choices=tuple(choices), source=material.source)


ABSENT_ERROR = Text("这样东西必须有。带齐了再来交，也可以请人帮忙。",
                    "This paper is required. Please come back with it, or ask the staff for help.")


@lru_cache(maxsize=4096)
def form_fields(item: Item) -> tuple[Field, ...]:
    """Return all questions of an item: its own, then one for each paper, then what is declared and consented to."""
    first = [field for field in item.fields if field.kind not in LAST_KINDS]
    last = [field for field in item.fields if field.kind in LAST_KINDS]
    return (*first, *(material_field(material) for material in item.materials), *last)


def options(field: Field, item: Item, county: County) -> tuple[Choice, ...]:
    """Return the options of a choice: its own, or those that the county's data hold.

    `choices_from: local.<name>` is a list under the item's local_params; any other name is one of the county's lists.
    """
    if not field.choices_from:
        return field.choices
    source, _, name = field.choices_from.partition(".")
    if source != "local":
        return county.lists.get(field.choices_from, ())
    unit = field.unit or Text("", "")
    values: list[object] = county.params(item.code).get(name) or []
    return tuple(Choice(value=str(one), label=Text(f"{one} {unit.zh}".strip(), f"{one} {unit.en}".strip()))
                 for one in values)


def surroundings(item: Item, county: County, today: date) -> dict[str, Any]:
    """Return what every condition of an item may name beside the answers."""
    return {"today": today.isoformat(), "local": county.params(item.code), "params": county.local_params}


def walk(item: Item, given: Mapping[str, object], county: County, today: date) -> Iterator[Step]:
    """Yield each shown question with the value and the error of what was given for it."""
    fields = form_fields(item)
    known: dict[str, Any] = {field.key: None for field in fields} | surroundings(item, county, today)
    return walk_fields(fields, item, given, known, county, today)


def walk_fields(
    fields: tuple[Field, ...], item: Item, given: Mapping[str, object], known: dict[str, Any], county: County,
    today: date,
) -> Iterator[Step]:
    """Walk these fields; `known` is what conditions see, and gains each good answer on the way."""
    for field in fields:
        if field.when and not condition(field.when).holds(known, today):
            continue
        chosen = options(field, item, county)
        shown = _as_asked(field, chosen, item, known)
        value, error = read_value(shown, given.get(field.key), Place(county, today, chosen))
        if field.one_each and isinstance(value, str):
            value = one_a_line(value, known.get(field.one_each))
        if error is None and value is not None:
            known[field.key] = value
            error = rule_error(shown, known, today)
            if error is not None:
                value = known[field.key] = None
        yield Step(shown, value, error)


def _as_asked(field: Field, chosen: tuple[Choice, ...], item: Item, known: Mapping[str, Any]) -> Field:
    """Return the field with its options, and with the question in the words for whoever applies."""
    if field.choices_from:
        field = msgspec.structs.replace(field, choices=chosen)
    if field.question_self is not None and item.who and known.get(item.who) == MYSELF:
        field = msgspec.structs.replace(field, question=field.question_self)
    return field


def rule_error(field: Field, known: Mapping[str, Any], today: date) -> Text | None:
    """Return what the first broken rule of a field says, with the answers put into its words."""
    if field.key.startswith("material_") and known[field.key] == ABSENT:
        return ABSENT_ERROR
    for rule in field.rules:
        if condition(rule.must).fails(known, today):
            return rule.error.filled(known)
    return None
