"""Groups: a card for each person or thing, its few questions one a screen. A row counts when its last is answered."""

import re
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from edge.domain.answers import row_steps
from edge.domain.form import Field
from edge.domain.form_walk import MOST_ROWS, Step
from edge.domain.strokes import PAPER
from edge.domain.wording import rows_in_words
from edge.ground.ids import JSON
from edge.kiosk.card_place import CardPlace, beside_card
from edge.kiosk.comfort import turned
from edge.kiosk.form import Form, form
from edge.kiosk.guard import visit
from edge.kiosk.inputs import ask, raw_answer
from edge.kiosk.listed import finding
from edge.kiosk.page import render, tr
from edge.kiosk.paging import cut
from edge.kiosk.progress import Progress, progress, undecided
from edge.kiosk.site_here import site, today
from edge.kiosk.stepping import STEPS, stepped
from edge.kiosk.visit import Draft, Row

bp = Blueprint("rows", __name__, url_prefix="/rows")
CARDS, LARGE_CARDS = 3, 2


@dataclass(frozen=True)
class Card:
    """One row as a card: its number, its name, the rest in words; `dropping` asks once more before it goes."""

    number: int
    name: str
    words: str
    dropping: bool


def kept(draft: Draft, key: str) -> list[Any]:
    """Return the rows written so far, whether or not all of them together will do."""
    found = draft.raw.get(key, draft.given.get(key))
    return list(found) if isinstance(found, list) else []


def cards(current: Form, asked: Field, place: int, reason: str) -> Response:
    """Show the rows as cards."""
    draft, key = current.draft, asked.key
    rows = kept(draft, key)
    told = rows_in_words(current.item, asked, rows, visit().lang, site().catalogue().county)
    drop = draft.part.get(f"{key}.drop", "")
    drawn = [Card(number, name, words, drop == str(number)) for number, (name, words) in enumerate(told, 1)]
    return render(
        "rows.html",
        item=current.item,
        field=asked,
        page=cut(drawn, LARGE_CARDS if visit().large else CARDS, draft.part.get(f"{key}.page", "99")),
        row=tr(asked.row) or tr(asked.label),
        total=len(rows),
        enough=len(rows) >= (asked.least or (0 if asked.optional else 1)),
        more=len(rows) < (asked.most or MOST_ROWS),
        error=draft.errors.get(key),
        reason=reason,
        progress=progress(current, key),
        first=place == 0,
    )


def act(current: Form, asked: Field, go: str) -> str:
    """Do what a button of the cards asks for, and return where it leads."""
    draft, key = current.draft, asked.key
    rows = kept(draft, key)
    here = url_for("fill.show", key=key)
    verb, number = _pressed(go)
    if verb != "drop":
        draft.part.pop(f"{key}.drop", None)
    if verb == "add" and len(rows) < (asked.most or MOST_ROWS):
        draft.row = Row(key, len(rows) + 1)
    elif verb == "edit" and 1 <= number <= len(rows):
        draft.row = Row(key, number, dict(rows[number - 1]), again=True)
    elif verb == "drop" and 1 <= number <= len(rows):
        _drop(draft, asked, rows, number)
        return here
    else:
        if verb == "page":
            draft.part[f"{key}.page"] = str(number)
        turned(go)
        return here
    return url_for("rows.resume")


def _pressed(go: str) -> tuple[str, int]:
    """Return which button of the cards was pressed, and of which card; 0 where it names none."""
    found = re.fullmatch("([a-z]+)([0-9]{1,4})", go)
    return (found[1], int(found[2])) if found else (go, 0)


def _drop(draft: Draft, asked: Field, rows: list[Any], number: int) -> None:
    """Take a row out at the second touch; the first only asks."""
    mark = f"{asked.key}.drop"
    if draft.part.get(mark) != str(number):
        draft.part[mark] = str(number)
        return
    draft.part.pop(mark)
    _keep(draft, asked.key, [*rows[:number - 1], *rows[number:]])


def _keep(draft: Draft, key: str, rows: list[Any]) -> None:
    draft.given.pop(key, None)
    draft.errors.pop(key, None)
    draft.raw[key] = rows


@bp.get("")
def resume() -> Response:
    """Go to the first question of the row that is open; when all are answered, the row is a card."""
    current, group, row = _here()
    if group is None or row is None:
        return redirect(url_for("fill.resume"), 303)
    steps = _steps(current, group, row)
    for step in steps:
        if not _answered(step, row) or (row.again and step.field.key not in row.seen):
            return redirect(url_for(".show", key=step.field.key), 303)
    rows = kept(current.draft, group.key)
    done = {step.field.key: row.given[step.field.key] for step in steps if step.field.key in row.given}
    rows[row.number - 1:row.number] = [done]
    _keep(current.draft, group.key, rows)
    current.draft.part.pop(f"{group.key}.page", None)
    current.draft.row = None
    return redirect(url_for("fill.show", key=group.key), 303)


