"""Every device of the machine, tried by hand: press, look, say if it is good."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from edge.desk.tried import DEVICES, Tried, note_trial, order_test_slip, tried
from edge.ground.clock import moment
from edge.ground.disk import Disk
from edge.kiosk import words
from edge.kiosk.comfort import turned
from edge.kiosk.line import line_words
from edge.kiosk.page import render
from edge.kiosk.saying import _
from edge.kiosk.site_here import card_reader, site
from edge.kiosk.staff import person, staff_only
from edge.kiosk.voice import SAMPLES
from edge.machine.card_reader import ReaderGone
from edge.records import jobs

bp = Blueprint("devices", __name__, url_prefix="/staff/devices")
ICONS = {"slip": "printer", "sheet": "list", "card": "id_card", "camera": "camera", "touch": "pen", "sound": "speak",
         "disk": "box", "line": "line-up", "clock": "clock"}
TAIL = 4


@dataclass(frozen=True)
class Trial:
    """How a device is tried: its name, what to do and to look for, the words of what was found, the button."""

    key: str
    icon: str
    name: str
    how: str
    found: str = ""
    bad: bool = False
    act: str = ""


@bp.get("")
@staff_only
def show() -> Response:
    """List the devices with the last word about each."""
    known = tried(site())
    rows = [(key, ICONS[key], name, *_last(known.get(key))) for key, name in _names().items()]
    return render("devices.html", rows=rows)


def _last(one: Tried | None) -> tuple[str, str]:
    if one is None:
        return "", _("没试过")
    at = words.when(moment(one.at), site().clock.now())
    return ("good", _("%(when)s：好", when=at)) if one.good else ("bad", _("%(when)s：不好", when=at))


@bp.get("/<device>")
@staff_only
def look(device: str) -> Response:
    """Show how a device is tried."""
    if device not in DEVICES:
        return redirect(url_for(".show"), 303)
    reader, staff = card_reader(), person()
    trial = _trial(device)
    if device == "card" and reader is not None:
        reader.clear()
    typed = device == "card" and reader is not None and reader.typed
    staff.error = ""
    sample = next((f"/static/voice/{one.name}" for one in sorted(SAMPLES.glob("*.ogg"))), "")
    printing = device == "slip" and _slip_state() == "due"
    return render("device.html", trial=trial, typed=typed, sample=sample, printing=printing)


@bp.post("/<device>")
@staff_only
def act(device: str) -> Response:
    """Try it, or keep what the person says of it."""
    go = request.form.get("go", "")
    if device not in DEVICES or turned(go):
        return redirect(url_for(".look", device=device), 303)
    if go in ("good", "bad"):
        note_trial(site(), device, good=go == "good")
        person().job = ""
        return redirect(url_for(".show"), 303)
    if device == "slip":
        person().job = order_test_slip(site())
    elif device == "card":
        person().error = _read_card()
    return redirect(url_for(".look", device=device), 303)


def _read_card() -> str:
    """Return the words about the card that lies there: that one was read, and its last four; nothing of it is kept."""
    reader = card_reader()
    try:
        card = reader.take(request.form.get("typed", "")) if reader else None
    except ReaderGone:
        return _("读卡器没接上。")
    return _("读到了，最后 4 位是 %(tail)s。", tail=card.number[-TAIL:]) if card else _("还没读到。")


def _names() -> dict[str, str]:
    return {"slip": _("小票打印机"), "sheet": _("A4 打印机"), "card": _("读卡器"), "camera": _("摄像头"),
            "touch": _("触摸屏"), "sound": _("声音"), "disk": _("硬盘"), "line": _("和县里的线路"), "clock": _("时间")}


def _trial(device: str) -> Trial:
    how = {
        "slip": _("按“打一张”。字要清楚，二维码要能扫，纸要切断。"),
        "sheet": _("按“打一张”。这一页会打在 A4 纸上。"),
        "card": _("把一张身份证放上去，再按“看一看”。"),
        "camera": _("画面要亮、要清楚。拍一张试试，照片马上就扔。"),
        "touch": _("按“开始”，再按屏幕的四个角。"),
        "sound": _("按“放一句”。要听得清，不刺耳。"),
        "disk": _("看下面的字。"),
        "line": _("看下面的字。"),
        "clock": _("和手机上的时间对一对，差一分钟以内就是好。"),
    }[device]
    act_words = {"slip": _("打一张"), "card": _("看一看")}.get(device, "")
    found, bad = _found(device)
    return Trial(device, ICONS[device], _names()[device], how, found, bad, act_words)


def _found(device: str) -> tuple[str, bool]:
    """Return what the machine itself knows of a device, and whether that is bad."""
    if device == "slip":
        return {"due": (_("正在打印。"), False), "done": (_("送到打印机了。"), False),
                "given_up": (_("没打出来。看看纸、电源和线。"), True)}.get(_slip_state(), ("", False))
    if device == "card":
        return (person().error, False) if card_reader() else (_("这台机器没有设读卡器。"), True)
    if device == "disk":
        return _disk_words(site().disk())
    if device == "line":
        line = line_words(site())
        return f"{line.bold}{line.plain} {line.since}".strip(), line.state == "down"
    return (words.exact(site().clock.now()), False) if device == "clock" else ("", False)


def _slip_state() -> str:
    return jobs.state(site().store.read(), person().job) or "" if person().job else ""


def _disk_words(disk: Disk | None) -> tuple[str, bool]:
    if disk is None:
        return _("硬盘没有回答。"), True
    if disk.read_only or not site().refusing().takes_forms:
        return _("硬盘现在存不了东西。"), True
    if not disk.free:
        return _("能存。还剩多少，不知道。"), False
    return _("能存，还剩 %(size)s GB。", size=f"{disk.free / 1e9:.1f}"), False
