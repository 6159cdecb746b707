"""The hub's side for machines and programs: ferry and interface, apart from the pages for people.

No cookie, no page, no language but the caller's: so the console's guard has nothing to let pass here, and a fault in
these routes is told in RFC 9457 and never as a page.
"""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from edge.ground.logbook import get_logger
from edge.ground.problem import Problem
from edge.ground.web import close_door, refuse, refuse_fault, refuse_http
from sync.hub import api, ferry_web
from sync.hub.hub import Hub
from sync.protocol.messages import LARGEST_MESSAGE

FOR_PROGRAMS = ("/api/", "/ferry/")
_log = get_logger("hub")


def create_hub_app(hub: Hub) -> Flask:
    """Return what machines (`/ferry/v1`) and programs (`/api/v1`) may ask of one hub."""
    app = Flask("sync.hub", static_folder=None)
    app.config.update(HUB=hub, MAX_CONTENT_LENGTH=LARGEST_MESSAGE)
    app.register_blueprint(ferry_web.bp)
    app.register_blueprint(api.bp)
    app.register_error_handler(Problem, refuse)
    app.register_error_handler(HTTPException, refuse_http)
    app.register_error_handler(Exception, _refuse_fault)
    app.after_request(close_door)
    return app


def _refuse_fault(fault: Exception) -> Response:
    return refuse_fault(fault, _log)


def side_by_side(programs: WSGIApplication, people: WSGIApplication) -> WSGIApplication:
    """Return one application on one address: `/api/` and `/ferry/` are answered by `programs`, all else by `people`."""

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        chosen = programs if environ.get("PATH_INFO", "").startswith(FOR_PROGRAMS) else people
        return chosen(environ, start)

    return answer
