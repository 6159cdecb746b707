"""Machines that are struck off: how one is, and what a person decides about what it sent."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from edge.ground.clock import moment
from edge.ground.problem import NOT_FOUND, Problem
from sync.console import confirmed, words
from sync.console.confirmed import Act
from sync.console.frame import render
from sync.console.office import hub, machines, now
from sync.console.say import say as _
from sync.hub import aside, revoke
from sync.hub.aside import Waiting
from sync.hub.registry import DeviceView

bp = Blueprint("struck_off", __name__)


@dataclass(frozen=True)
class AsideLine:
    """What one device sent, as the table shows it."""

    device: str
    site: str
    label: str
    envelopes: int
    first: str
    last: str


@bp.get("/set-aside")
def show() -> Response:
    """List what waits for a person."""
    said = {"released": _("已放行，马上打开。"), "refused": _("已决定不收；材料还留着。")}
    return render("set_aside.html", rows=[_line(one) for one in aside.waiting(hub())],
                  done=said.get(request.args.get("said", ""), ""))


@bp.get("/set-aside/<device>/<verb>")
def confirm(device: str, verb: str) -> Response:
    """Say what it means and ask for the reason."""
    return confirmed.ask(_decision(_waiting(device), verb))


@bp.post("/set-aside/<device>/<verb>")
def decide(device: str, verb: str) -> Response:
    """Release or refuse what one device sent."""
    waiting, release = _waiting(device), verb == "release"

    def do(actor: str, reason: str) -> Response:
        (aside.release if release else aside.refuse)(hub(), bytes.fromhex(waiting.device), actor, reason)
        return redirect(url_for(".show", said="released" if release else "refused"), 303)

    return confirmed.carry_out(_decision(waiting, verb), do)


@bp.get("/devices/<device>/revoke")
def warn(device: str) -> Response:
    """Say what striking off means and ask for the reason."""
    return confirmed.ask(_striking(_active(device)))


@bp.post("/devices/<device>/revoke")
def strike(device: str) -> Response:
    """Strike a device off for good."""
    one = _active(device)

    def do(actor: str, reason: str) -> Response:
        revoke.revoke(hub(), bytes.fromhex(one.device), actor, reason)
        return redirect(url_for("sites.device", device=one.device), 303)

    return confirmed.carry_out(_striking(one), do)


def _striking(one: DeviceView) -> Act:
    name = f"{one.site} {one.label}"
    return Act(
        _("吊销：%(name)s", name=name),
        _("吊销这台机器"),
        ((_("站点和设备"), url_for("sites.show")), (name, url_for("sites.device", device=one.device))),
        _("吊销了就收不回。"),
        _("机器被偷、丢了、卖了才吊销。它一通话就毁掉自己的钥匙，不再收件；从备份恢复也回不来。"),
        (
            _("它已经交来的案件照办。"),
            _("它还没送完的 %(n)d 件留在硬盘里；硬盘拿得到，可以在县里读出来，先放一边，等人决定。",
              n=one.condition.queue),
            _("这个站点要接着办事，给另一台机器开新的登记码。"),
        ),
        final=True,
    )


def _decision(waiting: Waiting, verb: str) -> Act:
    if verb not in ("release", "refuse"):
        raise Problem(NOT_FOUND)
    way = ((_("先放一边的"), url_for(".show")),)
    whose = f"{waiting.site} {waiting.label} · " + _("%(n)d 份", n=waiting.envelopes)
    if verb == "release":
        return Act(
            _("放行这台机器的材料"), _("放行"), way, _("放行以后，和别的材料一样立案。"),
            _("先问清楚：这些材料真是居民交的吗？之后它再交来的，还是先放一边。"), sub=whose, grave=False)
    return Act(_("不收这台机器的材料"), _("不收"), way, _("不收以后不会立案。"),
               _("材料留着，审计查得到。居民那边请站点去说。"), sub=whose)


def _waiting(device: str) -> Waiting:
    for one in aside.waiting(hub()):
        if one.device == device:
            return one
    raise Problem(NOT_FOUND)


def _active(device: str) -> DeviceView:
    for one in machines():
        if one.device == device and one.state != "revoked":
            return one
    raise Problem(NOT_FOUND)


def _line(one: Waiting) -> AsideLine:
    first, last = (words.when(moment(at), now()) for at in (one.first_at, one.last_at))
    return AsideLine(one.device, one.site, one.label, one.envelopes, first, last)
