"""Accounts: who there is, a new one, disable, enable, a new secret. Each change asks for a reason and is audited."""

from dataclasses import dataclass

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from edge.ground.clock import moment
from edge.ground.problem import ACCOUNT_FAULTY, LAST_OF_ROLE, NAME_TAKEN, NOT_FOUND, Problem
from sync.console import confirmed, guard, words
from sync.console.confirmed import Act
from sync.console.frame import department_name, render, role_name
from sync.console.looks import Look, account_look
from sync.console.office import catalogue, hub, now
from sync.console.problem_page import sentences_of
from sync.console.say import say as _
from sync.hub import accounts
from sync.hub.accounts import Role
from sync.hub.tables.accounts import Account

bp = Blueprint("accounts", __name__)


@dataclass(frozen=True)
class AccountLine:
    """One account as the table shows it."""

    id: str
    name: str
    display: str
    role: str
    department: str
    state: Look
    last_in: str
    changes: list[tuple[str, str]]


@bp.get("/accounts")
def show() -> Response:
    """List all accounts."""
    return _page({}, {})


@bp.post("/accounts")
def add() -> Response:
    """Make an account; its first secret is shown once."""
    typed = {key: request.form.get(key, "").strip() for key in ("name", "display", "role", "department")}
    if typed["department"] and typed["department"] not in catalogue().departments:
        typed["department"] = ""
    try:
        made, secret = accounts.add_account(
            hub(), guard.account().actor, typed["name"], typed["display"], typed["role"], typed["department"]
        )
    except Problem as problem:
        if problem.kind not in (ACCOUNT_FAULTY, NAME_TAKEN):
            raise
        return _page(typed, {"form": sentences_of(problem)}, problem.kind.status)
    return render("account_secret.html", account=made, secret=secret, said=_("账号开好了"))


@bp.get("/accounts/<account_id>/<change>")
def confirm(account_id: str, change: str) -> Response:
    """Say what a change means and ask for the reason."""
    return confirmed.ask(_act(accounts.account(hub(), account_id), change))


@bp.post("/accounts/<account_id>/<change>")
def change(account_id: str, change: str) -> Response:
    """Make the change."""
    account = accounts.account(hub(), account_id)

    def do(actor: str, reason: str) -> Response:
        if change == "reset":
            secret = accounts.reset(hub(), actor, account.id, reason)
            return render("account_secret.html", account=account, secret=secret, said=_("密码重置好了"))
        accounts.set_state(hub(), actor, account.id, "disabled" if change == "disable" else "active", reason)
        done = {"disable": _("已停用：%(name)s", name=account.display),
                "enable": _("已启用：%(name)s", name=account.display)}
        return _page({}, {}, done=done[change])

    return confirmed.carry_out(_act(account, change), do, LAST_OF_ROLE)


def _page(typed: dict[str, str], errors: dict[str, str], status: int = 200, done: str = "") -> Response:
    departments = [(key, department_name(key)) for key in ("", *catalogue().departments)]
    return render(
        "accounts.html",
        status,
        rows=[_line(one) for one in accounts.everyone(hub())],
        typed=typed,
        errors=errors,
        done=done,
        roles=[(role.value, role_name(role), _duty(role)) for role in Role],
        departments=departments,
    )


def _duty(role: Role) -> str:
    return {
        Role.REVIEWER: _("看材料，作决定"),
        Role.IT: _("管站点、设备、事项、账号；看不到材料"),
        Role.AUDITOR: _("看审计记录；什么都不能改"),
    }[role]


def _line(one: Account) -> AccountLine:
    changes = [("reset", _("重置密码"))]
    changes.append(("disable", _("停用")) if one.state == "active" else ("enable", _("启用")))
    last_in = words.when(moment(one.last_in_at), now()) if one.last_in_at else _("还没登录过")
    return AccountLine(
        one.id,
        one.name,
        one.display,
        role_name(one.role),
        department_name(one.department),
        account_look(one),
        last_in,
        changes,
    )


def _act(account: Account, change: str) -> Act:
    name, way = account.display, ((_("账号"), url_for(".show")),)
    acts = {
        "disable": Act(_("停用 %(name)s", name=name), _("停用"), way,
                       _("马上退出所有登录，以后不能登录。名字和记录都留着，可以再启用。"), sub=account.name),
        "enable": Act(_("启用 %(name)s", name=name), _("启用"), way,
                      _("原来的密码又能登录。不放心就改为重置密码。"), sub=account.name, grave=False),
        "reset": Act(
            _("重置 %(name)s 的密码", name=name), _("重置密码"), way,
            _("旧密码马上作废，所有登录都退出，锁也解开。新密码只显示一次，本人第一次登录必须换掉。"),
            sub=account.name, grave=False),
    }
    if change not in acts:
        raise Problem(NOT_FOUND)
    return acts[change]
