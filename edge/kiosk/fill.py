"""One question a screen: answer, go on, go back, keep everything."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from edge.domain.form import Field
from edge.domain.form_walk import BROUGHT
from edge.domain.strokes import PAPER
from edge.ground.ids import JSON
from edge.kiosk import rows
from edge.kiosk.card_place import beside_card
from edge.kiosk.choosing import REGION_PARTS, recall_region, region_part
from edge.kiosk.comfort import turned
from edge.kiosk.elsewhere import elsewhere
from edge.kiosk.form import Form, form
from edge.kiosk.guard import visit
from edge.kiosk.inputs import ask, raw_answer
from edge.kiosk.listed import finding
from edge.kiosk.page import render
from edge.kiosk.progress import progress
from edge.kiosk.site_here import site, today
from edge.kiosk.stepping import STEPS, stepped
from edge.kiosk.visit import Draft

bp = Blueprint("fill", __name__, url_prefix="/fill")


@bp.before_request
def handed_in() -> Response | None:
    """Lead to the receipt once the form is handed in: what was answered cannot be changed any more."""
    draft = visit().draft
    return redirect(url_for("receipt.show"), 303) if draft is not None and draft.lodged is not None else None


@bp.get("")
def resume() -> Response:
    """Go to the first question without an answer, or to the check page."""
    return redirect(onward(form(), None), 303)


@bp.get("/stop")
def stop() -> Response:
    """Say why this cannot be applied for (now), with the way back to the answer."""
    current = form()
    reasons = current.stops()
    if not reasons:
        return redirect(url_for(".resume"), 303)
    answered = [field.key for field in current.questions() if field.key in current.draft.given]
    department = site().catalogue().departments[current.item.department]
    return render(
        "stop.html", item=current.item, reasons=reasons, back=answered[-1] if answered else "", department=department,
        instead=[(item, elsewhere(item.code)) for item in current.instead()[:1]],
    )


@bp.get("/<key>")
def show(key: str) -> Response:
    """Ask one question; one that is not reached yet, or not shown, leads to the first open one."""
    current = form()
    asked, place = find(current, key)
    first = current.first_open()
    shown = current.questions()
    if asked is None or (first is not None and place > shown.index(first)):
        return redirect(url_for(".resume"), 303)
    draft, county = current.draft, site().catalogue().county
    value = draft.raw.get(key, draft.given.get(key))
    if current.counted:
        visit().meter.show(key, site().clock.monotonic())
    if asked.kind == "group":
        return rows.cards(current, asked, place, asked_because(current, key))
    if asked.kind == "region":
        recall_region(key, draft.given.get(key), county, draft.part)
    drawn = beside_card(ask(asked, value, county, draft.part, visit().large), current.item, asked, "fill")
    return render(
        "question.html",
        item=current.item,
        field=asked,
        asked=drawn,
        action=url_for(".answer", key=key),
        error=draft.errors.get(key),
        reason=asked_because(current, key),
        progress=progress(current, key),
        first=place == 0 and drawn.name in (key, f"{key}.town", ""),
    )


@bp.post("/<key>")
def answer(key: str) -> Response:
    """Keep the answer and go where the pressed button leads."""
    current = form()
    draft = current.draft
    asked, place = find(current, key)
    draft.missed = False
    if asked is None:
        return redirect(url_for(".resume"), 303)
    go = request.form.get("go", "next")
    if asked.kind == "group" and go not in ("next", "back"):
        return redirect(rows.act(current, asked, go), 303)
    if finding(asked, draft, go):
        return redirect(url_for(".show", key=key), 303)
    if region_part(key, draft.part) in ("town", "village") and asked.kind == "region":
        return _choose_place(current, asked, region_part(key, draft.part), go)
    raw = rows.kept(draft, key) if asked.kind == "group" else raw_answer(asked, request.form, draft.part)
    if go == "paper" and asked.kind == "signature":
        raw, go = PAPER, "next"
    draft.errors.pop(key, None)
    if go in STEPS and asked.kind in ("date", "month") and isinstance(raw, dict):
        draft.raw[key] = stepped(asked, raw, go, site().catalogue().county, today())
        return redirect(url_for(".show", key=key), 303)
    if go != "next":
        _keep_unread(current, asked, raw)
        return _aside(current, asked, place, go)
    for step in ("page", "find"):
        draft.part.pop(f"{key}.{step}", None)
    if asked.twice and _typed_once(current, asked, raw):
        return redirect(url_for(".show", key=key), 303)
    if not _take(current, asked, raw if not asked.twice else _both(draft, key, raw)):
        return redirect(url_for(".show", key=key), 303)
    if current.stops():
        return redirect(url_for(".stop"), 303)
    return redirect(onward(current, place), 303)


def find(current: Form, key: str) -> tuple[Field | None, int]:
    """Return the shown question of this key and its place, from 0; (None, 0) when it is not shown."""
    for place, field in enumerate(current.questions()):
        if field.key == key:
            return field, place
    return None, 0


def asked_because(current: Form, key: str) -> str:
    """Return why the county asks this again; empty where nothing is corrected."""
    tracked = visit().tracked
    if not current.draft.correcting or tracked is None:
        return ""
    return next((ask.reason for ask in tracked.asks if ask.field == key), "")


def _typed_once(current: Form, asked: Field, raw: Any) -> bool:
    """Keep a number that was typed for the first time; False when this was the second, or a card reader typed it."""
    draft, first = current.draft, f"{asked.key}.first"
    if first in draft.part or request.form.get(f"{asked.key}.read") == "yes":
        return False
    value, error = current.read(asked, raw)
    if error is not None or value is None or value == draft.given.get(asked.key):
        return False
    draft.part[first] = str(value)
    draft.raw[asked.key] = raw
    return True


def _both(draft: Draft, key: str, raw: Any) -> Any:
    """Return both numbers typed; where they differ the next page begins with the first one again."""
    first = draft.part.pop(f"{key}.first", None)
    return raw if first is None else {"number": first, "again": raw}


def _take(current: Form, asked: Field, raw: Any) -> bool:
    """Read an answer into the draft; False when something is wrong with it (then the page says what)."""
    draft = current.draft
    value, error = current.read(asked, raw)
    draft.seen.add(asked.key)
    if error is not None:
        draft.given.pop(asked.key, None)
        draft.raw[asked.key], draft.errors[asked.key] = raw, error
        visit().meter.refuse(asked.key)
        return False
    _set(current, asked.key, value)
    visit().meter.take(asked.key, site().clock.monotonic())
    return True


def _set(current: Form, key: str, value: JSON) -> None:
    current.draft.raw.pop(key, None)
    if value != BROUGHT:
        current.draft.photos.pop(key, None)
        current.draft.unseen.discard(key)
    if value is None:
        current.draft.given.pop(key, None)
    else:
        current.draft.given[key] = value


def _keep_unread(current: Form, asked: Field, raw: Any) -> None:
    """Keep what was typed when the person goes elsewhere: read where it can be read, as it stands where not."""
    value, error = current.read(asked, raw)
    if error is None:
        _set(current, asked.key, value)
    else:
        current.draft.given.pop(asked.key, None)
        current.draft.raw[asked.key] = raw


def _aside(current: Form, asked: Field, place: int, go: str) -> Response:
    """Go back, change the page's looks, or turn to more options."""
    here = url_for(".show", key=asked.key)
    if go == "back":
        if asked.kind == "region":
            current.draft.part[f"{asked.key}.step"] = "village"
            return redirect(here, 303)
        if current.draft.part.pop(f"{asked.key}.first", None) is not None:
            return redirect(here, 303)
        before = current.questions()[place - 1].key if place else ""
        return redirect(url_for(".show", key=before) if before else out(current), 303)
    if go.startswith("page"):
        current.draft.part[f"{asked.key}.page"] = go[4:]
    elif go == "place":
        current.draft.part[f"{asked.key}.step"] = "town"
    else:
        turned(go)
    return redirect(here, 303)


