"""The door of the console: who may ask, and what every answer carries."""

import hmac
import ipaddress
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edge.ground.problem import FOREIGN_ORIGIN, LOG_IN, NOT_ALLOWED, TOO_MANY_REQUESTS, Problem
from edge.ground.sealing import digest
from sync.console.office import hub
from sync.console.pace import Pace
from sync.console.permits import NOBODY_YET, may
from sync.hub.sessions import Session, find_session
from sync.hub.tables.accounts import Account
from sync.protocol.ferry_file import LARGEST_FILE

COOKIE, DOOR_COOKIE, LANG_COOKIE = "desk", "door", "lang"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
UPLOADS = frozenset({"usb.take"})
LARGEST_UPLOAD_BYTES = LARGEST_FILE + 2**20
"""A file of a stick, with what a form needs beside it."""
BEFORE_CHANGE = frozenset({"me.show", "me.change", "door.leave", "door.language"})
"""What a first, given secret opens: only the page where it is replaced."""

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # not "no-referrer": browsers then send `Origin: null` with our own forms
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), usb=(), serial=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def install(app: Flask, hosts: frozenset[str]) -> None:
    """Put the guard before and after every route of `app`."""
    clock = app.config["HUB"].clock
    app.config["HOSTS"] = hosts | {"localhost"}
    app.extensions["pace"] = Pace(600, 60.0, clock.monotonic)
    app.extensions["login_pace"] = Pace(20, 60.0, clock.monotonic)
    app.before_request(_admit)
    app.after_request(_seal)


def session() -> Session:
    """Return the session of this request."""
    found: Session = g.session
    return found


def account() -> Account:
    """Return who asks."""
    return session().account


def account_or_none() -> Account | None:
    """Return who asks, or None before log-in."""
    found: Session | None = g.get("session")
    return found.account if found else None


def lang() -> str:
    """Return `zh` or `en`."""
    return "en" if request.cookies.get(LANG_COOKIE) == "en" else "zh"


def csrf_of(token: str) -> str:
    """Return what every form of this browser must carry: follows from its cookie, cannot be guessed without it."""
    return digest(b"yizhan console form", token.encode()).hex()


def csrf() -> str:
    """Return the token for the forms of this page."""
    token: str = g.get("form_token", "")
    return token


def set_cookie(answer: AnyResponse, name: str, value: str) -> None:
    """Give the browser a cookie that no script reads and no other site sends."""
    answer.set_cookie(
        name, value, path=request.script_root or "/", httponly=True, samesite="Strict", secure=request.is_secure
    )


def caller() -> str:
    """Return the address that asks."""
    return request.remote_addr or ""


def _admit() -> AnyResponse | None:
    g.session = None
    _check_host_and_origin()
    if request.endpoint == "static":
        return None
    if not current_app.extensions["pace"].allows(caller()):
        raise Problem(TOO_MANY_REQUESTS)
    token = request.cookies.get(COOKIE, "")
    g.session = find_session(hub(), token) if token else None
    if g.session is None:
        return _admit_stranger()
    g.form_token = csrf_of(token)
    _check_form()
    return _check_permit(g.session.account)


def _admit_stranger() -> AnyResponse | None:
    """Let someone who is not logged in reach the log-in page and nothing else."""
    g.door_token = request.cookies.get(DOOR_COOKIE) or hub().chance(24).hex()
    g.form_token = csrf_of(g.door_token)
    if request.endpoint in NOBODY_YET:
        _check_form()
        return None
    if request.method in SAFE_METHODS:
        return redirect(url_for("door.show"), 303)
    raise Problem(LOG_IN)


def _check_permit(who: Account) -> AnyResponse | None:
    endpoint = request.endpoint
    if endpoint is None or endpoint in NOBODY_YET:
        return None
    if not may(who.role, endpoint):
        raise Problem(NOT_ALLOWED)
    if who.must_change and endpoint not in BEFORE_CHANGE:
        return redirect(url_for("me.show"), 303)
    return None


def _check_form() -> None:
    if request.method in SAFE_METHODS:
        return
    if request.endpoint in UPLOADS and account_or_none() is not None:
        request.max_content_length = LARGEST_UPLOAD_BYTES
    sent = request.form.get("csrf", "") or request.headers.get("X-Csrf", "")
    if not hmac.compare_digest(sent.encode(), g.form_token.encode()):
        raise Problem(FOREIGN_ORIGIN, "the token of the page is missing or wrong")


def _check_host_and_origin() -> None:
    """A name that is neither ours nor an address may have been pointed at us by someone else (DNS rebinding)."""
    name = urlsplit(f"//{request.host}").hostname or ""
    if name not in current_app.config["HOSTS"] and not _is_address(name):
        abort(421)
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise Problem(FOREIGN_ORIGIN)
    # a link from elsewhere may open a page; nothing from elsewhere may change something
    from_here = request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
    if request.method not in SAFE_METHODS and not from_here:
        raise Problem(FOREIGN_ORIGIN)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _seal(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if request.endpoint == "static":
        answer.headers["Cache-Control"] = "no-cache"
        return answer
    answer.headers["Cache-Control"] = "no-store"
    door = g.get("door_token")
    if door and request.cookies.get(DOOR_COOKIE) != door:
        set_cookie(answer, DOOR_COOKIE, door)
    return answer
