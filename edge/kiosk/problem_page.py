"""One door for every refusal: words and a cure for people, RFC 9457 for programs."""

from flask import Blueprint, g, redirect, request, url_for
from werkzeug import Response
from werkzeug.exceptions import ClientDisconnected, HTTPException

from edge.ground.logbook import get_logger, note_fault
from edge.ground.problem import (
    BAD_REQUEST,
    FOREIGN_ORIGIN,
    INTERNAL,
    KINDS,
    NOT_FOUND,
    PAGE_EXPIRED,
    PHOTO_TOO_LARGE,
    TOO_LARGE,
    WRONG_METHOD,
    Problem,
    cure,
    title,
)
from edge.ground.web import refuse, refuse_http
from edge.kiosk.guard import is_api, visits
from edge.kiosk.page import render

bp = Blueprint("problem", __name__)
_log = get_logger("kiosk")
_HTTP = {404: NOT_FOUND, 405: WRONG_METHOD, 413: TOO_LARGE, 421: FOREIGN_ORIGIN}
_STOPS = frozenset({"disk-full", "disk-fault", "disk-slow", "disk-forgets", "data-damaged", "internal"})
"""Told as a stop: what the person came for has not been done."""
UNREAD = (FOREIGN_ORIGIN, TOO_LARGE, PHOTO_TOO_LARGE)
"""Refused before the form was read, or because of what stands in it."""


@bp.get("/problem")
def show() -> Response:
    """Show the last refusal of the visit."""
    told = g.visit.told
    return _page(Problem(KINDS[told])) if told else redirect("/", 303)


def for_problem(problem: Problem) -> Response:
    """Answer a refusal; one of a form gets a page of its own, so that going back never asks to send it again."""
    if is_api():
        return refuse(problem)
    if problem.kind is PAGE_EXPIRED and request.method == "GET":
        # the back button after a wipe
        return redirect("/", 303)
    if "visit" in g and g.visit.token and problem.kind not in UNREAD and "csrf" in request.form:
        g.visit.told = problem.kind.code
        return redirect(url_for("problem.show"), 303)
    return _page(problem)


def _page(problem: Problem) -> Response:
    if "visit" not in g:
        g.visit, g.wiped = visits().stranger(), True
    lang = g.visit.lang
    return render(
        "problem.html",
        problem.kind.status,
        keep_here=True,
        idle="quiet",
        title=title(problem.kind, lang),
        cure=cure(problem.kind, lang),
        stop=problem.kind.code in _STOPS,
        code=problem.kind.code,
    )


def for_http(fault: HTTPException) -> Response:
    """Answer what Flask itself refused."""
    if is_api():
        return refuse_http(fault)
    if isinstance(fault, ClientDisconnected):
        return Response(status=400)   # nobody listens any more, and what was sent ends in the middle
    if fault.code is not None and 300 <= fault.code < 400:
        return Response(status=fault.code, headers=list(fault.get_headers()))
    kind = _HTTP.get(fault.code or 500, BAD_REQUEST if (fault.code or 500) < 500 else INTERNAL)
    return for_problem(Problem(kind))


def for_fault(fault: Exception) -> Response:
    """Answer a fault of ours, and log it."""
    note_fault(_log, fault, request.endpoint)
    return for_problem(Problem(INTERNAL))
