"""Tokens with which other programs use the hub's interface."""

from dataclasses import dataclass

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from edge.ground.clock import moment
from edge.ground.problem import ACCOUNT_FAULTY, NOT_FOUND, Problem
from sync.console import confirmed, guard, words
from sync.console.confirmed import Act
from sync.console.frame import render
from sync.console.looks import Look
from sync.console.office import hub, now
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
    return confirmed.ask(_act(_token(token_id)))


@bp.post("/tokens/<token_id>/revoke")
def revoke(token_id: str) -> Response:
    """Revoke a token for good."""
    token = _token(token_id)

    def do(actor: str, reason: str) -> Response:
        sessions.revoke_token(hub(), actor, token.id, reason)
        return _page(done=_("已作废：%(name)s", name=token.name))

    return confirmed.carry_out(_act(token), do)


def _act(token: Token) -> Act:
    return Act(_("作废令牌：%(name)s", name=token.name), _("作废"), ((_("接口令牌"), url_for(".show")),),
               _("用它的程序马上连不上。"), _("作废以后不能恢复，只能再开一个。"))


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
