"""The door of the kiosk: who may ask, and what every answer carries.

Other programs and web pages can reach 127.0.0.1 too. So each request must name this machine (Host), must not come from
another site (Origin, Sec-Fetch-Site), and whatever changes something carries the visit's own token.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, abort, current_app, g, make_response, redirect, request, url_for
from werkzeug import Response as AnyResponse

from edge.ground.problem import FOREIGN_ORIGIN, PAGE_EXPIRED, PHOTO_TOO_LARGE, TOO_LARGE, Problem
from edge.kiosk.site_here import site
from edge.kiosk.upload import LARGEST_UPLOAD_BYTES, UPLOADS
from edge.kiosk.visit import Visit, Visits

COOKIE = "visit"
OWN_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SIGNLESS = frozenset(
    {
        "home.ready", "line.show", "line.clock", "leave.idle", "receipt.after", "receipt.print_state",
        "correct.after", "invite.code", "static",
    }
)
"""Asked by the page itself, not by a finger: they do not keep a visit alive."""
UNATTENDED = SIGNLESS | {"api.health", "api.openapi", "api.status"}
"""Nobody waits for them: programs ask for them by the clock."""

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # not "no-referrer": browsers then send `Origin: null` with our own forms
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), usb=(), serial=(), payment=(), "
    "clipboard-read=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True)
class Entrance:
    """How people come in here: on the machine's own screen whoever touches it, on a phone whoever was invited.

    `hosts` are the names under which this door may be called, `cookie` finds a visit, `sealed` says that all goes
    through TLS. `door` is where whoever has no visit is led, empty where a visit begins by itself; `open` is what may
    be asked without one. `clears` is what a browser forgets at the end. `too_much` answers, before anything else is
    looked at, who asks too often or from too far away.
    """

    hosts: frozenset[str] = OWN_HOSTS
    cookie: str = COOKIE
    sealed: bool = False
    door: str = ""
    open: frozenset[str] = frozenset()
    clears: str = '"cache", "cookies", "storage"'
    too_much: Callable[[], AnyResponse | None] = lambda: None


def install(app: Flask, visits: Visits, entrance: Entrance) -> None:
    """Put the guard before and after every route of `app`, also those that others register later."""
    app.extensions["visits"] = visits
    app.config["ENTRANCE"] = entrance
    app.before_request(_admit)
    app.after_request(_seal)
    app.teardown_request(_let_go)


def visits() -> Visits:
    """Return all visits of this machine."""
    found: Visits = current_app.extensions["visits"]
    return found


def entrance() -> Entrance:
    """Return how people come in here."""
    found: Entrance = current_app.config["ENTRANCE"]
    return found


def visit() -> Visit:
    """Return the visit of this request."""
    found: Visit = g.visit
    return found


def has_visit() -> bool:
    """Tell if this request has a visit: not before the guard let it in, and never for programs."""
    return "visit" in g


def is_api() -> bool:
    """Tell if a program asks (bearer token, no cookie), not a page."""
    return request.path.startswith("/api/")


def renew(*, practice: bool = False) -> Visit:
    """Begin anew for the same person: how the pages look stays, whatever was typed goes."""
    old = visit()
    visits().drop(old)
    new = visits().begin()
    new.lang, new.large, new.dark, new.hand, new.aloud = old.lang, old.large, old.dark, old.hand, old.aloud
    new.practice = practice
    g.visit = new
    return new


def wipe(answer: Response) -> Response:
    """Forget the visit, and have the browser forget everything that it keeps of this machine."""
    visits().drop(visit())
    g.wiped = True
    way = entrance()
    answer.headers["Clear-Site-Data"] = way.clears
    answer.delete_cookie(way.cookie, path="/", samesite="Strict", httponly=True, secure=way.sealed)
    return answer


def _admit() -> AnyResponse | None:
    g.held = None
    refused = entrance().too_much()
    if refused is not None:
        return refused
    _check_host_and_origin()
    if request.endpoint not in UNATTENDED:
        site().visited()
    if is_api() or request.endpoint == "static":
        return None
    found = visits().find(request.cookies.get(entrance().cookie))
    fresh = found is None
    if entrance().door and (found is None or request.endpoint in entrance().open):
        g.visit = found or visits().stranger()
        return _at_the_door()
    g.visit = found or visits().begin()
    if request.endpoint not in SIGNLESS:
        visits().touch(g.visit)
    if request.method not in SAFE_METHODS:
        if request.endpoint in UPLOADS:
            request.max_content_length = LARGEST_UPLOAD_BYTES
        most = request.max_content_length
        if most is not None and (request.content_length or 0) > most:
            raise Problem(PHOTO_TOO_LARGE if request.endpoint in UPLOADS else TOO_LARGE)
        if fresh:
            raise Problem(PAGE_EXPIRED)
        sent = request.form.get("csrf", "") or request.headers.get("X-Csrf", "")
        if not hmac.compare_digest(sent.encode(), g.visit.csrf.encode()):
            # sent from this machine's address: with another visit's token it is a page of one that has ended
            raise Problem(PAGE_EXPIRED if sent else FOREIGN_ORIGIN, "the page's token is missing or of another visit")
        # two touches on one button come one after the other: the second finds what the first has done
        g.visit.lock.acquire()
        g.held = g.visit
    return None


def _at_the_door() -> AnyResponse | None:
    """Let through what is open to whoever has no visit; lead everything else to the door."""
    if request.endpoint in entrance().open:
        return None
    if request.endpoint in SIGNLESS:
        # the page that asks belongs to a visit that has ended: it loads again, and finds the door
        return make_response("", 204, {"HX-Refresh": "true"})
    if request.method not in SAFE_METHODS:
        raise Problem(PAGE_EXPIRED)
    return redirect(url_for(entrance().door), 303)


def _check_host_and_origin() -> None:
    host = request.host
    name = host.rsplit(":", 1)[0] if host.rpartition(":")[2].isdigit() else host
    if name not in entrance().hosts and host not in entrance().hosts:
        abort(421)
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{host}":
        raise Problem(FOREIGN_ORIGIN)
    if request.method in SAFE_METHODS and request.endpoint in entrance().open:
        return   # whatever reads codes on a phone may lead here through a page of its own
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise Problem(FOREIGN_ORIGIN)


def _seal(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if request.endpoint == "static":
        answer.headers["Cache-Control"] = "no-cache"
        return answer
    answer.headers["Cache-Control"] = "no-store"
    found = g.get("visit")
    way = entrance()
    if found is not None and found.token and not g.get("wiped") and request.cookies.get(way.cookie) != found.token:
        answer.set_cookie(way.cookie, found.token, path="/", httponly=True, samesite="Strict", secure=way.sealed)
    return answer


def _let_go(_: BaseException | None) -> None:
    held = g.pop("held", None)
    if held is not None:
        held.lock.release()
