"""A canonical value in the words of a page: digits in groups, money with commas, dates as people say them."""

from datetime import date

from edge.domain.county import County
from edge.domain.form import Choice, Field, Item
from edge.domain.form_walk import as_asked, options
from edge.domain.identity import MASKS
from edge.domain.strokes import PAPER
from edge.domain.text import Text
from edge.domain.typed_number import decimal_words
from edge.ground.ids import JSON

GROUPS: dict[str, tuple[int, ...]] = {
    "id_number": (6, 8, 4), "disability_number": (6, 8, 4, 2), "mobile": (3, 4, 4), "credit_code": (8, 9, 1),
}
YES, NO, TICKED = Text("是", "Yes"), Text("不是", "No"), Text("同意", "Agreed")
DECLARED = Text("都是真的", "All true")
SIGNED, ON_PAPER = Text("已经签名", "Signed"), Text("在纸上签", "Signed on paper")


def grouped(kind: str, value: str) -> str:
    """Return digits in the groups of their kind: 6 8 4 for an ID number, fours for a bank card."""
    sizes = GROUPS.get(kind) or ((4,) * 5 if kind == "bank_card" else ())
    parts, at = [], 0
    for size in sizes:
        parts.append(value[at:at + size])
        at += size
    return " ".join(part for part in (*parts, value[at:]) if part)


def day_words(value: str, lang: str) -> str:
    """Return 2026-11-23 as 2026年11月23日 and 2026-11 as 2026年11月."""
    try:
        day = date.fromisoformat(value if len(value) > 7 else f"{value}-01")
    except ValueError:
        return value
    if len(value) == 7 and lang != "en":
        return f"{day.year}年{day.month}月"
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
        return yuan(value, lang)
    if field.kind == "decimal" and isinstance(value, int):
        return f"{decimal_words(value)} {unit}".strip()
    if field.kind == "integer":
        return f"{value} {unit}".strip()
    if field.kind in ("date", "month"):
        return day_words(str(value), lang)
    return None


def yuan(fen: int, lang: str) -> str:
    """Return 350000 as 3,500.00 元."""
    return f"{fen // 100:,}.{fen % 100:02d} {'yuan' if lang == 'en' else '元'}"


def rows_in_words(
    item: Item, group: Field, value: JSON, lang: str, county: County, masked: bool = False,
) -> list[tuple[str, str]]:
    """Return what each row of a group is called (its first answer) and its other answers in words."""
    asked = as_asked(group, item, county)
    found = []
    for row in value if isinstance(value, list) else []:
        given = row if isinstance(row, dict) else {}
        parts = [show(item, one, given.get(one.key), lang, county, masked) for one in asked.fields]
        found.append((parts[0] if parts else "", " · ".join(part for part in parts[1:] if part)))
    return found


def show(item: Item, field: Field, value: JSON, lang: str, county: County, masked: bool = False) -> str:
    """Return `value` of `field` in words, for a page, a slip or the console; "" for no answer.

    `masked` hides what identifies a person: 王*, 370304********1234, the door of an address.
    """
    if value is None:
        return ""
    if field.kind == "region" and isinstance(value, list) and len(value) == 2:
        return _region(value, lang, county, masked)
    if field.kind == "group":
        rows = rows_in_words(item, field, value, lang, county, masked)
        gap = "; " if lang == "en" else "；"
        return gap.join(f"{number}. {' · '.join(part for part in row if part)}" for number, row in enumerate(rows, 1))
    if field.kind == "signature":
        return (ON_PAPER if value == PAPER else SIGNED).in_(lang)
    if field.kind in ("choice", "choices"):
        chosen = value if isinstance(value, list) else [value]
        return ("、" if lang != "en" else ", ").join(_label(options(field, item, county), one, lang) for one in chosen)
    plain = _plain(field, value, lang)
    if plain is not None:
        return plain
    if masked and field.kind in MASKS:
        return MASKS[field.kind](str(value))
    return grouped(field.kind, str(value)) if field.kind in GROUPS or field.kind == "bank_card" else str(value)
