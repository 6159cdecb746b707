"""The pages of the staff: behind a PIN, and with nothing about citizens on them."""

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from edge.desk.refused import refused
from edge.desk.staff import MOST, check_pin, has_pin
from edge.ground.problem import NO_PIN, PIN_WAIT, WRONG_PIN, Problem, cure, title, title_and_cure
from edge.kiosk.comfort import turned
from edge.kiosk.guard import renew, visit
from edge.kiosk.page import render
from edge.kiosk.saying import _
from edge.kiosk.site_here import site
from edge.kiosk.visit import Staff

bp = Blueprint("staff", __name__, url_prefix="/staff")
LONGEST_SECONDS = 300.0


@bp.get("")
def show() -> Response:
    """Ask for the PIN; who has typed it sees what can be done."""
    if here() is not None:
        kind, lang = refused(site()), visit().lang
        return render("staff.html", refused=(title(kind, lang), cure(kind, lang)) if kind else None)
    error, visit().track_errors = visit().track_errors.get("pin", ""), {}
    return render("staff_pin.html", error=error, unset=not has_pin(site()))


@bp.post("")
def enter() -> Response:
    """Let in who knows the PIN."""
    if turned(request.form.get("go", "")):
        return redirect(url_for("staff.show"), 303)
    try:
        check_pin(site(), request.form.get("pin", "")[: MOST + 1])
    except Problem as problem:
        if problem.kind not in (WRONG_PIN, PIN_WAIT, NO_PIN):
            raise
        visit().track_errors["pin"] = _refused(problem)
        return redirect(url_for("staff.show"), 303)
    # what a citizen has written or looked up at this machine is not the staff's
    renew().staff = Staff(site().clock.monotonic())
    return redirect(url_for("staff.show"), 303)


def _refused(problem: Problem) -> str:
    if problem.kind is PIN_WAIT:
        return _("输错太多次。再等 %(seconds)s 秒，才能再试。", seconds=problem.facts.get("seconds", 0))
    return title_and_cure(problem.kind, visit().lang)


def here() -> Staff | None:
    """Return the person of the place who is at the machine, or None: not in, or gone for five minutes."""
    found = visit().staff
    now = site().clock.monotonic()
    if found is None or now - found.touched > LONGEST_SECONDS:
        visit().staff = None
        return None
    found.touched = now
    return found


def staff_only(view: Callable[..., Response]) -> Callable[..., Response]:
    """Lead everybody else to the PIN."""

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> Response:
        return view(*args, **kwargs) if here() is not None else redirect(url_for("staff.show"), 303)

    return guarded


def person() -> Staff:
    """Return who is in; only behind `staff_only`."""
    found = visit().staff
    if found is None:
        raise LookupError("nobody is in")
    return found
