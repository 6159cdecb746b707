"""结束: everything typed is forgotten, here and in the browser."""

from flask import Blueprint, make_response, redirect, request
from werkzeug import Response

from edge.kiosk.guard import visit, wipe
from edge.kiosk.page import render

bp = Blueprint("leave", __name__)
FROM_THE_DOCK = "leave"
"""What the dock's 结束 sends: it stands on every page, where a hand may touch it by mistake."""


@bp.post("/leave")
def finish() -> Response:
    """Wipe and show the first page to whoever comes next; a form that is not handed in yet is asked about before."""
    if request.form.get("go") == FROM_THE_DOCK and visit().would_lose_answers:
        return redirect("/leaving", 303)
    return wipe(make_response(redirect("/", 303)))


@bp.get("/leaving")
def ask() -> Response:
    """Ask whether what was filled in is to be wiped."""
    return render("leaving.html", keep_here=True, back=visit().here)


@bp.post("/another")
def another() -> Response:
    """Begin the next matter: the same person, so the looks stay and the last form goes."""
    here = visit()
    here.draft = here.tracked = here.amended = here.slip = None
    here.track_typed.clear()
    here.meter.leave()
    return redirect("/", 303)


@bp.post("/here")
def still_here() -> Response:
    """Note a touch; the guard has done it already."""
    return make_response("", 204)


@bp.get("/idle")
def idle() -> Response:
    """Ask 您还在吗？ where no script runs; the page before leads here by itself after the quiet time."""
    here = visit()
    return render("idle.html", keep_here=True, idle="none", back=here.here, count=int(here.count_seconds))
