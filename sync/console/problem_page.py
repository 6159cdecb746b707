"""One door for every refusal: words and a cure."""

from flask import Response, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from edge.ground.logbook import get_logger, note_fault
from edge.ground.problem import (
    BAD_REQUEST,
    FILE_TOO_LARGE,
    FOREIGN_ORIGIN,
    INTERNAL,
    LOG_IN,
    NOT_FOUND,
    TOO_LARGE,
    WRONG_METHOD,
    Problem,
    cure,
    title,
    title_and_cure,
)
from sync.console import guard
from sync.console.frame import render

_log = get_logger("console")
_HTTP = {404: NOT_FOUND, 405: WRONG_METHOD, 413: TOO_LARGE, 421: FOREIGN_ORIGIN}


def words_of(problem: Problem) -> tuple[str, str]:
    """Return the refusal and its cure in the language of the page."""
    return title(problem.kind, guard.lang()), cure(problem.kind, guard.lang())


def sentences_of(problem: Problem) -> str:
    """Return both in a row."""
    return title_and_cure(problem.kind, guard.lang())


def for_problem(problem: Problem) -> AnyResponse:
    """Answer a refusal."""
    if problem.kind is LOG_IN and request.headers.get("HX-Request"):
        # a piece of a page cannot hold the log-in: the whole page goes there
        return Response(status=204, headers={"HX-Redirect": url_for("door.show")})
    said, what_to_do = words_of(problem)
    return render(
        "problem.html",
        problem.kind.status,
        said=said,
        cure=what_to_do,
        code=problem.kind.code,
        log_in=problem.kind is LOG_IN,
    )


def for_http(fault: HTTPException) -> AnyResponse:
    """Answer what Flask itself refused."""
    code = fault.code or 500
    if 300 <= code < 400:
        return redirect(dict(fault.get_headers()).get("Location", url_for("door.home")), code)
    if code == 413 and request.endpoint in guard.UPLOADS:
        return for_problem(Problem(FILE_TOO_LARGE))
    return for_problem(Problem(_HTTP.get(code, BAD_REQUEST if code < 500 else INTERNAL)))


def for_fault(fault: Exception) -> AnyResponse:
    """Answer a fault of ours, and log it."""
    note_fault(_log, fault, request.endpoint)
    return for_problem(Problem(INTERNAL))
