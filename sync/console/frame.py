"""One page: what every screen of the console carries around its own content."""

from dataclasses import dataclass

from flask import make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from edge.domain.text import Text
from sync.console import guard, lines, words
from sync.console.lines import Lines
from sync.console.office import catalogue, hub, now
from sync.console.permits import may
from sync.console.say import say as _
from sync.hub.accounts import Role
from sync.hub.standing_still import standing
from sync.hub.tables.accounts import Account


@dataclass(frozen=True)
class Entry:
    """One line of the rail."""

    endpoint: str
    icon: str
    label: str
    number: int | None = None
    here: bool = False

    @property
    def url(self) -> str:
        """Return where it leads."""
        return url_for(self.endpoint)


@dataclass(frozen=True)
class Chrome:
    """Bar, rail and what forms need."""

    lang: str
    county: str
    account: Account | None
    role: str
    csrf: str
    rail: list[tuple[str, list[Entry]]]
    lines: Lines | None
    updated: str
    search: bool
    still: bool   # restored, and what reaches outside was not released yet


def render(template: str, status: int = 200, **values: object) -> Response:
    """Return a page. `values` are finished: templates decide nothing."""
    html = render_template(f"console/{template}", chrome=chrome(), words=words, tr=tr, may=_may, **values)
    return make_response(html, status)


def tr(text: Text | None) -> str:
    """Return a catalogue text in the language of the page."""
    return "" if text is None else text.in_(guard.lang())


def role_name(role: str) -> str:
    """Return a role in words."""
    return {Role.REVIEWER: _("办件"), Role.IT: _("技术"), Role.AUDITOR: _("审计")}.get(Role(role), role)


def department_name(key: str) -> str:
    """Return a department's name, or 全部部门 for ""."""
    if not key:
        return _("全部部门")
    found = catalogue().departments.get(key)
    return tr(found.name) if found else key


def chrome() -> Chrome:
    """Return what stands around the content; nothing but the frame before log-in."""
    who = guard.account_or_none()
    inside = who is not None and not who.must_change
    return Chrome(
        guard.lang(),
        tr(catalogue().county.name),
        who,
        role_name(who.role) if who else "",
        guard.csrf(),
        _rail(who) if who and inside else [],
        lines.lines() if inside else None,
        words.clock(now()),
        bool(inside and who and may(who.role, "worklist.find")),
        bool(inside and standing(hub().store.read())),
    )


def _may(endpoint: str) -> bool:
    who = guard.account_or_none()
    return who is not None and may(who.role, endpoint)


def _rail(who: Account) -> list[tuple[str, list[Entry]]]:
    waiting = lines.waiting(who) if may(who.role, "worklist.show") else None
    parts = [
        (_("办件"), [Entry("worklist.show", "list", _("待办"), waiting)]),
        (
            _("运行"),
            [
                Entry("sites.show", "place", _("站点和设备"), lines.lines().total),
                Entry("tickets.show", "proof", _("新建站点")),
                Entry("usb.show", "usb", _("U 盘")),
                Entry("backups.show", "box", _("备份")),
                Entry("struck_off.show", "hide", _("先放一边的")),
            ],
        ),
        (_("内容"), [Entry("catalogue.show", "book", _("事项目录"), len(catalogue().items))]),
        (_("监督"), [Entry("audit.show", "list", _("审计记录")), Entry("proof.show", "yes", _("没有丢件的证明"))]),
        (
            _("账号"),
            [
                Entry("accounts.show", "person", _("账号")),
                Entry("tokens.show", "box", _("接口令牌")),
                Entry("me.show", "hide", _("我的密码")),
            ],
        ),
    ]
    here = _room(request.endpoint or "")
    here = "worklist" if here in ("case", "case_erase") else here
    here = "sites" if request.endpoint in ("struck_off.warn", "struck_off.strike") else here
    return [
        (title, entries)
        for title, all_of in parts
        if (
            entries := [
                Entry(one.endpoint, one.icon, one.label, one.number, here == _room(one.endpoint))
                for one in all_of
                if may(who.role, one.endpoint)
            ]
        )
    ]


def _room(endpoint: str) -> str:
    return endpoint.partition(".")[0]
