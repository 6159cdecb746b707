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
from edge.domain.form import Choice, Field, Item, Material, Rule
from edge.domain.text import Text
from edge.domain.typed_text import one_a_line
from edge.domain.values import Place, is_blank, missing, read_value
from edge.ground.ids import JSON

LAST_KINDS = ("declaration", "consent")
BROUGHT, E_CERT, SIGN, INSTEAD, LATER, ABSENT = "brought", "e_cert", "sign", "instead", "later", "absent"
VILLAGE, TOWN = ("哪个村（居）", "which village"), ("哪个乡镇（街道）", "which town")
"""How a question for an address names what is chosen, in Chinese and English: the village, and before it the town."""
MOST_ROWS = 20
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
    if material.sign:
        choices.append(Choice(value=SIGN, label=Text("现在在屏上签", "Sign it here on the glass"),
                              hint=Text("要本人在这里签", "The person must be here")))
    if material.instead:
        choices.append(Choice(value=INSTEAD, label=material.instead))
    if material.may_defer:
        choices.append(Choice(value=LATER, label=Text("以后补", "I will bring it later"),
                              hint=Text("现在先交别的，县里会说补的时间", "Hand in the rest; the county says by when")))
    else:
        choices.append(Choice(value=ABSENT, label=Text("没带", "I do not have it here")))
    return Field(
        key=material_key(material), kind="choice", label=name, hint=material.hint, when=material.when,
        question=Text(f"{name.zh}带来了吗？", f"Do you have it with you: {name.en}?"),
        choices=tuple(choices), source=material.source)


def photo_question(material: Material) -> Text:
    """Return what is asked where the first page of a paper is photographed."""
    return Text(f"给{material.name.zh}拍张照", f"Take a photo: {material.name.en}")


def town_question(question: Text) -> Text | None:
    """Return what is asked where the town of an address is chosen; None where the question asks for no village."""
    if VILLAGE[0] not in question.zh or VILLAGE[1] not in question.en:
        return None
    return Text(question.zh.replace(VILLAGE[0], TOWN[0]), question.en.replace(VILLAGE[1], TOWN[1]))


ABSENT_ERROR = Text("这样东西必须有。带齐了再来交，也可以请人帮忙。",
                    "This paper is required. Please come back with it, or ask the staff for help.")


@lru_cache(maxsize=4096)
def form_fields(item: Item) -> tuple[Field, ...]:
    """Return all questions of an item: its own, then one for each paper, then what is declared and consented to."""
    first = [field for field in item.fields if field.kind not in LAST_KINDS]
    last = [field for field in item.fields if field.kind in LAST_KINDS]
    return (*first, *(field for material in item.materials for field in _about(material, item)), *last)


def _about(material: Material, item: Item) -> list[Field]:
    """Return the questions about one paper: whether it is there, and the signature where it is signed here."""
    asked = material_field(material)
    replaced = [one for one in item.materials if one.instead and one.stands_in == material.key]
    if replaced and material.may_defer:
        asked = msgspec.structs.replace(asked, rules=tuple(_needed_for(one, material) for one in replaced))
    return [asked, _signing(material, asked.key)] if material.sign else [asked]


def _needed_for(replaced: Material, material: Material) -> Rule:
    """Return the rule that a paper which does for another one is there today."""
    no, name = replaced.name, material.name
    return Rule(
        must=f"{material_key(replaced)} != '{INSTEAD}' || {material_key(material)} != '{LATER}'",
        error=Text(f"没有{no.zh}，今天就要看{name.zh}，不能以后补。带齐了再来交，也可以请人帮忙。",
                   f"Without the {no.en}, the {name.en} is needed today. Please come back with it, or ask the staff."))


