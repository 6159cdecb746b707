"""Logging in and out, and the language of the pages."""

from flask import Blueprint, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from edge.ground.problem import LOGIN_LOCKED, TOO_MANY_REQUESTS, WRONG_LOGIN, Problem
from sync.console import guard
from sync.console.frame import render
from sync.console.office import hub
from sync.console.permits import may
from sync.console.problem_page import words_of
from sync.hub.accounts import log_in
from sync.hub.sessions import close_session, open_session

bp = Blueprint("door", __name__)


@bp.get("/")
def home() -> Response:
    """Go to the first page that the role has."""
    first = "worklist.show" if may(guard.account().role, "worklist.show") else "sites.show"
    return redirect(url_for(first), 303)


@bp.get("/login")
def show() -> Response:
    """Ask for name and secret."""
    if guard.account_or_none():
        return redirect(url_for("door.home"), 303)
    return render("login.html", said="", cure="", name="")


@bp.post("/login")
def enter() -> Response:
    """Log in. The token is always a new one, so that one planted before is worth nothing."""
    if not current_app.extensions["login_pace"].allows(guard.caller()):
        raise Problem(TOO_MANY_REQUESTS)
    try:
        account = log_in(hub(), request.form.get("name", ""), request.form.get("secret", ""))
    except Problem as problem:
        if problem.kind not in (WRONG_LOGIN, LOGIN_LOCKED):
            raise
        said, cure = words_of(problem)
        return render("login.html", problem.kind.status, said=said, cure=cure, name=request.form.get("name", "")[:64])
    if g.get("session"):
        close_session(hub(), guard.session())
    answer = redirect(url_for("door.home"), 303)
    guard.set_cookie(answer, guard.COOKIE, open_session(hub(), account))
    answer.delete_cookie(guard.DOOR_COOKIE, path=request.script_root or "/", samesite="Strict", httponly=True)
    g.door_token = None
    return answer


@bp.post("/logout")
def leave() -> Response:
    """Log out; the browser forgets what it kept of these pages."""
    close_session(hub(), guard.session())
    answer = redirect(url_for("door.show"), 303)
    answer.delete_cookie(guard.COOKIE, path=request.script_root or "/", samesite="Strict", httponly=True)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@bp.post("/language")
def language() -> Response:
    """Change the language and go on at the first page."""
    answer = redirect(url_for("door.home"), 303)
    guard.set_cookie(answer, guard.LANG_COOKIE, "en" if request.form.get("lang") == "en" else "zh")
    return answer
