"""To a stick and back: choose one, watch it, hear when it may be pulled out."""

from pathlib import Path

from flask import Blueprint, Flask, current_app, redirect, request, url_for
from werkzeug import Response

from edge.desk.courier import Courier, Heard
from edge.ground.problem import STICK_GONE, Kind, Problem, cure, title, title_and_cure
from edge.kiosk.comfort import turned
from edge.kiosk.guard import visit
from edge.kiosk.page import render
from edge.kiosk.saying import _
from edge.kiosk.staff import staff_only
from edge.kiosk.staff_trip import Read, Trip, Trips
from edge.machine.sticks import Stick, Sticks, sticks_here

bp = Blueprint("stick", __name__, url_prefix="/staff/stick")
MOST_STICKS = 4
OUT = "out"


def plug(app: Flask, carrier: Courier | None, sticks: Sticks | None) -> None:
    """Let the pages have a courier, if there is one, and the sticks of this machine unless others are named."""
    app.config.update(COURIER=carrier, STICKS=sticks or sticks_here())
    app.extensions["trips"] = Trips()


def courier() -> Courier | None:
    """Return the courier, or None on a machine that has none."""
    found: Courier | None = current_app.config["COURIER"]
    return found


def _plugged() -> list[Stick]:
    sticks: Sticks = current_app.config["STICKS"]
    return sticks.plugged()[:MOST_STICKS]


def _trips() -> Trips:
    found: Trips = current_app.extensions["trips"]
    return found


@bp.get("/<any(out, back):way>")
@staff_only
def choose(way: str) -> Response:
    """Show the sticks that are plugged in."""
    shown = [(one.name, _room(one.free_bytes)) for one in _plugged()]
    return render("stick.html", way=way, sticks=shown, can=courier() is not None)


@bp.post("/<any(out, back):way>")
@staff_only
def begin(way: str) -> Response:
    """Begin to write, or to read."""
    if turned(request.form.get("go", "")):
        return redirect(url_for(".choose", way=way), 303)
    carrier, name = courier(), request.form.get("stick", "")
    # by name among those that are there: no path ever comes from a page
    stick = next((one for one in _plugged() if one.name == name), None)
    if carrier is None or stick is None:
        return redirect(url_for(".choose", way=way), 303)
    folder = stick.folder
    _trips().start(lambda tell: carrier.export(folder, tell) if way == OUT else _read(carrier, folder))
    return redirect(url_for(".trip"), 303)


def _read(carrier: Courier, folder: Path) -> Read:
    found: Read = {}
    if not folder.is_dir():
        raise Problem(STICK_GONE)
    for path in carrier.replies(folder):
        try:
            found[path.name] = carrier.hear(path)
        except Problem as problem:
            found[path.name] = problem.kind
    return found


@bp.get("/trip")
@staff_only
def trip() -> Response:
    """Say how far it has come; at the end, what was written or read and that the stick may be pulled out."""
    last = _trips().last()
    if last is None:
        return redirect(url_for("staff.show"), 303)
    kind, lang = last.refused, visit().lang
    refused = (title(kind, lang), cure(kind, lang)) if kind else None
    lines = [(name, _heard(one)) for name, one in list(last.read.items())[-MOST_STICKS:]]
    return render("trip.html", trip=last, refused=refused, lines=lines, told=_told(last))


def _told(last: Trip) -> str:
    if last.exported is None:
        return "" if last.read else _("这个 U 盘上没有县里的回复文件。")
    if not last.exported.envelopes:
        return _("没有新的要送。文件里只有一个问候，县里会用它带回消息。")
    return _("存了 %(number)d 份，%(files)d 个文件。", number=last.exported.envelopes, files=len(last.exported.names))


def _heard(one: Heard | Kind) -> str:
    if isinstance(one, Kind):
        return title_and_cure(one, visit().lang)
    told = _("县里多收到 %(held)d 份，带回 %(came)d 条消息。", held=one.held, came=one.came)
    if one.torn:
        return told + _("文件不完整，读出来的都算数。带回县里再存一次。")
    return told + (_("以前读过。") if one.again else "")


def _room(free: int) -> str:
    size = f"{free / 1e9:.1f} GB" if free >= 1e9 else f"{free / 1e6:.0f} MB"
    return _("还空 %(size)s", size=size)
