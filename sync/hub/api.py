"""The hub's interface for programs of the county, such as a department's own system. Described by `api_openapi.py`."""

import re

from flask import Blueprint, Response, current_app, g, request

from edge import __version__
from edge.ground.problem import BAD_REQUEST, CURSOR_STALE, NOT_FOUND, Problem
from edge.ground.web import answer, bearer, close_door, only_query, read_json
from sync.hub import api_words as words
from sync.hub import materials, registry, review
from sync.hub.api_openapi import AFTER_PATTERN, describe
from sync.hub.api_shapes import Health, VerdictIn
from sync.hub.hub import Hub
from sync.hub.sessions import check_token
from sync.hub.standing_still import epoch, refuse_outside

bp = Blueprint("api", __name__, url_prefix="/api/v1")
bp.after_request(close_door)

OPEN = frozenset({"api.health", "api.openapi"})
"""Need no token."""
QUERY: dict[str, tuple[str, ...]] = {"api.cases": ("after", "limit")}
"""Endpoint → the query parameters that it knows; all others know none."""
DEFAULT_LIMIT = 50


@bp.before_request
def admit() -> None:
    """Let in who has a token, and refuse what no address here asks for."""
    if request.endpoint not in OPEN:
        token = check_token(_hub(), bearer())
        # two tokens may have one name: the end of the id tells the audit which
        g.actor = f"token:{token.name} {token.id[-6:]}"
        refuse_outside(_hub())
    only_query(*QUERY.get(request.endpoint or "", ()))


@bp.get("/health", provide_automatic_options=False)
def health() -> Response:
    """Say that the hub answers and can read its database."""
    registry.sites(_hub())
    return answer(Health("ok"))


@bp.get("/openapi.json", provide_automatic_options=False)
def openapi() -> Response:
    """Describe this interface."""
    return answer(describe(__version__))


@bp.get("/cases", provide_automatic_options=False)
def cases() -> Response:
    """Give the log of cases behind a cursor."""
    log = epoch(_hub().store.read())
    return answer(words.case_list(review.cases_after(_hub(), _after(log), _limit()), log))


@bp.get("/cases/<case_id>", provide_automatic_options=False)
def case(case_id: str) -> Response:
    """Open one case; that it was read stands in the audit."""
    return answer(words.case(_hub(), review.case(_hub(), case_id, g.actor, "interface")))


@bp.get("/cases/<case_id>/materials/<blob>", provide_automatic_options=False)
def material(case_id: str, blob: str) -> Response:
    """Give a photo of a case; that it was read stands in the audit."""
    if not re.fullmatch("[0-9a-f]{64}", blob):
        raise Problem(NOT_FOUND)
    content, kind = materials.material(_hub(), case_id, g.actor, bytes.fromhex(blob))
    return Response(content, mimetype=kind)


@bp.post("/cases/<case_id>/verdict", provide_automatic_options=False)
def verdict(case_id: str) -> Response:
    """Decide a case; the same verdict once more is answered like the first."""
    given = read_json(VerdictIn)
    asks = [(ask.field, ask.reason) for ask in given.asks]
    decided = review.Verdict(given.verdict, given.reason, asks, given.result)
    return answer(words.case(_hub(), review.verdict(_hub(), case_id, g.actor, decided)))


@bp.get("/sites", provide_automatic_options=False)
def sites() -> Response:
    """List the service points."""
    return answer(words.site_list(registry.sites(_hub())))


@bp.get("/devices", provide_automatic_options=False)
def devices() -> Response:
    """List the machines."""
    return answer(words.device_list(registry.machines(_hub())))


def _after(log: int) -> int:
    """Return the place behind a cursor; one of a log that a restore ended is refused, or its reader would skip."""
    after = request.args.get("after", "")
    if not re.fullmatch(AFTER_PATTERN, after):
        raise Problem(BAD_REQUEST, "after is a cursor that this interface gave")
    which, _, place = after.rpartition("-")
    if place.strip("0") and int(which or 0) != log:
        raise Problem(CURSOR_STALE)
    return int(place or 0)


def _limit() -> int:
    typed = request.args.get("limit", str(DEFAULT_LIMIT))
    if not re.fullmatch("[0-9]{1,3}", typed) or not 1 <= int(typed) <= review.MOST_ON_A_PAGE:
        raise Problem(BAD_REQUEST, f"limit is a number from 1 to {review.MOST_ON_A_PAGE}")
    return int(typed)


def _hub() -> Hub:
    found: Hub = current_app.config["HUB"]
    return found
