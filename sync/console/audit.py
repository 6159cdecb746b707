"""The audit: who did what to what, and whether the chain still holds."""

from collections import deque
from dataclasses import dataclass, field

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from edge.domain.audit import EMPTY, Line, seal_line
from edge.ground.clock import moment
from edge.ground.ids import JSON
from sync.console import words
from sync.console.frame import render
from sync.console.office import hub, people
from sync.console.say import say as _
from sync.hub.audit import lines

bp = Blueprint("audit", __name__)
ON_A_PAGE = 100


@dataclass(frozen=True)
class AuditLine:
    """One line as the table shows it; `hash` is its beginning."""

    number: int
    at: str
    actor: str
    act: str
    subject: str
    facts: str
    hash: str


@dataclass
class Found:
    """What one walk along the chain found; `broken` is the first line that does not follow from those before."""

    head: bytes
    total: int = 0
    broken: int | None = None
    more: bool = False
    lines: list[AuditLine] = field(default_factory=list)
    acts: set[str] = field(default_factory=set)
    actors: set[str] = field(default_factory=set)


@bp.get("/audit")
def show() -> Response:
    """Show the newest lines that fit the filter, and the state of the whole chain."""
    act, actor = (request.args.get(key, "") for key in ("act", "actor"))
    found = _read(act, actor, request.args.get("before", type=int))
    older = url_for(".show", act=act or None, actor=actor or None, before=found.lines[-1].number) if found.more else ""
    return render(
        "audit.html",
        rows=found.lines,
        total=found.total,
        broken=found.broken,
        older=older,
        act=act,
        actor=actor,
        acts=[(one, act_words(one)) for one in sorted(found.acts)],
        actors=[(one, _who(one)) for one in sorted(found.actors)],
        head=found.head.hex()[:16],
    )


def _read(act: str, actor: str, before: int | None) -> Found:
    """Walk the whole chain once: check every line, and keep the newest that fit."""
    kept: deque[tuple[Line, bytes]] = deque(maxlen=ON_A_PAGE + 1)
    found = Found(head=EMPTY)
    for line, hash_ in lines(hub()):
        found.total += 1
        if found.broken is None and (line.number != found.total or seal_line(found.head, line) != hash_):
            found.broken = found.total
        found.head = hash_
        found.acts.add(line.act)
        found.actors.add(line.actor)
        fits = act in ("", line.act) and actor in ("", line.actor)
        if fits and (before is None or line.number < before):
            kept.append((line, hash_))
    found.more = len(kept) > ON_A_PAGE
    found.lines = [_line(line, hash_) for line, hash_ in reversed(kept)][:ON_A_PAGE]
    return found


def _line(line: Line, hash_: bytes) -> AuditLine:
    told = ((key, value) for key, value in line.facts.items() if value not in ("", [], None))
    facts = " · ".join(f"{_fact(key)}：{_value(key, value)}" for key, value in told)
    subject = people().get(line.subject, line.subject)
    return AuditLine(
        line.number,
        words.exact(moment(line.at)),
        _who(line.actor),
        act_words(line.act),
        subject if len(subject) <= 16 or " " in subject else subject[:12] + "…",
        facts,
        hash_.hex()[:8],
    )


def _who(actor: str) -> str:
    if actor in people():
        return f"{people()[actor]} ({actor.partition(':')[2]})"
    return {"hub": _("县平台"), "console": _("登录页")}.get(actor, actor)


def _fact(key: str) -> str:
    return {
        "reason": _("理由"),
        "why": _("为什么"),
        "step": _("第几步"),
        "asks": _("要补"),
        "tries": _("第几次"),
        "role": _("角色"),
        "department": _("部门"),
        "name": _("名字"),
        "version": _("版本"),
        "ticket": _("登记码编号"),
        "site": _("站点"),
        "label": _("设备"),
    }.get(key, key)


def _value(key: str, value: JSON) -> str:
    if key == "why" and isinstance(value, str):
        name, _colon, reason = value.partition(": ")
        shown = name.partition(" ")[2]
        if name.startswith("reveal "):
            return _("看全 %(field)s，%(reason)s", field=shown, reason=reason)
        return {"read": _("打开"), "decide": _("作决定")}.get(value, value)
    return "、".join(str(one) for one in value) if isinstance(value, list) else str(value)


def act_words(act: str) -> str:
    """Return an act in words; one that is not known here keeps its name."""
    return (_of_cases() | _of_the_hub()).get(act, act)


def _of_the_hub() -> dict[str, str]:
    return {
        "login": _("登录"),
        "login.fail": _("登录没成"),
        "logout": _("退出"),
        "account.add": _("开账号"),
        "account.secret": _("换密码"),
        "account.reset": _("重置密码"),
        "account.disabled": _("停用账号"),
        "account.active": _("启用账号"),
        "token.add": _("开令牌"),
        "token.revoke": _("作废令牌"),
        "import-file": _("读入 U 盘文件"),
        "backup": _("备份"),
        "backup-retired": _("退役一份备份"),
        "backup-settings": _("改备份设置"),
        "recovery-code": _("开恢复码"),
        "release-outside": _("放行对外接口"),
        "link-rules": _("改线路规则"),
        "revoke": _("吊销机器"),
        "lift": _("读入机器的硬盘"),
        "restore": _("从备份恢复"),
        "key-mended": _("钥匙文件修好一处"),
        "publish": _("发布"),
        "issue-ticket": _("开登记码"),
        "add-site": _("加站点"),
        "enrol": _("设备登记"),
        "enrol-again": _("设备重新登记"),
        "close-alarm": _("了结提醒"),
    }


def _of_cases() -> dict[str, str]:
    return {
        "read-case": _("看案件"),
        "read-material": _("看照片"),
        "give-up-materials": _("不再等照片"),
        "lost": _("照片丢失"),
        "release-aside": _("放行先放一边的"),
        "refuse-aside": _("不收先放一边的"),
        "accept": _("受理"),
        "return": _("退补"),
        "reject": _("不予受理"),
        "finish": _("办结"),
        "erase": _("依法删除"),
        "open": _("收到案件"),
        "amend": _("收到补正"),
        "unopenable": _("打不开"),
    }
