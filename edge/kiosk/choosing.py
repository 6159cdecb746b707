"""Lists to choose from: a screenful at a time, and narrowed by what was written where they are long."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from edge.domain.county import County
from edge.domain.form import Field
from edge.domain.form_walk import town_question
from edge.ground.ids import JSON
from edge.kiosk.asked import Asked, Option
from edge.kiosk.finding import LONG, LONGEST, Line, narrowed
from edge.kiosk.guard import visit
from edge.kiosk.page import tr
from edge.kiosk.paging import cut
from edge.kiosk.saying import _

FULL_ROWS, PAGED_ROWS, LARGE_FULL_ROWS = 7, 6, 4
COMPACT_ROWS, LARGE_COMPACT_ROWS = 16, 8
LONG_FULL_ROWS, LONG_COMPACT_ROWS, LARGE_LONG_FULL_ROWS, LARGE_LONG_COMPACT_ROWS = 5, 12, 3, 6
"""A long list leaves room for the box to write in."""
SHORT_LABEL = 18
"""Labels up to this width (a Chinese character counts two) stand in columns."""
REGION_PARTS = ("town", "village", "door")


def width(words: str) -> int:
    """Return how much room words take: a Chinese character counts two, a Latin letter one."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in words)


def ask_choice(asked: Field, raw: Any, part: Mapping[str, str], large: bool) -> Asked:
    """Return a choice, a list of choices or a yes and no as they are drawn."""
    if asked.kind == "yes_no":
        raw = {True: "yes", False: "no"}.get(raw, raw) if isinstance(raw, bool) else raw
    chosen = {str(one) for one in raw} if isinstance(raw, list) else {str(raw)} if raw is not None else set()
    template = "many" if asked.kind == "choices" else "one"
    return _paged(asked.key, asked.key, template, _choices(asked), chosen, part, large)


def ask_region(asked: Field, raw: Any, county: County, part: Mapping[str, str], large: bool) -> Asked:
    """Return the step of an address that is asked now: town, village or door."""
    key, step = asked.key, region_part(asked.key, part)
    if step == "town":
        lines = [(town.code, tr(town.name), "") for town in county.towns]
        drawn = _paged(key, f"{key}.town", "one", lines, {part.get(f"{key}.town", "")}, part, large)
        named = town_question(asked.question)
        heading, lead = (tr(named), "") if named else (_("哪个乡镇（街道）？"), tr(asked.question))
        return replace(drawn, heading=heading, lead=lead)
    if step == "village":
        villages = next((town.villages for town in county.towns if town.code == part.get(f"{key}.town")), ())
        lines = [(village.code, tr(village.name), "") for village in villages]
        drawn = _paged(key, f"{key}.village", "one", lines, {part.get(f"{key}.village", "")}, part, large)
        return replace(drawn, heading="" if town_question(asked.question) else _("哪个村（居）？"))
    found = county.village(part.get(f"{key}.village", ""))
    gap = ", " if visit().lang == "en" else ""
    place = gap.join(tr(one.name) for one in (found[::-1] if gap else found)) if found else ""
    door = raw.get("door", "") if isinstance(raw, dict) else raw[1] if isinstance(raw, list) and len(raw) == 2 else ""
    return Asked(key, "line", "pinyin", str(door), longest=60, name=key, chosen_place=place, focus=f"f-{key}",
                 heading=_("门牌号怎么写？"))


def region_part(key: str, part: Mapping[str, str]) -> str:
    """Return which of town, village and door is asked now."""
    return part.get(f"{key}.step", "town")


def recall_region(key: str, value: JSON, county: County, part: dict[str, str]) -> None:
    """Put town and village of a value given before back into place, so that going back shows what was chosen."""
    if f"{key}.step" in part or not (isinstance(value, list) and len(value) == 2):
        return
    found = county.village(str(value[0]))
    if found:
        part.update({f"{key}.town": found[0].code, f"{key}.village": found[1].code, f"{key}.step": "door"})


def list_name(asked: Field, part: Mapping[str, str]) -> str:
    """Return the name of the list on the screen; "" where nothing is chosen from a list."""
    if asked.kind == "region":
        step = region_part(asked.key, part)
        return "" if step == "door" else f"{asked.key}.{step}"
    return asked.key if asked.kind in ("choice", "choices") else ""


def _choices(asked: Field) -> list[Line]:
    if asked.kind == "yes_no" and not asked.choices:
        return [("yes", _("是"), ""), ("no", _("不是"), "")]
    return [(one.value, tr(one.label), tr(one.hint)) for one in asked.choices]


def _paged(
    key: str, name: str, template: str, lines: list[Line], chosen: set[str], part: Mapping[str, str], large: bool
) -> Asked:
    long, typed = len(lines) > LONG, part.get(f"{name}.find", "")
    if long and part.get(f"{name}.finding"):
        field = f"{name}.find"
        return Asked(key, "find", "pinyin", typed, longest=LONGEST, name=field, focus=f"f-{key}")
    short = all(width(label) <= SHORT_LABEL for _, label, _ in lines)
    compact = len(lines) > FULL_ROWS and short and not any(hint for _, _, hint in lines)
    shown = narrowed(lines, typed) if long else lines
    page = cut([Option(value, label, hint, value in chosen) for value, label, hint in shown],
               _options_on_a_screen(len(lines), compact, large), part.get(f"{name}.page", "1"))
    seen = {option.value for option in page.rows}
    elsewhere = tuple(value for value, _, _ in lines if value in chosen and value not in seen)
    return Asked(key, template, name=name, options=page, elsewhere=elsewhere, compact=compact, focus=f"f-{name}",
                 find=long, found=typed if long else "")


def _options_on_a_screen(count: int, compact: bool, large: bool) -> int:
    if count > LONG:
        rows = (LONG_COMPACT_ROWS, LARGE_LONG_COMPACT_ROWS) if compact else (LONG_FULL_ROWS, LARGE_LONG_FULL_ROWS)
        return rows[large]
    if compact:
        return LARGE_COMPACT_ROWS if large else COMPACT_ROWS
    if large:
        return LARGE_FULL_ROWS
    return FULL_ROWS if count <= FULL_ROWS else PAGED_ROWS
