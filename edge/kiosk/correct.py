"""补材料: each asked thing again, then a look, then 交补的材料."""

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from edge.domain.receipt import group
from edge.domain.submission import State
from edge.ground.problem import PAGE_EXPIRED, WRONG_STATE, Problem
from edge.kiosk.guard import visit, visits
from edge.kiosk.page import render
from edge.kiosk.road import short_road
from edge.kiosk.visit import Draft

bp = Blueprint("correct", __name__, url_prefix="/correct")


@bp.post("")
def begin() -> Response:
    """Begin, or go on, at the asked field whose button was pressed."""
    here = visit()
    if here.tracked is None:
        raise Problem(PAGE_EXPIRED)
    if here.tracked.state is not State.NEEDS_CORRECTION:
        raise Problem(WRONG_STATE)
    asks = tuple(ask.field for ask in here.tracked.asks)
    if here.draft is None or not here.draft.correcting:
        here.draft = Draft(here.tracked.item, visits().fresh_token(), correcting=True, asks=asks)
    wanted = request.form.get("field", "")
    if wanted in asks and not (set(asks[: asks.index(wanted)]) - set(here.draft.given)):
        return redirect(url_for("fill.show", key=wanted), 303)
    return redirect(url_for("fill.resume"), 303)


@bp.get("/done")
def done() -> Response:
    """Show that the corrections are saved: not yet delivered, not yet accepted."""
    here = visit()
    if here.amended is None:
        return redirect(url_for("home.show"), 303)
    return render("corrected.html", code=group(here.amended.receipt), road=short_road(here.amended.at))
