"""The door of the kiosk: who may ask, and what every answer carries.

Other programs and web pages can reach 127.0.0.1 too. So each request must name this machine (Host), must not come from
another site (Origin, Sec-Fetch-Site), and whatever changes something carries the visit's own token.
"""

import hmac

from flask import Flask, Response, abort, current_app, g, request

from edge.ground.problem import FOREIGN_ORIGIN, PAGE_EXPIRED, PHOTO_TOO_LARGE, Problem
from edge.kiosk.site_here import site
from edge.kiosk.upload import LARGEST_UPLOAD_BYTES, UPLOADS
from edge.kiosk.visit import Visit, Visits

COOKIE = "visit"
OWN_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SIGNLESS = frozenset(
    {
        "home.ready", "line.show", "line.clock", "leave.idle", "receipt.after", "receipt.print_state",
        "correct.after", "static",
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


def install(app: Flask, visits: Visits, hosts: frozenset[str]) -> None:
    """Put the guard before and after every route of `app`, also those that others register later."""
    app.extensions["visits"] = visits
    app.config["HOSTS"] = OWN_HOSTS | hosts
    app.before_request(_admit)
    app.after_request(_seal)
    app.teardown_request(_let_go)


def visits() -> Visits:
    """Return all visits of this machine."""
    found: Visits = current_app.extensions["visits"]
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
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    answer.delete_cookie(COOKIE, path="/", samesite="Strict", httponly=True)
    return answer


def _admit() -> None:
    g.held = None
    _check_host_and_origin()
    if request.endpoint not in UNATTENDED:
        site().visited()
    if is_api() or request.endpoint == "static":
        return
    found = visits().find(request.cookies.get(COOKIE))
    fresh = found is None
    g.visit = found or visits().begin()
    if request.endpoint not in SIGNLESS:
        visits().touch(g.visit)
    if request.method not in SAFE_METHODS:
        if request.endpoint in UPLOADS:
            if (request.content_length or 0) > LARGEST_UPLOAD_BYTES:
                raise Problem(PHOTO_TOO_LARGE)
            request.max_content_length = LARGEST_UPLOAD_BYTES
        if fresh:
            raise Problem(PAGE_EXPIRED)
        sent = request.form.get("csrf", "") or request.headers.get("X-Csrf", "")
        if not hmac.compare_digest(sent.encode(), g.visit.csrf.encode()):
            raise Problem(FOREIGN_ORIGIN, "the token of the page is missing or wrong")
        # two touches on one button come one after the other: the second finds what the first has done
        g.visit.lock.acquire()
        g.held = g.visit


def _check_host_and_origin() -> None:
    host = request.host
    name = host.rsplit(":", 1)[0] if host.rpartition(":")[2].isdigit() else host
    if name not in current_app.config["HOSTS"] and host not in current_app.config["HOSTS"]:
        abort(421)
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{host}":
        raise Problem(FOREIGN_ORIGIN)
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
    if found is not None and not g.get("wiped") and request.cookies.get(COOKIE) != found.token:
        answer.set_cookie(COOKIE, found.token, path="/", httponly=True, samesite="Strict")
    return answer


def _let_go(_: BaseException | None) -> None:
    held = g.pop("held", None)
    if held is not None:
        held.lock.release()
