"""看一遍，对不对？ Every answer with its own 改, one consent, then 交材料."""

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import gettext as _

from edge.desk.amend import amend
from edge.desk.lodge import lodge
from edge.desk.site import Line
from edge.desk.track import track
from edge.domain.answers import show as in_words
from edge.kiosk.comfort import turned
from edge.kiosk.form import Form, form
from edge.kiosk.guard import visit
from edge.kiosk.page import render, tr
from edge.kiosk.paging import cut
from edge.kiosk.site_here import site

bp = Blueprint("check", __name__)
ROWS, LARGE_ROWS = 8, 4
MASKED_HERE = frozenset({"id_number", "bank_card", "disability_number"})


@bp.get("/check")
def show() -> Response:
    """Show all answers, a screenful at a time; the consent stands on the last."""
    return _show(form(), request.args.get("page", "1"))


@bp.post("/check")
def hand_in() -> Response:
    """Hand in. A second touch finds the receipt of the first."""
    current = form()
    draft = current.draft
    if draft.lodged is not None:
        return redirect(url_for("receipt.show"), 303)
    if turned(request.form.get("go", "")):
        return redirect(visit().here, 303)
    if current.first_open() is not None:
        return redirect(url_for("fill.resume"), 303)
    if current.stops():
        return redirect(url_for("fill.stop"), 303)
    if request.form.get("agree") != "yes":
        return _show(current, "last", missed=True)
    draft.given.update({field.key: True for field in current.declarations()})
    if draft.correcting:
        return _amend(current)
    draft.lodged = lodge(site(), current.item, draft.given, channel="kiosk", idempotency_key=draft.token)
    return redirect(url_for("receipt.show"), 303)


def _amend(current: Form) -> Response:
    here = visit()
    if here.tracked is None:
        return redirect(url_for("home.show"), 303)
    done = amend(site(), here.tracked, current.draft.given)
    here.amended, here.draft = done, None
    here.tracked = track(site(), here.tracked.receipt, here.track_typed.get("tail", ""))
    return redirect(url_for("correct.done"), 303)


def _show(current: Form, wanted: str, *, missed: bool = False) -> Response:
    draft, county = current.draft, site().catalogue().county
    if draft.lodged is not None:
        return redirect(url_for("receipt.show"), 303)
    if current.first_open() is not None:
        return redirect(url_for("fill.resume"), 303)
    if current.stops():
        return redirect(url_for("fill.stop"), 303)
    draft.reviewing = True
    lang = visit().lang
    rows = []
    for field in current.questions():
        value = in_words(current.item, field, draft.given.get(field.key), lang, county, masked=field.kind in MASKED_HERE)
        rows.append((field.key, tr(field.label), value or _("没写")))
    size = LARGE_ROWS if visit().large else ROWS
    page = cut(rows, size, "9999" if wanted == "last" else wanted)
    down = site().line().state is Line.DOWN
    department = tr(site().catalogue().departments[current.item.department].name)
    return render(
        "check.html", 422 if missed else 200, item=current.item, rows=page, count=len(rows), missed=missed, down=down,
        department=department, correcting=draft.correcting, notices=current.notices()[:1], last_key=rows[-1][0])