def _signing(material: Material, asked: str) -> Field:
    name = material.name
    when = f"{asked} == '{SIGN}'"
    return Field(
        key=f"sign_{material.key}", kind="signature", label=Text(f"{name.zh}上的签名", f"Signature: {name.en}"),
        question=Text(f"请在{name.zh}上签名。", f"Please sign: {name.en}."),
        hint=Text("给谁办，就由谁签全名", "The person it is for signs the full name"),
        purpose=Text("代替在纸上签", "Instead of signing on paper"), statement=material.statement,
        when=f"({material.when}) && {when}" if material.when else when, sensitive=True, source=material.source)


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
        shown = as_asked(field, item, county, known)
        value, error = read_one(shown, given.get(field.key), known, county, today)
        if error is None and value is not None:
            known[field.key] = as_known(shown, value)
            error = rule_error(shown, known, today)
            if error is not None:
                value = known[field.key] = None
        yield Step(shown, value, error)


def read_one(
    field: Field, raw: object, known: Mapping[str, Any], county: County, today: date,
) -> tuple[JSON, Text | None]:
    """Return the canonical value of one raw input for a field with its options filled in, or what is wrong with it.

    The field's own rules are not judged here. `known` is what the conditions of a group's rows see beside the row.
    """
    if field.kind == "group":
        return _read_rows(field, raw, known, county, today)
    value, error = read_value(field, raw, Place(county, today, field.choices))
    if field.one_each and isinstance(value, str):
        value = one_a_line(value, known.get(field.one_each))
    return value, error


def _read_rows(
    group: Field, raw: object, known: Mapping[str, Any], county: County, today: date,
) -> tuple[JSON, Text | None]:
    if is_blank(raw):
        return None, (None if group.optional else missing(group))
    if not isinstance(raw, list) or not all(isinstance(row, dict) for row in raw):
        return None, missing(group)
    name, least, most = group.row or group.label, group.least or 1, group.most or MOST_ROWS
    if not least <= len(raw) <= most:
        return None, Text(f"{name.zh}至少 {least} 个。" if len(raw) < least else f"{name.zh}最多 {most} 个。",
                          f"{name.en}: at least {least}." if len(raw) < least else f"{name.en}: at most {most}.")
    rows: list[JSON] = []
    for number, given in enumerate(raw, 1):
        row: dict[str, JSON] = {}
        strange = given.keys() - {one.key for one in group.fields}
        error = Text("这里没有这一项。请去掉。", "There is no such field here. Please remove it.") if strange else None
        for step in walk_row(group, given, known, county, today):
            if step.value is not None:
                row[step.field.key] = step.value
            error = error or step.error
        if error is not None:
            return None, Text(f"第 {number} 个{name.zh}：{error.zh}", f"{name.en} {number}: {error.en}")
        rows.append(row)
    return rows, None


def walk_row(
    group: Field, given: Mapping[str, object], known: Mapping[str, Any], county: County, today: date,
) -> Iterator[Step]:
    """Yield each question of one row of a group, as `walk` does for a whole form; `group` has its options filled in."""
    seen = {**known, **{one.key: None for one in group.fields}}
    for one in group.fields:
        if one.when and not condition(one.when).holds(seen, today):
            continue
        value, error = read_value(one, given.get(one.key), Place(county, today, one.choices))
        if error is None and value is not None:
            seen[one.key] = value
            error = rule_error(one, seen, today)
            if error is not None:
                value = seen[one.key] = None
        yield Step(one, value, error)


def as_known(field: Field, value: JSON) -> JSON:
    """Return a value as conditions see it: in the rows of a group what was not asked is null."""
    if field.kind != "group" or not isinstance(value, list):
        return value
    blank: dict[str, JSON] = {one.key: None for one in field.fields}
    return [{**blank, **row} if isinstance(row, dict) else row for row in value]


def as_asked(field: Field, item: Item, county: County, known: Mapping[str, Any] | None = None) -> Field:
    """Return the field with its options, and with the question in the words for whoever applies."""
    known = known or {}
    if field.choices_from:
        field = msgspec.structs.replace(field, choices=options(field, item, county))
    if field.fields:
        field = msgspec.structs.replace(field, fields=tuple(as_asked(one, item, county) for one in field.fields))
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
