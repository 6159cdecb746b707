"""Tokens with which other programs use the hub's interface."""

from dataclasses import dataclass

from flask import Blueprint, request
from werkzeug.wrappers import Response

from edge.ground.clock import moment
from edge.ground.problem import ACCOUNT_FAULTY, NOT_FOUND, REASON_MISSING, Problem
from sync.console import guard, words
from sync.console.frame import render
from sync.console.looks import Look
from sync.console.office import hub, now
from sync.console.problem_page import words_of
from sync.console.say import say as _
from sync.hub import sessions
from sync.hub.tables.sessions import Token

bp = Blueprint("tokens", __name__)


@dataclass(frozen=True)
class TokenLine:
    """One token as the table shows it."""

    id: str
    name: str
    made_by: str
    made: str
    used: str
    state: Look
    live: bool


@bp.get("/tokens")
def show() -> Response:
    """List all tokens."""
    return _page()


@bp.post("/tokens")
def add() -> Response:
    """Make a token; it is shown once."""
    try:
        token, secret = sessions.make_token(hub(), guard.account().actor, request.form.get("name", ""))
    except Problem as problem:
        if problem.kind is not ACCOUNT_FAULTY:
            raise
        return _page(fault=_("写一个名字，1 到 40 个字。"), status=422)
    return render("token_secret.html", token=token, secret=secret)


@bp.get("/tokens/<token_id>/revoke")
def confirm(token_id: str) -> Response:
    """Say what revoking means and ask for the reason."""
    return render("token_confirm.html", token=_token(token_id), fault="")


@bp.post("/tokens/<token_id>/revoke")
def revoke(token_id: str) -> Response:
    """Revoke a token for good."""
    token = _token(token_id)
    try:
        sessions.revoke_token(hub(), guard.account().actor, token_id, request.form.get("reason", ""))
    except Problem as problem:
        if problem.kind is not REASON_MISSING:
            raise
        said, cure = words_of(problem)
        return render("token_confirm.html", problem.kind.status, token=token, fault=f"{said}。{cure}")
    return _page(done=_("已作废：%(name)s", name=token.name))


def _token(token_id: str) -> Token:
    for one in sessions.tokens(hub()):
        if one.id == token_id and one.revoked_at is None:
            return one
    raise Problem(NOT_FOUND)


def _page(fault: str = "", done: str = "", status: int = 200) -> Response:
    return render("tokens.html", status, rows=[_line(one) for one in sessions.tokens(hub())], fault=fault, done=done)


def _line(one: Token) -> TokenLine:
    live = one.revoked_at is None
    return TokenLine(
        one.id,
        one.name,
        one.made_by.partition(":")[2] or one.made_by,
        words.when(moment(one.made_at), now()),
        words.when(moment(one.used_at), now()) if one.used_at else _("还没用过"),
        Look("accepted", "yes", _("有效")) if live else Look("saved", "no", _("已作废")),
        live,
    )
