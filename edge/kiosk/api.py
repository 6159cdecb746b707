"""The site's interface for other programs, such as a bank machine's own software. Described by `api_openapi.py`."""

import re

from flask import Blueprint, Response, request

from edge.desk.attach import Photo
from edge.desk.lodge import lodge, was_lodged
from edge.desk.standing import standing
from edge.desk.tokens import check_token
from edge.desk.track import track
from edge.ground.problem import BAD_REQUEST, KEY_MISSING, LOG_IN, NOT_FOUND, Problem
from edge.ground.web import answer, bearer, close_door, only_query, read_json
from edge.kiosk import api_words as words
from edge.kiosk.api_openapi import KEY_PATTERN, describe
from edge.kiosk.api_parts import MULTIPART, read_parts
from edge.kiosk.api_shapes import Asking, Health, Lodging
from edge.kiosk.site_here import site, today

bp = Blueprint("api", __name__, url_prefix="/api/v1")
OPEN = frozenset({"api.health", "api.openapi"})
"""Need no token."""
CHANNEL = "api"
_KEY = re.compile(KEY_PATTERN)


@bp.before_request
def admit() -> None:
    """Let in who has a token, and refuse what no address here asks for."""
    if request.endpoint not in OPEN and not check_token(site().store, bearer()):
        raise Problem(LOG_IN)
    only_query()


bp.after_request(close_door)


@bp.get("/health", provide_automatic_options=False)
def health() -> Response:
    """Say that the site answers and can read its database, and what it still takes."""
    site().line()
    ready = site().refusing()
    return answer(Health(ready.state.value, ready.why))


@bp.get("/openapi.json", provide_automatic_options=False)
def openapi() -> Response:
    """Describe this interface."""
    return answer(describe(site().catalogue(), site().software, today()))


@bp.get("/status", provide_automatic_options=False)
def status() -> Response:
    """Say how the lane and the line are."""
    return answer(words.status(site()))


@bp.get("/items", provide_automatic_options=False)
def items() -> Response:
    """List what can be applied for."""
    return answer(words.item_list(site().catalogue()))


@bp.get("/items/<code>", provide_automatic_options=False)
def item(code: str) -> Response:
    """Give one form's definition."""
    catalogue = site().catalogue()
    return answer(words.item_form(catalogue.item(code), catalogue, today()))


@bp.post("/submissions", provide_automatic_options=False)
def submit() -> Response:
    """Take a form; the same Idempotency-Key again gets the same answer."""
    key = _key()
    form, photos = _handed_in()
    if photos and not was_lodged(site(), key):
        site().require(photos=True)
    item = site().catalogue().item(form.item)
    lodged = lodge(site(), item, form.answers, channel=CHANNEL, idempotency_key=key, photos=photos)
    told = answer(words.receipt(lodged), 201)
    told.headers["Location"] = f"/api/v1/submissions/{lodged.id}"
    return told


@bp.get("/submissions/<submission>", provide_automatic_options=False)
def state(submission: str) -> Response:
    """Say how a submission stands."""
    found = standing(site(), submission)
    if found is None:
        raise Problem(NOT_FOUND)
    return answer(words.submission(found))


@bp.post("/track", provide_automatic_options=False)
def follow() -> Response:
    """Tell what the citizen may read with receipt code and ID tail."""
    asked = read_json(Asking)
    return answer(words.tracked(track(site(), asked.receipt, asked.tail)))


def _handed_in() -> tuple[Lodging, list[Photo]]:
    return read_parts() if request.mimetype == MULTIPART else (read_json(Lodging), [])


def _key() -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        raise Problem(KEY_MISSING)
    if not _KEY.fullmatch(key):
        raise Problem(BAD_REQUEST, "Idempotency-Key is 1 to 200 printable ASCII characters")
    return key
