"""Sites and devices: who was heard of when, what still lies there, what needs a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, pi, sin

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from edge.ground.problem import NOT_FOUND, Problem
from sync.console import guard, words
from sync.console.alarm_words import AlarmWords, alarm_words
from sync.console.by_stick import last_stick
from sync.console.frame import render
from sync.console.lines import lines, state_of
from sync.console.looks import Look, line_look
from sync.console.office import hub, machines, now
from sync.console.say import say as _
from sync.hub import registry
from sync.hub.reason import stated
from sync.hub.registry import DeviceView
from sync.hub.tables import alarms, envelopes

bp = Blueprint("sites", __name__)
RANK = {"down": 0, "never": 1, "sending": 2, "up": 3}
SKEW = timedelta(minutes=5)
WIDTH, HEIGHT, RING = 600.0, 420.0, 0.78
MOST_ON_MAP = 40


@dataclass(frozen=True)
class DeviceLine:
    """One device as the list shows it."""

    device: str
    site: str
    label: str
    look: Look
    state: str
    heard: str
    queue: int
    as_of: str
    held: int
    remark: str
    urgency: str


@dataclass(frozen=True)
class Dot:
    """One site on the schematic: where, how it stands, what lies there."""

    x: float
    y: float
    name: str
    state: str
    queue: int


@bp.get("/sites")
def show() -> Response:
    """Show the figures, the schematic and the list, trouble first."""
    found = sorted(
        (_line(one) for one in machines()), key=lambda one: (one.urgency == "", RANK.get(one.state, 9), one.site)
    )
    down = [one for one in machines() if one.down and one.last_exchange]
    longest = max((now() - one.last_exchange for one in down if one.last_exchange), default=None)
    counts = envelopes.counts(hub().store.read())
    trouble = [one for one in found if one.urgency]
    return render(
        "sites.html",
        rows=found,
        trouble=len(trouble),
        lines=lines(),
        waiting=sum(one.queue for one in found),
        longest=words.span(longest) if longest else "",
        sites=len(registry.sites(hub())),
        dots=_dots(),
        width=WIDTH,
        height=HEIGHT,
        alarms=_alarms(),
        kept_back=[(label, number) for state, label in _kept_back() if (number := counts.get(state, 0))],
        done=_("已记下。") if request.args.get("said") == "closed" else "",
        fault=request.args.get("said") == "reason",
    )


@bp.get("/devices/<device>")
def device(device: str) -> Response:
    """Show one device."""
    for one in machines():
        if one.device == device:
            own = [alarm_words(alarm) for alarm in registry.open_alarms(hub()) if alarm.subject == device]
            return render(
                "device.html", line=_line(one), device=one, alarms=own, skew=_skew(one), figures=_figures(one),
                stick=last_stick(one.device),
            )
    raise Problem(NOT_FOUND)


@bp.post("/alarms/<int(max=999999999):alarm_id>/close")
def close(alarm_id: int) -> Response:
    """Close an alarm with a word on what was done."""
    done = " ".join(request.form.get("words", "").split())[:200]
    if len(done) < 2:
        return redirect(url_for(".show", said="reason"), 303)
    registry.close_alarm(hub(), alarm_id, guard.account().actor, stated(done))
    return redirect(url_for(".show", said="closed"), 303)


def _alarms() -> list[AlarmWords]:
    return [alarm_words(alarm) for alarm in alarms.still_open(hub().store.read())]


def _kept_back() -> tuple[tuple[str, str], ...]:
    return (
        ("set_aside", _("被吊销的机器交来的，先放一边，等人决定")),
        ("unopenable", _("打不开的，居民会看到“请再来交一次”")),
        ("unknown_kind", _("这个版本不认识的，先留着，升级后再看")),
    )


def _figures(one: DeviceView) -> dict[str, object]:
    as_of = words.when(one.last_exchange, now()) if one.last_exchange else ""
    return {
        "enrolled": words.exact(one.enrolled_at)[:10],
        "software": one.condition.software or "—",
        "heard": as_of or _("还没通过话"),
        "free": _gigabytes(one.condition.free_bytes),
        "as_of": as_of,
        "queue": one.waiting,
        "taken": one.condition.taken,
        "held": one.held,
        "down": one.down,
    }


def _gigabytes(free: int) -> str:
    return f"{free / 1e9:.1f} GB" if free else "—"


def _line(one: DeviceView) -> DeviceLine:
    state = state_of(one)
    as_of = words.when(one.last_exchange, now()) if one.last_exchange and state == "down" else ""
    return DeviceLine(
        one.device,
        one.site,
        one.label,
        line_look(state),
        state,
        _heard(one.last_exchange),
        one.waiting,
        as_of,
        one.held,
        _remark(one, state),
        _urgency(one, state),
    )


def _heard(last: datetime | None) -> str:
    if last is None:
        return _("还没通过话")
    ago = now() - last
    return _("刚刚") if ago < timedelta(minutes=2) else _("%(span)s前", span=words.span(ago))


def _remark(one: DeviceView, state: str) -> str:
    said = []
    if one.state == "revoked":
        said.append(_("身份已吊销"))
    if one.state == "suspect":
        said.append(_("身份可疑，等人决定"))
    if one.condition.incarnations > 1:
        said.append(_("换过或恢复过数据 %(n)d 次", n=one.condition.incarnations - 1))
    if _skew(one):
        said.append(_("时钟%(skew)s", skew=_skew(one)))
    if state == "down":
        said.append(_("存着，线路通了自动送"))
    if state == "sending":
        said.append(_how_far(one))
    return "；".join(said) if guard.lang() == "zh" else "; ".join(said)


def _how_far(one: DeviceView) -> str:
    """Return what still is on its way, and about how long that takes if the machine knew."""
    left = _("正在送，还剩 %(n)d 件", n=one.waiting) if one.waiting else _("正在送照片")
    minutes = -(-one.condition.seconds_left // 60)
    return left + (_("，大约还要 %(n)d 分钟", n=minutes) if minutes else "")


def _skew(one: DeviceView) -> str:
    if one.device_time is None or one.last_exchange is None:
        return ""
    gap = one.device_time - one.last_exchange
    if abs(gap) < SKEW:
        return ""
    return _("快 %(span)s", span=words.span(gap)) if gap > timedelta(0) else _("慢 %(span)s", span=words.span(-gap))


def _urgency(one: DeviceView, state: str) -> str:
    if one.state != "active" or (
        state == "down" and one.last_exchange and now() - one.last_exchange > timedelta(days=1)
    ):
        return "late"
    return "near" if state in ("down", "never") or _skew(one) else ""


def _dots() -> list[Dot]:
    """Return the sites around the county; a schematic, not a map. A site stands as its worst device does."""
    worst: dict[str, list[DeviceView]] = {}
    for one in machines():
        worst.setdefault(one.site, []).append(one)
    dots, names = [], sorted(worst)[:MOST_ON_MAP]
    for at, name in enumerate(names):
        angle = 2 * pi * at / max(len(names), 1) - pi / 2
        reach = RING * (1.0 if at % 2 or len(names) < 9 else 0.62)
        states = sorted((state_of(one) for one in worst[name]), key=lambda state: RANK[state])
        dots.append(
            Dot(
                round(WIDTH / 2 + cos(angle) * WIDTH / 2 * reach, 1),
                round(HEIGHT / 2 + sin(angle) * HEIGHT / 2 * reach, 1),
                name,
                states[0],
                sum(one.waiting for one in worst[name]),
            )
        )
    return dots
