"""看一遍，对不对？ Every answer with its own 改, one consent, then 交材料."""

from contextlib import suppress

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from edge.desk.amend import amend
from edge.desk.lodge import lodge
from edge.desk.paper import PAPER
from edge.desk.site import Line
from edge.desk.track import track
from edge.domain.use import CHECK
from edge.ground.problem import Problem
from edge.kiosk.again import remember
from edge.kiosk.check_lines import NUMBERS, lines, screens
from edge.kiosk.comfort import turned
from edge.kiosk.form import Form, form
from edge.kiosk.guard import visit
from edge.kiosk.page import render, tr
from edge.kiosk.progress import numbered
from edge.kiosk.site_here import channel, prints, site

bp = Blueprint("check", __name__)
ROWS, LARGE_ROWS = (8, 6), (6, 2)
"""How many answers fit on a screen: on one without, and on the last one with the consent."""


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
    if request.form.get("go") == "mask":
        draft.hidden = not draft.hidden
        return redirect(url_for(".show", page=request.form.get("page", "1")), 303)
    if current.first_open() is not None:
        return redirect(url_for("fill.resume"), 303)
    if current.stops():
        return redirect(url_for("fill.stop"), 303)
    if request.form.get("agree") != "yes":
        draft.missed = True
        return redirect(url_for(".show", page="last"), 303)
    draft.missed = False
    draft.given.update({field.key: True for field in current.declarations()})
    if rehearses():
        draft.rehearsed = True
        visit().meter.practise((current.item.code, current.item.version))
        return redirect(url_for("practice.done"), 303)
    if draft.correcting:
        return _amend(current)
    draft.lodged = lodge(site(), current.item, draft.given, channel=PAPER if draft.paper else channel(),
                         idempotency_key=draft.token, photos=current.photos(), paper=draft.paper)
    visit().meter.lodge()
    remember(current)
    draft.photos.clear()   # sealed now: nobody reads them here any more
    return redirect(url_for("receipt.show"), 303)


def rehearses() -> bool:
    """Tell if this is practice, which ends here. Were this wrong, the desk would still refuse."""
    return visit().practice


def _amend(current: Form) -> Response:
    here = visit()
    if here.tracked is None:
        return redirect(url_for("home.show"), 303)
    receipt = here.tracked.receipt
    here.amended = amend(site(), here.tracked, current.draft.given, channel=channel(), photos=current.photos())
    here.draft = here.tracked = None
    # it is handed in: that the case cannot be looked up in this moment must not be told instead
    with suppress(Problem):
        here.tracked = track(site(), receipt, here.track_typed.get("tail", ""), known=True)
    return redirect(url_for("correct.done"), 303)


def _show(current: Form, wanted: str) -> Response:
    draft = current.draft
    if draft.lodged is not None:
        return redirect(url_for("receipt.show"), 303)
    if current.first_open() is not None:
        return redirect(url_for("fill.resume"), 303)
    if current.stops():
        return redirect(url_for("fill.stop"), 303)
    draft.reviewing = True
    if current.counted:
        visit().meter.show(CHECK, site().clock.monotonic())
    found = lines(current)
    large = visit().large
    page = screens(found, LARGE_ROWS if large else ROWS, wanted, large)
    down = site().line().state is Line.DOWN
    department = tr(site().catalogue().departments[current.item.department].name)
    return render(
        "check.html",
        item=current.item,
        rows=page,
        count=len(numbered(current)),
        hidden=draft.hidden,
        numbers=any(field.kind in NUMBERS or field.kind == "group" for field in current.questions()),
        missed=draft.missed,
        down=down,
        department=department,
        correcting=draft.correcting,
        notices=current.notices()[:1],
        warning=current.warning(),
        prints=prints(),
        last_key=[line.key for line in found if line.key][-1],
    )