def out(current: Form) -> str:
    """Return the page before the first question."""
    return url_for("track.case") if current.draft.correcting else url_for("start.show", code=current.item.code)


def _choose_place(current: Form, asked: Field, step: str, go: str) -> Response:
    """Take town, then village; both are only steps to one answer."""
    draft, key = current.draft, asked.key
    chosen = request.form.get(f"{key}.{step}", "")
    here = redirect(url_for(".show", key=key), 303)
    if chosen and chosen != draft.part.get(f"{key}.{step}"):
        draft.part[f"{key}.{step}"] = chosen
        if step == "town":
            draft.part.pop(f"{key}.village", None)
    if go == "back":
        if step == "village":
            draft.part[f"{key}.step"] = "town"
            return here
        place = find(current, key)[1]
        return redirect(url_for(".show", key=current.questions()[place - 1].key) if place else out(current), 303)
    if go.startswith("page"):
        draft.part[f"{key}.{step}.page"] = go[4:]
        return here
    if turned(go):
        return here
    draft.errors.pop(key, None)
    if not draft.part.get(f"{key}.{step}"):
        _, error = current.read(asked, {"village": "", "door": ""})
        if error is not None:
            draft.errors[key] = error
        return here
    draft.part[f"{key}.step"] = REGION_PARTS[REGION_PARTS.index(step) + 1]
    return here


def onward(current: Form, place: int | None) -> str:
    """Return the next page: a photo of what was brought, the next question, or on a second pass the first one that
    still is open, or the check.
    """
    shown = current.questions()
    if place is not None and current.wants_photo(shown[place].key):
        return url_for("photo.show", key=shown[place].key)
    first = current.first_open()
    if place is not None and not current.draft.reviewing and place + 1 < len(shown):
        following = shown[place + 1]
        if first is None or shown.index(following) <= shown.index(first):
            return url_for("fill.show", key=following.key)
    if first is None:
        return url_for("check.show")
    page = "photo.show" if current.wants_photo(first.key) else "fill.show"
    return url_for(page, key=first.key)
