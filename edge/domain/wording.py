"""A canonical value in the words of a page: digits in groups, money with commas, dates as people say them."""

from datetime import date

from edge.domain.county import County
from edge.domain.form import Choice, Field, Item
from edge.domain.form_walk import options
from edge.domain.identity import MASKS
from edge.domain.text import Text
from edge.ground.ids import JSON

GROUPS: dict[str, tuple[int, ...]] = {
    "id_number": (6, 8, 4), "disability_number": (6, 8, 4, 2), "mobile": (3, 4, 4), "credit_code": (8, 9, 1),
}
YES, NO, TICKED = Text("是", "Yes"), Text("不是", "No"), Text("同意", "Agreed")
DECLARED = Text("都是真的", "All true")


def grouped(kind: str, value: str) -> str:
    """Return digits in the groups of their kind: 6 8 4 for an ID number, fours for a bank card."""
    sizes = GROUPS.get(kind) or ((4,) * 5 if kind == "bank_card" else ())
    parts, at = [], 0
    for size in sizes:
        parts.append(value[at:at + size])
        at += size
    return " ".join(part for part in (*parts, value[at:]) if part)


def _day(value: str, lang: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return value if lang == "en" else f"{day.year}年{day.month}月{day.day}日"


def _region(value: list[JSON], lang: str, county: County, masked: bool) -> str:
    village, door = str(value[0]), str(value[1])
    found = county.village(village)
    if found is None:
        return village if masked else f"{village} {door}".strip()
    town, place = found
    parts = [county.name.in_(lang), town.name.in_(lang), place.name.in_(lang)]
    if door and not masked:
        parts.append(door)
    return ", ".join(reversed(parts)) if lang == "en" else "".join(parts)


def _label(choices: tuple[Choice, ...], value: JSON, lang: str) -> str:
    for choice in choices:
        if choice.value == value:
            return choice.label.in_(lang)
    return str(value)


def _plain(field: Field, value: JSON, lang: str) -> str | None:
    """Word the kinds that need neither county nor choices."""
    if field.kind == "yes_no":
        if field.choices:
            return _label(field.choices, "yes" if value is True else "no", lang)
        return (YES if value is True else NO).in_(lang)
    if field.kind == "declaration":
        return DECLARED.in_(lang)
    if field.kind == "consent":
        return TICKED.in_(lang)
    unit = field.unit.in_(lang) if field.unit else ""
    if field.kind == "money" and isinstance(value, int):
        return f"{value // 100:,}.{value % 100:02d} {'yuan' if lang == 'en' else '元'}"
    if field.kind == "integer":
        return f"{value} {unit}".strip()
    if field.kind == "date":
        return _day(str(value), lang)
    return None


def show(item: Item, field: Field, value: JSON, lang: str, county: County, masked: bool = False) -> str:
    """Return `value` of `field` in words, for a page, a slip or the console; "" for no answer.

    `masked` hides what identifies a person: 王*, 370304********1234, the door of an address.
    """
    if value is None:
        return ""
    if field.kind == "region" and isinstance(value, list) and len(value) == 2:
        return _region(value, lang, county, masked)
    if field.kind in ("choice", "choices"):
        chosen = value if isinstance(value, list) else [value]
        return ("、" if lang != "en" else ", ").join(_label(options(field, item, county), one, lang) for one in chosen)
    plain = _plain(field, value, lang)
    if plain is not None:
        return plain
    if masked and field.kind in MASKS:
        return MASKS[field.kind](str(value))
    return grouped(field.kind, str(value)) if field.kind in GROUPS or field.kind == "bank_card" else str(value)
