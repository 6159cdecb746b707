"""The door for other programs, the same at the site and at the hub: what they send is read, what they hear is written.

JSON in, JSON out, every refusal as RFC 9457. A body is weighed before it is read and measured before it is decoded.
"""

import logging
import re
from typing import Any, TypeVar

import msgspec
from flask import Request, Response, request
from werkzeug.exceptions import HTTPException

from edge.ground.logbook import note_fault
from edge.ground.problem import (
    BAD_REQUEST,
    FOREIGN_ORIGIN,
    INTERNAL,
    LOG_IN,
    NOT_FOUND,
    TOO_LARGE,
    WRONG_METHOD,
    WRONG_TYPE,
    Kind,
    Problem,
    as_rfc9457,
)

LARGEST_JSON_BYTES = 64 * 1024
DEEPEST_JSON = 16
JSON_TYPE, PROBLEM_TYPE = "application/json", "application/problem+json"
BY_STATUS: dict[int, Kind] = {404: NOT_FOUND, 405: WRONG_METHOD, 413: TOO_LARGE, 415: WRONG_TYPE, 421: FOREIGN_ORIGIN}
"""What Flask refuses by itself, in our words; any other 4xx is BAD_REQUEST."""

# A string that is never closed swallows the rest: one pass, whatever is sent.
_MARKS = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
T = TypeVar("T")


def bearer() -> str:
    """Return the token of this request.

    Raises:
        Problem: LOG_IN when there is none.
    """
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise Problem(LOG_IN)
    return token.strip()


def language() -> str:
    """Return the language for titles and cures: `en` where Accept-Language prefers it, else `zh`."""
    # best_match would take `en` before `zh-CN`, which is no exact match for `zh`
    wanted = (tag.lower().partition("-")[0] for tag, quality in request.accept_languages if quality > 0)
    return next((tag for tag in wanted if tag in ("zh", "en")), "zh")


def only_query(*allowed: str) -> None:
    """Refuse a parameter that this address does not know: a misspelt one must not be ignored in silence.

    Raises:
        Problem: BAD_REQUEST.
    """
    for name, values in request.args.lists():
        if name not in allowed or len(values) > 1:
            raise Problem(BAD_REQUEST, "a query parameter is unknown or stands twice")


def only_type(kind: str) -> None:
    """Refuse a body of another media type.

    Raises:
        Problem: WRONG_TYPE.
    """
    if request.mimetype != kind:
        raise Problem(WRONG_TYPE, f"Content-Type must be {kind}")


def body_of(asked: Request, largest_bytes: int) -> bytes:
    """Return the body; one that says it is larger is refused before any of it is read.

    Raises:
        RequestEntityTooLarge: rendered as TOO_LARGE.
    """
    asked.max_content_length = largest_bytes
    return asked.get_data(cache=False)


def read_json(shape: type[T]) -> T:
    """Return this request's JSON body as a `shape`; a Struct that forbids unknown members refuses them.

    Raises:
        Problem: WRONG_TYPE, TOO_LARGE (through Flask), BAD_REQUEST naming the place in the document.
    """
    only_type(JSON_TYPE)
    return decode_json(body_of(request, LARGEST_JSON_BYTES), shape)


def decode_json(raw: bytes, shape: type[T]) -> T:
    """Return a JSON document as a `shape`.

    Raises:
        Problem: BAD_REQUEST naming the place in the document.
    """
    if depth(raw) > DEEPEST_JSON:
        raise Problem(BAD_REQUEST, f"the document is deeper than {DEEPEST_JSON} levels")
    try:
        return msgspec.json.decode(raw, type=shape)
    except (msgspec.DecodeError, ValueError) as fault:
        raise Problem(BAD_REQUEST, _where(fault)) from fault


def depth(raw: bytes) -> int:
    """Return how deep objects and arrays stand in each other, without decoding: a decoder may run out of stack."""
    level = deepest = 0
    for mark in _MARKS.finditer(raw):
        first = mark[0][:1]
        if first in (b"[", b"{"):
            level += 1
            deepest = max(deepest, level)
        elif first in (b"]", b"}"):
            level -= 1
    return deepest


def _where(fault: Exception) -> str:
    # a decoder's words about a text that is no UTF-8 quote the text itself
    return str(fault) if isinstance(fault, msgspec.DecodeError) else "the body is not UTF-8"


def answer(value: Any, status: int = 200) -> Response:
    """Return `value` (a Struct or plain JSON) as JSON; moments as RFC 3339 with Z."""
    return Response(msgspec.json.encode(value), status, mimetype=JSON_TYPE)


def refuse(problem: Problem) -> Response:
    """Return a refusal as RFC 9457, its title and cure in the caller's language."""
    lang = language()
    answer = Response(msgspec.json.encode(as_rfc9457(problem, lang)), problem.kind.status, mimetype=PROBLEM_TYPE)
    answer.headers["Content-Language"] = lang
    if problem.kind is LOG_IN:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def refuse_http(fault: HTTPException) -> Response:
    """Return what Flask refused as RFC 9457, with the methods that are allowed (Allow) or the place that was meant."""
    code = fault.code or 500
    if 300 <= code < 400:
        return Response(status=code, headers=list(fault.get_headers()))
    said = refuse(Problem(BY_STATUS.get(code, BAD_REQUEST if code < 500 else INTERNAL)))
    methods = getattr(fault, "valid_methods", None)
    if methods:
        said.headers["Allow"] = ", ".join(sorted(methods))
    return said


def refuse_fault(fault: Exception, log: logging.Logger) -> Response:
    """Return a fault of ours as INTERNAL, and log it."""
    note_fault(log, fault, request.endpoint)
    return refuse(Problem(INTERNAL))


def close_door(answer: Response) -> Response:
    """Return `answer` with what every answer to a program carries: nothing is kept, nothing is guessed."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers.setdefault("X-Content-Type-Options", "nosniff")
    return answer
