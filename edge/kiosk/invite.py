"""用手机填: the page of the machine that lets one phone in, by a code that is renewed while it is shown."""

from flask import Blueprint, make_response, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug import Response

from edge.ground.problem import NOT_FOUND, Problem
from edge.kiosk.guard import visit
from edge.kiosk.inviting import Inviting
from edge.kiosk.page import render
from edge.kiosk.receipt import qr_svg
from edge.kiosk.saying import _
from edge.kiosk.site_here import inviting, site

bp = Blueprint("invite", __name__, url_prefix="/phone")
KEPT = 4
"""Codes of one visit that may still be scanned or have just been: two, and some for whoever presses again and again."""


@bp.get("")
def show() -> Response:
    """Show a code, or that a phone has come in by it."""
    here = _inviting()
    if visit().practice or not site().refusing().takes_forms:
        return redirect(url_for("home.show"), 303)
    state, qr = _shown(here)
    return render("invite.html", state=state, qr=qr, way=here)


@bp.post("")
def again() -> Response:
    """Forget the phone that came in; the next one gets a code of its own."""
    _inviting()
    visit().invitations.clear()
    return redirect(url_for(".show"), 303)


@bp.get("/code")
def code() -> Response:
    """Return the code again, or nothing while the one on the screen still stands."""
    here, shown = _inviting(), visit().invitations
    if not shown or (here.invitations.is_fresh(shown[-1]) and not any(one.spent for one in shown)):
        return make_response("", 204)
    state, qr = _shown(here)
    return make_response(render_template("kiosk/_invite.html", visit=visit(), state=state, qr=qr, way=here))


def _inviting() -> Inviting:
    found = inviting()
    if found is None:
        raise Problem(NOT_FOUND)
    return found


def _shown(here: Inviting) -> tuple[str, Markup]:
    """Return "taken", "full" or "code", and the drawn code."""
    shown, person = visit().invitations, visit()
    if any(one.spent for one in shown):
        return "taken", Markup()
    if here.visits.is_full():
        return "full", Markup()
    if not shown or not here.invitations.is_fresh(shown[-1]):
        shown.append(here.invitations.make(person.lang, large=person.large, dark=person.dark))
        del shown[:-KEPT]
    return "code", qr_svg(here.address_of(shown[-1].code), _("给手机扫的二维码"))
