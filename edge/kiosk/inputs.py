"""How each kind of field is asked on a screen, and how the page's inputs become one raw answer."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from edge.domain.county import County
from edge.domain.form import Field
from edge.domain.identity import birth_date
from edge.domain.strokes import PAPER, read_strokes
from edge.domain.typed_number import decimal_words
from edge.domain.values import MOST_RAW_INK
from edge.domain.wording import GROUPS as GROUPED
from edge.kiosk import words
from edge.kiosk.asked import Asked, Segment
from edge.kiosk.choosing import ask_choice, ask_region
from edge.kiosk.page import tr
from edge.kiosk.saying import _
from edge.kiosk.stepping import DAY_PARTS

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
    "decimal": "money",
    "date": "digits",
    "month": "digits",
}
"""Field kind → which keys stand below it."""

GROUPS = {"bank_card": "4 4 4 4 4",
          **{kind: " ".join(map(str, GROUPED[kind])) for kind in ("mobile", "credit_code", "disability_number")}}
"""Field kind → the groups that the page puts digits into while they are typed."""

TICKS = ("declaration", "consent")
CHOSEN = ("choice", "choices", "yes_no")
SEGMENTS: dict[str, tuple[int, ...]] = {"id_number": GROUPED["id_number"], "date": (4, 2, 2), "month": (4, 2)}


def raw_answer(asked: Field, sent: MultiDict[str, str], part: Mapping[str, str]) -> Any:
    """Return what a page sent for one question, as the form engine reads it."""
    key = asked.key
    if asked.kind in SEGMENTS and key not in sent:
        parts = [sent.get(f"{key}.{number}", "") for number, _size in enumerate(SEGMENTS[asked.kind], 1)]
        if asked.kind == "id_number":
            return "".join(parts)
        return dict(zip(DAY_PARTS, parts, strict=False))
    if asked.kind == "choices":
        return sent.getlist(key)
    if asked.kind == "region":
        return {"village": part.get(f"{key}.village", ""), "door": sent.get(key, "")}
    return sent.get(key, "")


def ask(asked: Field, raw: Any, county: County, part: Mapping[str, str], large: bool) -> Asked:
    """Return a question as it is drawn; `raw` is what stands in it: typed text, or the value given before."""
    if asked.kind == "region":
        return ask_region(asked, raw, county, part, large)
    if asked.kind in TICKS:
        return Asked(asked.key, "tick", ticked=raw in (True, "yes"), focus=f"f-{asked.key}", name=asked.kind)
    if asked.kind in CHOSEN:
        return ask_choice(asked, raw, part, large)
    if asked.kind == "signature":
        return _ask_signature(asked, raw)
    if asked.kind in SEGMENTS:
        return _ask_segments(asked, raw)
    unit = tr(asked.unit) or (_("元") if asked.kind == "money" else "")
    again = f"{asked.key}.first" in part
    return Asked(
        asked.key,
        "area" if asked.kind == "long_text" else "line",
        KEYS[asked.kind],
        "" if again else _as_text(asked, raw),
        unit,
        _longest(asked),
        asked.key,
        focus=f"f-{asked.key}",
        groups=GROUPS.get(asked.kind, ""),
        again=again,
    )


def _longest(asked: Field) -> int:
    spaced = {"mobile": 14, "bank_card": 24, "credit_code": 22, "disability_number": 30, "integer": 16, "money": 18,
              "decimal": 18}
    return spaced.get(asked.kind) or asked.most or 100


def _as_text(asked: Field, raw: Any) -> str:
    if raw is None or isinstance(raw, (dict, list)):
        return ""
    if asked.kind == "money" and isinstance(raw, int):
        return f"{raw // 100}.{raw % 100:02d}" if raw % 100 else str(raw // 100)
    if asked.kind == "decimal" and isinstance(raw, int):
        return decimal_words(raw).replace(",", "")
    return str(raw)


def _ask_signature(asked: Field, raw: Any) -> Asked:
    value = raw if isinstance(raw, str) else ""
    kept, _fault = read_strokes(value)
    ink = tuple(kept.split(";")) if kept and kept != PAPER else ()
    return Asked(asked.key, "sign", value=value if ink else "", name=asked.key, focus=f"f-{asked.key}", ink=ink,
                 on_paper=value == PAPER, longest=MOST_RAW_INK)


def _ask_segments(asked: Field, raw: Any) -> Asked:
    sizes = SEGMENTS[asked.kind]
    if isinstance(raw, dict):
        parts = [str(raw.get(name, "")) for name in DAY_PARTS[:len(sizes)]]
    elif asked.kind != "id_number":
        parts = [*str(raw or "").split("-"), "", "", ""][:len(sizes)]
    else:
        whole = "".join(str(raw or "").split())
        born_part = " ".join(piece for piece in (whole[6:10], whole[10:12], whole[12:14]) if piece)
        parts = [whole[:6], born_part, whole[14:]]
    born = birth_date("".join(parts).replace(" ", "")) if asked.kind == "id_number" else None
    middle = _("生日：%(date)s", date=words.full_day(born)) if born else _("中间 8 位")
    labels = (_("前 6 位"), middle, _("后 4 位")) if asked.kind == "id_number" else (_("年"), _("月"), _("日"))
    segments = tuple(
        Segment(f"{asked.key}.{number}", label, value, size)
        for number, (label, value, size) in enumerate(zip(labels, parts, sizes, strict=False), 1)
    )
    at = _open_segment(asked, parts)
    return Asked(asked.key, "segments", KEYS[asked.kind], segments=segments, name=asked.kind,
                 focus=f"f-{asked.key}.{at}", steps=asked.kind != "id_number")


def _open_segment(asked: Field, parts: list[str]) -> int:
    """Return the part that an error leads to: the first with room; of a full ID number the birthday or the end."""
    bare = ["".join(part.split()) for part in parts]
    for number, (part, size) in enumerate(zip(bare, SEGMENTS[asked.kind], strict=True), 1):
        if len(part) < size:
            return number
    if asked.kind == "id_number":
        return len(parts) if birth_date("".join(bare)) else 2
    return 1
