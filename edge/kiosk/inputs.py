"""How each kind of field is asked on a screen, and how the page's inputs become one raw answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from edge.domain.county import County
from edge.domain.form import Field
from edge.domain.identity import birth_date
from edge.ground.ids import JSON
from edge.kiosk import words
from edge.kiosk.guard import visit
from edge.kiosk.page import tr
from edge.kiosk.paging import Page, cut
from edge.kiosk.saying import _

KEYS = {
    "text": "pinyin",
    "long_text": "pinyin",
    "name": "pinyin",
    "id_number": "id",
    "credit_code": "code",
    "disability_number": "certificate",
    "mobile": "digits",
    "bank_card": "digits",
    "integer": "digits",
    "money": "money",
    "date": "digits",
}
"""Field kind → which keys stand below it."""

GROUPS = {"mobile": "3 4 4", "bank_card": "4 4 4 4 4", "credit_code": "8 9 1", "disability_number": "6 8 4 2"}
"""Field kind → the groups that the page puts digits into while they are typed."""

TICKS = ("declaration", "consent")
ONE_OF = ("choice", "yes_no")
SEGMENTS: dict[str, tuple[int, ...]] = {"id_number": (6, 8, 4), "date": (4, 2, 2)}
FULL_ROWS, PAGED_ROWS, LARGE_FULL_ROWS = 7, 6, 4
COMPACT_ROWS, LARGE_COMPACT_ROWS = 16, 8
REGION_PARTS = ("town", "village", "door")


@dataclass(frozen=True)
class Option:
    """One line to choose."""

    value: str
    label: str
    hint: str
    chosen: bool


@dataclass(frozen=True)
class Segment:
    """One part of a number that is written in parts."""

    name: str
    label: str
    value: str
    length: int


@dataclass(frozen=True)
class Asked:
    """A question ready to be drawn. `template` names the macro, `keys` the pad below."""

    key: str
    template: str
    keys: str = ""
    value: str = ""
    unit: str = ""
    longest: int = 100
    name: str = ""
    options: Page[Option] | None = None
    elsewhere: tuple[str, ...] = ()
    compact: bool = False
    segments: tuple[Segment, ...] = ()
    chosen_place: str = ""
    ticked: bool = False
    focus: str = ""
    groups: str = ""


def raw_answer(asked: Field, sent: MultiDict[str, str], part: Mapping[str, str]) -> Any:
    """Return what a page sent for one question, as the form engine reads it."""
    key = asked.key
    if asked.kind in SEGMENTS and key not in sent:
        parts = [sent.get(f"{key}.{number}", "") for number, _ in enumerate(SEGMENTS[asked.kind], 1)]
        if asked.kind == "date":
            return dict(zip(("year", "month", "day"), parts, strict=True))
        return "".join(parts)
    if asked.kind == "choices":
        return sent.getlist(key)
    if asked.kind == "region":
        return {"village": part.get(f"{key}.village", ""), "door": sent.get(key, "")}
    return sent.get(key, "")


def ask(asked: Field, raw: Any, county: County, part: Mapping[str, str], large: bool) -> Asked:
    """Return a question as it is drawn; `raw` is what stands in it: typed text, or the value given before."""
    if asked.kind == "region":
        return _ask_region(asked, raw, county, part, large)
    if asked.kind in TICKS:
        return Asked(asked.key, "tick", ticked=raw in (True, "yes"), focus=f"f-{asked.key}")
    if asked.kind in (*ONE_OF, "choices"):
        return _ask_choice(asked, raw, part, large)
    if asked.kind in SEGMENTS:
        return _ask_segments(asked, raw)
    unit = tr(asked.unit) or (_("元") if asked.kind == "money" else "")
    return Asked(
        asked.key,
        "area" if asked.kind == "long_text" else "line",
        KEYS[asked.kind],
        _as_text(asked, raw),
        unit,
        _longest(asked),
        asked.key,
        focus=f"f-{asked.key}",
        groups=GROUPS.get(asked.kind, ""),
    )


def _longest(asked: Field) -> int:
    spaced = {"mobile": 14, "bank_card": 24, "credit_code": 22, "disability_number": 30, "integer": 16, "money": 18}
    return spaced.get(asked.kind) or asked.most or 100


def _as_text(asked: Field, raw: Any) -> str:
    if raw is None or isinstance(raw, (dict, list)):
        return ""
    if asked.kind == "money" and isinstance(raw, int):
        return f"{raw // 100}.{raw % 100:02d}" if raw % 100 else str(raw // 100)
    return str(raw)


def _ask_segments(asked: Field, raw: Any) -> Asked:
    sizes = SEGMENTS[asked.kind]
    if isinstance(raw, dict):
        parts = [str(raw.get(name, "")) for name in ("year", "month", "day")]
    elif asked.kind == "date":
        parts = [*str(raw or "").split("-"), "", "", ""][:3]
    else:
        whole = "".join(str(raw or "").split())
        born_part = " ".join(piece for piece in (whole[6:10], whole[10:12], whole[12:14]) if piece)
        parts = [whole[:6], born_part, whole[14:]]
    born = birth_date("".join(parts).replace(" ", "")) if asked.kind == "id_number" else None
    middle = _("生日：%(date)s", date=words.full_day(born)) if born else _("中间 8 位")
    labels = (_("前 6 位"), middle, _("后 4 位")) if asked.kind == "id_number" else (_("年"), _("月"), _("日"))
    segments = tuple(
        Segment(f"{asked.key}.{number}", label, value, size)
        for number, (label, value, size) in enumerate(zip(labels, parts, sizes, strict=True), 1)
    )
    at = _open_segment(asked, parts)
    return Asked(
        asked.key, "segments", KEYS[asked.kind], segments=segments, name=asked.kind, focus=f"f-{asked.key}.{at}"
    )


def _open_segment(asked: Field, parts: list[str]) -> int:
    """Return the part that an error leads to: the first with room; of a full ID number the birthday or the end."""
    bare = ["".join(part.split()) for part in parts]
    for number, (part, size) in enumerate(zip(bare, SEGMENTS[asked.kind], strict=True), 1):
        if len(part) < size:
            return number
    if asked.kind == "id_number":
        return len(parts) if birth_date("".join(bare)) else 2
    return 1


def _choices(asked: Field) -> list[tuple[str, str, str]]:
    if asked.kind == "yes_no" and not asked.choices:
        return [("yes", _("是"), ""), ("no", _("不是"), "")]
    return [(one.value, tr(one.label), tr(one.hint)) for one in asked.choices]


def _ask_choice(asked: Field, raw: Any, part: Mapping[str, str], large: bool) -> Asked:
    if asked.kind == "yes_no":
        raw = {True: "yes", False: "no"}.get(raw, raw) if isinstance(raw, bool) else raw
    chosen = {str(one) for one in raw} if isinstance(raw, list) else {str(raw)} if raw is not None else set()
    return _paged(
        asked.key, asked.key, "many" if asked.kind == "choices" else "one", _choices(asked), chosen, part, large
    )


def _paged(
    key: str,
    name: str,
    template: str,
    lines: list[tuple[str, str, str]],
    chosen: set[str],
    part: Mapping[str, str],
    large: bool,
) -> Asked:
    compact = len(lines) > FULL_ROWS and not any(hint for _, _, hint in lines)
    size = _options_on_a_screen(len(lines), compact, large)
    options = [Option(value, label, hint, value in chosen) for value, label, hint in lines]
    page = cut(options, size, part.get(f"{name}.page", "1"))
    shown = {option.value for option in page.rows}
    elsewhere = tuple(option.value for option in options if option.chosen and option.value not in shown)
    return Asked(key, template, name=name, options=page, elsewhere=elsewhere, compact=compact, focus=f"f-{name}")


def _options_on_a_screen(count: int, compact: bool, large: bool) -> int:
    if compact:
        return LARGE_COMPACT_ROWS if large else COMPACT_ROWS
    if large:
        return LARGE_FULL_ROWS
    return FULL_ROWS if count <= FULL_ROWS else PAGED_ROWS


def _ask_region(asked: Field, raw: Any, county: County, part: Mapping[str, str], large: bool) -> Asked:
    key, step = asked.key, region_part(asked.key, part)
    if step == "town":
        lines = [(town.code, tr(town.name), "") for town in county.towns]
        return _paged(key, f"{key}.town", "one", lines, {part.get(f"{key}.town", "")}, part, large)
    if step == "village":
        villages = next((town.villages for town in county.towns if town.code == part.get(f"{key}.town")), ())
        lines = [(village.code, tr(village.name), "") for village in villages]
        return _paged(key, f"{key}.village", "one", lines, {part.get(f"{key}.village", "")}, part, large)
    found = county.village(part.get(f"{key}.village", ""))
    gap = ", " if visit().lang == "en" else ""
    place = gap.join(tr(one.name) for one in (found[::-1] if gap else found)) if found else ""
    door = raw.get("door", "") if isinstance(raw, dict) else raw[1] if isinstance(raw, list) and len(raw) == 2 else ""
    return Asked(key, "line", "pinyin", str(door), longest=60, name=key, chosen_place=place, focus=f"f-{key}")


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
