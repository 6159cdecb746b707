"""补材料: each asked thing again, then a look, then 交补的材料."""

from dataclasses import dataclass

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug import Response

from edge.desk.amend import Amended, amendment_state
from edge.desk.track import submission_state
from edge.domain.receipt import group
from edge.domain.submission import State
from edge.ground.problem import PAGE_EXPIRED, WRONG_STATE, Problem
from edge.kiosk.guard import visit, visits
from edge.kiosk.page import render
from edge.kiosk.road import Stop, on_its_way, short_road
from edge.kiosk.saying import _
from edge.kiosk.site_here import site
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
    return render("corrected.html", code=group(here.amended.receipt), after=_after(here.amended))


@dataclass(frozen=True)
class After:
    """The road of what was put right; `mark` changes when the words do."""

    mark: str
    road: list[Stop]
    goes: Markup


def _after(amended: Amended) -> After:
    tracked = visit().tracked
    known = submission_state(site(), tracked.id) if tracked is not None and tracked.id else None
    # a case of another site has no row here: the road is that of the envelope just saved
    state = known or amendment_state(site(), amended)
    mark = f"{state}|{site().line().state}|{visit().lang}"
    return After(mark, short_road(amended.at, state), on_its_way(state, _("县里")))


@bp.get("/after")
def after() -> Response:
    """Return the road again, or nothing while it has not changed."""
    amended = visit().amended
    if amended is None:
        return make_response("", 204)
    found = _after(amended)
    if request.args.get("v") == found.mark:
        return make_response("", 204)
    return make_response(render_template("kiosk/_corrected_after.html", after=found))
