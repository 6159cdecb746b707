"""The road: 已保存, 已送达, 已受理. Travelled is solid; a stop that is not reached never says the goal's bare word."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from edge.desk.lodge import PHONE
from edge.desk.site import Line
from edge.desk.track import Tracked
from edge.domain.submission import State
from edge.kiosk import words
from edge.kiosk.saying import _
from edge.kiosk.site_here import channel, site

DELIVERED = frozenset({State.HELD, State.SAFE, State.ACCEPTED, State.REJECTED, State.NEEDS_CORRECTION, State.DONE})


@dataclass(frozen=True)
class Stop:
    """One stop: done, waiting or returned; its words; a line or two below."""

    mark: str
    label: str
    notes: tuple[str, ...] = ()


def short_road(at: datetime, state: State) -> list[Stop]:
    """Return the road of a form that was saved here, as far as it has come."""
    where = _("在站里") if channel() == PHONE else _("在这台机器里")
    saved = Stop("done", _("已保存"), (where, words.when(at, site().clock.now())))
    if state not in DELIVERED:
        delivered = Stop("waiting", _("还没送达"), _on_the_way(state))
    else:
        delivered = Stop("done", _("已送达"), (_("县里收到了"), _("内容完整")))
    if state in (State.ACCEPTED, State.DONE):
        return [saved, delivered, Stop("done", _("已受理"))]
    if state in (State.REJECTED, State.NEEDS_CORRECTION):
        told = _("不予受理") if state is State.REJECTED else _("要补材料")
        return [saved, delivered, Stop("returned", told, (_("按“看办到哪了”"),))]
    return [saved, delivered, Stop("waiting", _("还没受理"), (_("县里看过"), _("才算受理")))]


def _on_the_way(state: State) -> tuple[str, ...]:
    line = site().line().state
    if line is Line.DOWN:
        return _("线路通了"), _("自动送到县里")
    return (_("正在往县里送"),) if state is State.IN_FLIGHT or line is Line.SENDING else (_("马上送到县里"),)


def long_way(state: State) -> str:
    """Return the same on one line."""
    return _("线路通了，自动送到县里") if site().line().state is Line.DOWN else _on_the_way(state)[0]


def on_its_way(state: State, department: str) -> Markup:
    """Return the sentence on where what was filled goes now, as HTML: a word of it is bold."""
    name, line = escape(department), site().line().state
    if state in DELIVERED:
        told = _("填的内容<b>送到了</b>%(department)s。", department=name)
    elif line is Line.DOWN:
        told = _("线路通了，填的内容<b>自动送到</b>%(department)s。", department=name)
    elif state is State.IN_FLIGHT or line is Line.SENDING:
        told = _("填的内容<b>正在送往</b>%(department)s。", department=name)
    else:
        told = _("填的内容<b>马上送到</b>%(department)s。", department=name)
    return Markup(told)  # nosec B704 - our own words, and the county's name of a department made harmless


def long_road(case: Tracked, department: str) -> list[Stop]:
    """Return the road of a case, as far as this machine knows."""
    now = site().clock.now()
    saved = _("%(when)s · 存在%(place)s", when=words.when(case.lodged_at, now), place=case.site)
    return [
        Stop("done", _("已保存"), (saved,)),
        _delivered(case, now),
        *_amended(case),
        _accepted(case, department, now),
        _finished(case, now),
    ]


def _amended(case: Tracked) -> list[Stop]:
    if case.state not in DELIVERED:
        return [Stop("waiting", _("补的材料还没送达"), (long_way(case.state),))] if case.held_at is not None else []
    return [Stop("done", _("补的材料送到了"))] if case.corrected and case.state is not State.NEEDS_CORRECTION else []


def _delivered(case: Tracked, now: datetime) -> Stop:
    if case.state not in DELIVERED and case.held_at is None:
        return Stop("waiting", _("还没送达"), (long_way(case.state),))
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
            (_("等%(department)s看。受理了，这里会写“已受理”和日期", department=department),),
        )
    return Stop("waiting", _("还没受理"), (_("县里看过，才算受理"),))


def _finished(case: Tracked, now: datetime) -> Stop:
    if case.state is State.DONE:
        return Stop("done", _("已办结"), (words.when(case.decided_at, now) if case.decided_at else "",))
    if case.state is State.REJECTED:
        return Stop("waiting", _("没有办成"))
    if case.result:
        return Stop("waiting", _("还没办结"))
    return Stop("waiting", _("还没办结"), (_("办结后，这里写结果和为什么"),))
