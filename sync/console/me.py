"""One's own account: the secret."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from edge.ground.problem import LOGIN_LOCKED, WEAK_SECRET, WRONG_LOGIN, Problem
from sync.console import guard
from sync.console.frame import render
from sync.console.office import hub
from sync.console.problem_page import words_of
from sync.console.say import say as _
from sync.hub.accounts import change_secret

bp = Blueprint("me", __name__)


@bp.get("/me")
def show() -> Response:
    """Show who is logged in, and the way to another secret."""
    return render("me.html", errors={}, done=False, must_change=guard.account().must_change)


@bp.post("/me/secret")
def change() -> Response:
    """Replace the secret; other browsers of this account are logged out."""
    old, new, again = (request.form.get(key, "") for key in ("old", "new", "again"))
    if new != again:
        return _faulty("again", _("两次写的不一样。请再写一遍。"))
    try:
        change_secret(hub(), guard.account().id, old, new, keep=guard.session().token_hash)
    except Problem as problem:
        places = {WRONG_LOGIN.code: "old", LOGIN_LOCKED.code: "old", WEAK_SECRET.code: "new"}
        if problem.kind.code not in places:
            raise
        said, cure = words_of(problem)
        if problem.kind is WRONG_LOGIN:
            said, cure = _("现在的密码不对。"), _("再写一遍。")
        return _faulty(places[problem.kind.code], f"{said} {cure}")
    return render("me.html", errors={}, done=True, must_change=False)


def _faulty(place: str, words: str) -> Response:
    return render("me.html", 422, errors={place: words}, done=False, must_change=guard.account().must_change)
