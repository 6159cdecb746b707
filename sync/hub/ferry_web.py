"""The ferry over HTTP: four addresses, bytes in, signed bytes out. Source: docs/protocol.md 8.

Whoever can reach the hub may knock; who is let in, the signature inside the message tells. A refusal is RFC 9457, and
a machine takes no more from it than its status: whoever said it may not be the hub.
"""

from collections.abc import Callable

import msgspec
from flask import Blueprint, Response, current_app, request

from edge.ground.problem import BAD_REQUEST, DEVICE_CAPPED, HUB_FULL, Problem
from edge.ground.web import body_of, close_door, only_query, only_type, refuse
from sync.hub import admit, enrol, loose
from sync.hub.hub import Hub
from sync.protocol.hub_time import LEAST_NONCE, MOST_NONCE, SignedTime, Time, time_to_sign
from sync.protocol.messages import LARGEST_MESSAGE

FERRY_TYPE = "application/vnd.yizhan.ferry"
LARGEST_ENROLMENT_BYTES = 16 * 1024

bp = Blueprint("ferry", __name__, url_prefix="/ferry/v1")
bp.after_request(close_door)


@bp.post("/sync", provide_automatic_options=False)
def sync() -> Response:
    """Take a question, give the signed reply."""
    return _with_room(admit.exchange)


@bp.post("/chunks", provide_automatic_options=False)
def chunks() -> Response:
    """Take a load of loose chunks, give the signed word about it."""
    return _with_room(loose.take)


def _with_room(verb: Callable[[Hub, bytes], bytes]) -> Response:
    """Answer a message of a device; without room, say when to come, before anything is looked into."""
    hub = _hub()
    if not hub.crowd.enter():
        return _full(hub)
    try:
        return _exchange(verb, LARGEST_MESSAGE)
    except Problem as problem:
        if problem.kind is not DEVICE_CAPPED:
            raise
        said = refuse(problem)
        said.headers["Retry-After"] = str(problem.facts["retry_after"])
        return said
    finally:
        hub.crowd.leave(hub.clock.monotonic())


def _full(hub: Hub) -> Response:
    said = refuse(Problem(HUB_FULL))
    said.headers["Retry-After"] = str(hub.crowd.send_away(hub.clock.monotonic()))
    return said


@bp.post("/enroll", provide_automatic_options=False)
def enroll() -> Response:
    """Take a device's key with the proof of its ticket, give its certificate."""
    return _exchange(enrol.enrol, LARGEST_ENROLMENT_BYTES)


@bp.get("/time", provide_automatic_options=False)
def time() -> Response:
    """Tell the hub's time, signed together with the nonce of the question."""
    only_query("nonce")
    hub = _hub()
    content = msgspec.msgpack.encode(Time(hub.id, _nonce(), hub.now()))
    return _ferry(msgspec.msgpack.encode(SignedTime(content, hub.key.sign(time_to_sign(content)))))


def _exchange(verb: Callable[[Hub, bytes], bytes], largest_bytes: int) -> Response:
    only_query()
    only_type(FERRY_TYPE)
    return _ferry(verb(_hub(), body_of(request, largest_bytes)))


def _nonce() -> bytes:
    try:
        nonce = bytes.fromhex(request.args.get("nonce", ""))
    except ValueError as fault:
        raise Problem(BAD_REQUEST, "nonce is hexadecimal") from fault
    if not LEAST_NONCE <= len(nonce) <= MOST_NONCE:
        raise Problem(BAD_REQUEST, f"nonce is {LEAST_NONCE} to {MOST_NONCE} bytes in hexadecimal")
    return nonce


def _ferry(raw: bytes) -> Response:
    return Response(raw, mimetype=FERRY_TYPE)


def _hub() -> Hub:
    found: Hub = current_app.config["HUB"]
    return found