@bp.get("/<key>")
def show(key: str) -> Response:
    """Ask one question of a row."""
    current, group, row = _here()
    place, step = _find(current, group, row, key)
    if group is None or row is None or step is None:
        return redirect(url_for("fill.resume"), 303)
    county, steps = site().catalogue().county, _steps(current, group, row)
    unanswered = {one.field.key for one in steps if not _answered(one, row)}
    drawn = ask(step.field, row.raw.get(key, row.given.get(key)), county, row.part, visit().large)
    return render(
        "question.html",
        item=current.item,
        field=step.field,
        asked=beside_card(drawn, current.item, step.field, "rows"),
        action=url_for(".answer", key=key),
        row=(tr(group.row) or tr(group.label), row.number),
        error=row.errors.get(key),
        reason="",
        progress=Progress(place + 1, len(steps), undecided(group.fields, unanswered)),
        first=place == 0,
    )


@bp.post("/<key>")
def answer(key: str) -> Response:
    """Keep one answer of a row."""
    current, group, row = _here()
    place, step = _find(current, group, row, key)
    if group is None or row is None or step is None:
        return redirect(url_for("fill.resume"), 303)
    go, here = request.form.get("go", "next"), url_for(".show", key=key)
    if finding(step.field, row, go):
        return redirect(here, 303)
    raw: Any = raw_answer(step.field, request.form, row.part)
    if go == "paper" and step.field.kind == "signature":
        raw, go = PAPER, "next"
    row.errors.pop(key, None)
    if go in STEPS and step.field.kind in ("date", "month") and isinstance(raw, dict):
        row.raw[key] = stepped(step.field, raw, go, site().catalogue().county, today())
        return redirect(here, 303)
    read = _read(current, group, row, key, raw)
    if go != "next":
        return redirect(_aside(current, group, row, place, go) or here, 303)
    row.seen.add(key)
    if read.error is not None:
        row.errors[key] = read.error
        return redirect(here, 303)
    row.part.pop(f"{key}.page", None)
    row.part.pop(f"{key}.find", None)
    return redirect(url_for(".resume"), 303)


def _aside(current: Form, group: Field, row: Row, place: int, go: str) -> str:
    """Return where a button beside 下一题 leads; "" for the same page."""
    if go == "back":
        steps = _steps(current, group, row)
        return url_for(".show", key=steps[place - 1].field.key) if place else url_for("fill.show", key=group.key)
    if go.startswith("page"):
        row.part[f"{_steps(current, group, row)[place].field.key}.page"] = go[4:]
    turned(go)
    return ""


def _read(current: Form, group: Field, row: Row, key: str, raw: Any) -> Step:
    """Read an answer into the row."""
    step = next(one for one in _steps(current, group, row, {key: raw}) if one.field.key == key)
    row.given.pop(key, None)
    row.raw.pop(key, None)
    if step.error is not None:
        row.raw[key] = raw
    elif step.value is not None:
        row.given[key] = step.value
    return step


def card_place(key: str) -> CardPlace | None:
    """Return where a card read for this question of the open row goes; None when it is not shown."""
    current, group, row = _here()
    place, step = _find(current, group, row, key)
    if group is None or row is None or step is None:
        return None
    shown = [one.field for one in _steps(current, group, row)]
    return CardPlace(step.field, place, shown, row.part, partial(_write, row))


def _write(row: Row, asked: Field, raw: str) -> None:
    """Put it there unread: a row asks only what has no answer, and the person shall see both before they count."""
    if row.given.get(asked.key) == raw:
        return
    row.given.pop(asked.key, None)
    row.errors.pop(asked.key, None)
    row.raw[asked.key] = raw


def _here() -> tuple[Form, Field | None, Row | None]:
    current = form()
    row = current.draft.row
    group = next((one for one in current.questions() if row is not None and one.key == row.group), None)
    return current, group, row if group is not None else None


def _steps(current: Form, group: Field, row: Row, more: dict[str, JSON] | None = None) -> list[Step]:
    given = {} if current.only_asked else current.draft.given
    return row_steps(current.item, group, {**row.given, **(more or {})}, given, site().catalogue().county, today())


def _answered(step: Step, row: Row) -> bool:
    return step.field.key in row.given or (step.field.optional and step.field.key in row.seen)


def _find(current: Form, group: Field | None, row: Row | None, key: str) -> tuple[int, Step | None]:
    """Return the question of the row and its place, if it is shown and all before it are answered."""
    if group is None or row is None:
        return 0, None
    for place, step in enumerate(_steps(current, group, row)):
        if step.field.key == key:
            return place, step
        if not _answered(step, row):
            break
    return 0, None
