"""Machines that are struck off: how one is, and what a person decides about what it sent."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from edge.ground.clock import moment
from edge.ground.problem import NOT_FOUND, REASON_MISSING, Problem
from sync.console import guard, words
from sync.console.frame import render
from sync.console.office import hub, machines, now
from sync.console.problem_page import words_of
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
    return _ask(_waiting(device), verb)


@bp.post("/set-aside/<device>/<verb>")
def decide(device: str, verb: str) -> Response:
    """Release or refuse what one device sent."""
    waiting = _waiting(device)
    act = aside.release if verb == "release" else aside.refuse
    try:
        act(hub(), bytes.fromhex(waiting.device), guard.account().actor, request.form.get("reason", ""))
    except Problem as problem:
        return _ask(waiting, verb, problem)
    return redirect(url_for(".show", said="released" if verb == "release" else "refused"), 303)


@bp.get("/devices/<device>/revoke")
def warn(device: str) -> Response:
    """Say what striking off means and ask for the reason."""
    return _warn(_active(device))


@bp.post("/devices/<device>/revoke")
def strike(device: str) -> Response:
    """Strike a device off for good. The word is typed, so that no slip of the hand does it."""
    one = _active(device)
    if request.form.get("sure", "") != "yes":
        return _warn(one, _("要勾上“我知道收不回”。"))
    try:
        revoke.revoke(hub(), bytes.fromhex(one.device), guard.account().actor, request.form.get("reason", ""))
    except Problem as problem:
        if problem.kind is not REASON_MISSING:
            raise
        return _warn(one, "。".join(words_of(problem)))
    return redirect(url_for("sites.device", device=one.device), 303)


def _warn(one: DeviceView, fault: str = "") -> Response:
    return render("revoke_confirm.html", 422 if fault else 200, device=one, fault=fault)


def _ask(waiting: Waiting, verb: str, problem: Problem | None = None) -> Response:
    if verb not in ("release", "refuse"):
        raise Problem(NOT_FOUND)
    if problem is not None and problem.kind is not REASON_MISSING:
        raise problem
    fault = "。".join(words_of(problem)) if problem else ""
    return render("aside_confirm.html", 422 if fault else 200, line=_line(waiting), verb=verb, fault=fault)


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
