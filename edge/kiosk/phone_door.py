"""The door for phones: a code from the machine's screen opens it, once."""

from flask import Blueprint, current_app, g, redirect, request, url_for
from werkzeug import Response

from edge.kiosk.guard import visit, visits
from edge.kiosk.invitations import Invitation
from edge.kiosk.inviting import Inviting
from edge.kiosk.page import render
from edge.kiosk.visit import Visit

bp = Blueprint("phone_door", __name__)
LONGEST_CODE = 64


def door() -> Inviting:
    """Return what invites phones here."""
    found: Inviting = current_app.config["LETS_IN"]
    return found


@bp.get("/door")
def show() -> Response:
    """Say that this phone is in no visit, and how to get into one."""
    return render("door.html", keep_here=True, idle="none", code="", sealed=door().sealed)


@bp.get("/in/<code>")
def look(code: str) -> Response:
    """Show the button that begins. Looking spends nothing: what reads codes on a phone often looks first."""
    if visit().token:
        return redirect(visit().here, 303)
    found = door().invitations.check(code[:LONGEST_CODE])
    _look_like(visit(), found)
    return render("door.html", keep_here=True, idle="none", code=found.code, sealed=door().sealed)


@bp.post("/in")
def enter() -> Response:
    """Spend the code and begin a visit; one that this phone was in ends."""
    before = visit()
    g.visit = door().invitations.spend(request.form.get("code", "")[:LONGEST_CODE], _begin)
    visits().drop(before)
    return redirect(url_for("home.show"), 303)


def _begin(found: Invitation) -> Visit | None:
    if visits().is_full():
        return None
    begun = visits().begin()
    _look_like(begun, found)
    return begun


def _look_like(who: Visit, found: Invitation) -> None:
    """Let a phone speak the language and have the type that its person chose at the machine."""
    who.lang, who.large, who.dark = found.lang, found.large, found.dark
