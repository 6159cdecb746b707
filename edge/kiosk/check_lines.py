"""The lines of the check page: each answer, each row of a group, each computed value, cut into screens by weight."""

from collections.abc import Sequence
from typing import NamedTuple

from edge.domain.answers import check
from edge.domain.answers import show as in_words
from edge.domain.form import Field
from edge.domain.reckoned import reckoned
from edge.domain.wording import rows_in_words
from edge.kiosk.choosing import width
from edge.kiosk.form import Form
from edge.kiosk.guard import visit
from edge.kiosk.page import tr
from edge.kiosk.paging import Page, cut
from edge.kiosk.saying import _
from edge.kiosk.site_here import site, today

NUMBERS = frozenset({"id_number", "disability_number", "bank_card", "mobile", "credit_code"})
COLUMNS, LARGE_COLUMNS = (18, 30), (12, 22)
"""How wide label and value are before they take another line; a Chinese character counts two."""
FREE_LINES = 2
"""So many lines are no higher than the button beside them."""


class Line(NamedTuple):
    """One answer; `key` is what its 改 leads to, "" where there is none; `how` says how a value was computed."""

    key: str
    label: str
    value: str
    how: str = ""


def lines(current: Form) -> list[Line]:
    """Return all lines of the form in order."""
    found: list[Line] = []
    for field in current.questions():
        found += _rows(current, field) if field.kind == "group" else [_one(current, field)]
    return found + _computed(current)


def _one(current: Form, field: Field) -> Line:
    draft = current.draft
    value = draft.given.get(field.key)
    cover = draft.hidden and field.kind in NUMBERS
    words = (masked(field.kind, str(value)) if cover else "") or in_words(
        current.item, field, value, visit().lang, site().catalogue().county, masked=cover)
    return _with_photos(current, field.key, tr(field.label), words or _("没写"))


def _rows(current: Form, field: Field) -> list[Line]:
    value, county = current.draft.given.get(field.key), site().catalogue().county
    told = rows_in_words(current.item, field, value, visit().lang, county, masked=current.draft.hidden)
    name = tr(field.row) or tr(field.label)
    return [Line(field.key, f"{name} {number}", " · ".join(part for part in row if part))
            for number, row in enumerate(told, 1)] or [Line(field.key, tr(field.label), _("没有"))]


def _computed(current: Form) -> list[Line]:
    if current.only_asked:
        return []
    county, lang = site().catalogue().county, visit().lang
    checked = check(current.item, dict(current.draft.given), county, today())
    return [Line("", tr(one.label), one.value, one.how)
            for one in reckoned(current.item, checked.answers, checked.computed, lang, county)]


def _with_photos(current: Form, key: str, label: str, words: str) -> Line:
    """Return the line of an answer; that of a photographed paper leads to its photos."""
    pages = len(current.draft.photos.get(key, []))
    if current.material(key) is None:
        return Line(key, label, words)
    if not pages:
        return Line(f"{key}/photo", label, _("带来了，没有照片"))
    return Line(f"{key}/photo", label, _("%(pages)d 页照片", pages=pages) if pages > 1 else _("1 页照片"))


def masked(kind: str, value: str) -> str:
    """Return a number as others at the machine may see it, "" for kinds that the catalogue's own words cover."""
    if kind == "id_number" and len(value) == 18:
        return f"{value[:6]} {value[6:10]} •••• {value[14:]}"
    if kind == "disability_number" and len(value) >= 20:
        return f"{value[:6]} {value[6:10]} •••• {value[14:18]} {value[18:]}"
    if kind == "bank_card" and len(value) > 4:
        return _("尾号 %(tail)s", tail=value[-4:])
    return ""


def weight(line: Line, large: bool) -> int:
    """Return how many places of a screen a line takes: one, and more where its words need more lines."""
    label, value = LARGE_COLUMNS if large else COLUMNS
    rows = max(-(-width(line.label) // label), -(-width(line.value) // value) + (-(-width(line.how) // value)))
    return 1 + max(0, -(-(rows - FREE_LINES) // 2))


def screens(found: Sequence[Line], size: tuple[int, int], wanted: str, large: bool) -> Page[Line]:
    """Return the wanted screen; the last one holds fewer answers, for the consent stands below them.

    Args:
        size: how many places a screen has, and the last one.
    """
    full, last = size
    weights = [weight(line, large) for line in found]
    starts = _starts(weights, full, last)
    for room in range(1, full):   # as few screens as can be, and then as even as can be
        if len(even := _starts(weights, room, min(last, room))) == len(starts):
            starts = even
            break
    stops = [*starts[1:], len(found)]
    count = len(starts)
    number = count if wanted == "last" else cut(range(count), 1, wanted).number
    return Page(found[starts[number - 1]:stops[number - 1]], number, count)


def _starts(weights: Sequence[int], full: int, last: int) -> list[int]:
    """Return where each screen begins, filled from the end."""
    starts, room = [0], last
    for at in range(len(weights) - 1, -1, -1):
        room -= weights[at]
        if room < 0 and at + 1 < len(weights):
            starts.insert(1, at + 1)
            room = full - weights[at]
    return starts
