"""The road: 已保存, 已送达, 已受理. Travelled is solid; a stop that is not reached never says the goal's bare word."""

from dataclasses import dataclass
from datetime import datetime

from edge.desk.track import Tracked
from edge.domain.submission import State
from edge.kiosk import words
from edge.kiosk.saying import _
from edge.kiosk.site_here import site

DELIVERED = frozenset({State.HELD, State.SAFE, State.ACCEPTED, State.REJECTED, State.NEEDS_CORRECTION, State.DONE})


@dataclass(frozen=True)
class Stop:
    """One stop: done, waiting or returned; its words; a line or two below."""

    mark: str
    label: str
    notes: tuple[str, ...] = ()


def short_road(at: datetime) -> list[Stop]:
    """Return the road of a form that was saved just now."""
    return [
        Stop("done", _("已保存"), (_("在这台机器里"), words.when(at, site().clock.now()))),
        Stop("waiting", _("还没送达"), (_("线路通了"), _("自动送到县里"))),
        Stop("waiting", _("还没受理"), (_("县里看过"), _("才算受理"))),
    ]


def long_road(case: Tracked, department: str) -> list[Stop]:
    """Return the road of a case, as far as this machine knows."""
    now = site().clock.now()
    saved = _("%(when)s · 存在%(place)s", when=words.when(case.lodged_at, now), place=case.site)
    return [
        Stop("done", _("已保存"), (saved,)),
        _delivered(case, now),
        _accepted(case, department, now),
        _finished(case, now),
    ]


def _delivered(case: Tracked, now: datetime) -> Stop:
    if case.state not in DELIVERED:
        return Stop("waiting", _("还没送达"), (_("线路通了，自动送到县里"),))
    if case.resending:
        return Stop("done", _("已送达"), (_("县里的机器换过，正在重新核对"),))
    at = words.when(case.held_at, now) if case.held_at else ""
    return Stop(
        "done",
        _("已送达"),
        (_("%(when)s · 县里的机器收到了，内容完整", when=at) if at else _("县里的机器收到了，内容完整"),),
    )


def _accepted(case: Tracked, department: str, now: datetime) -> Stop:
    at = words.when(case.decided_at, now) if case.decided_at else ""
    if case.state is State.NEEDS_CORRECTION:
        return Stop("returned", _("要补材料"), (_("%(when)s · %(department)s", when=at, department=department),))
    if case.state is State.REJECTED:
        return Stop("returned", _("不予受理"), (_("%(when)s · %(department)s", when=at, department=department),))
    if case.state is State.ACCEPTED:
        return Stop("done", _("已受理"), (at,))
    if case.state is State.DONE:
        return Stop("done", _("已受理"))
    if case.state in DELIVERED:
        return Stop(
            "waiting",
            _("还没受理"),
            (_("%(department)s正在看。受理了，这里会写“已受理”和日期", department=department),),
        )
    return Stop("waiting", _("还没受理"), (_("县里看过，才算受理"),))


def _finished(case: Tracked, now: datetime) -> Stop:
    if case.state is State.DONE:
        return Stop("done", _("已办结"), (words.when(case.decided_at, now) if case.decided_at else "",))
    if case.state is State.REJECTED:
        return Stop("waiting", _("没有办成"))
    return Stop("waiting", _("还没办结"), (_("办结后，这里写结果和为什么"),))
