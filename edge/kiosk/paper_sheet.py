"""A form on paper, generated from the item's definition: what is asked, boxes for numbers, options to tick.

Chinese only: paper is filled with a pen at the counter, and read by staff who type it in.
"""

from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from edge.desk.site import Site
from edge.domain.county import County
from edge.domain.form import Field, Item
from edge.domain.form_walk import form_fields, options
from edge.domain.receipt import group
from edge.domain.wording import GROUPS
from edge.kiosk.receipt import qr_svg

BOXES: dict[str, tuple[int, ...]] = {**GROUPS, "bank_card": (4, 4, 4, 4, 3)}
"""Field kind → groups of boxes, one for each letter."""
PARTS = {"date": ("年", "月", "日"), "month": ("年", "月")}
ROWS_OF_A_GROUP = 4
MOST_OPTIONS = 12


@dataclass(frozen=True)
class Ask:
    """One question on paper. `shape`: boxes, parts, ticks, tick, rows, lines or line."""

    number: int
    label: str
    hint: str
    shape: str
    boxes: tuple[int, ...] = ()
    words: tuple[str, ...] = ()      # options, parts of a date, columns of a table
    unit: str = ""
    sometimes: bool = False          # asked only for some answers: who it does not concern leaves it empty


@dataclass(frozen=True)
class Sheet:
    """One paper with its number."""

    code: str
    qr: Markup


def asks(item: Item, county: County) -> list[Ask]:
    """Return the questions of an item as they stand on paper, in the form's order."""
    shown = [field for field in form_fields(item) if field.kind != "signature"]
    return [_ask(number, field, item, county) for number, field in enumerate(shown, 1)]


def _ask(number: int, field: Field, item: Item, county: County) -> Ask:
    hint = field.hint.zh if field.hint else ""
    unit = field.unit.zh if field.unit else "元" if field.kind == "money" else ""
    sometimes = bool(field.when) or field.optional
    if field.kind in BOXES:
        return Ask(number, field.label.zh, hint, "boxes", boxes=BOXES[field.kind], sometimes=sometimes)
    if field.kind in PARTS:
        return Ask(number, field.label.zh, hint, "parts", words=PARTS[field.kind], sometimes=sometimes)
    if field.kind in ("choice", "choices", "yes_no"):
        words = tuple(one.label.zh for one in options(field, item, county)) or ("是", "不是")
        if len(words) <= MOST_OPTIONS:
            return Ask(number, field.label.zh, hint, "ticks", words=words, sometimes=sometimes)
    if field.kind in ("declaration", "consent"):
        return Ask(number, field.question.zh, "", "tick")
    if field.kind == "group":
        columns = tuple(one.label.zh for one in field.fields)
        return Ask(number, field.label.zh, hint, "rows", words=columns, sometimes=sometimes)
    shape = "lines" if field.kind in ("long_text", "region") else "line"
    return Ask(number, field.label.zh, hint, shape, unit=unit, sometimes=sometimes)


def draw(site: Site, item: Item, codes: list[str]) -> str:
    """Return the papers of one item, a sheet each, as HTML without its frame."""
    catalogue = site.catalogue()
    department = catalogue.departments[item.department]
    return render_template(
        "kiosk/_papers.html",
        item=item,
        department=department,
        place=site.identity.site,
        county=catalogue.county,
        asks=asks(item, catalogue.county),
        rows=range(ROWS_OF_A_GROUP),
        sheets=[Sheet(group(code), qr_svg(code)) for code in codes],
    )


def whole_page(site: Site, item: Item, codes: list[str], style: str) -> str:
    """Return the papers as a file for any browser, its `style` inside."""
    return render_template(
        "kiosk/papers_file.html", item=item, papers=Markup(draw(site, item, codes)), style=Markup(style)  # nosec B704 - our own template and style
    )
