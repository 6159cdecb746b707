"""验回执: is this slip one of the county's? Told from its QR by the key set that lies here, with or without a line."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from edge.domain.genuine import Judged, Verdict, judge
from edge.domain.receipt import group, read_code
from edge.ground.clock import moment
from edge.kiosk import words
from edge.kiosk.comfort import turned
from edge.kiosk.guard import visit
from edge.kiosk.page import render, tr
from edge.kiosk.saying import _
from edge.kiosk.site_here import site

bp = Blueprint("verify", __name__, url_prefix="/verify")
LONGEST = 1000


@dataclass(frozen=True)
class Told:
    """What the page says of a slip: tint, drawing, heading, what is meant, and the facts to compare with the paper."""

    tint: str
    icon: str
    heading: str
    bold: str
    plain: str
    facts: list[tuple[str, str]]


@bp.get("")
def ask() -> Response:
    """Ask for the QR: a scanner types it, or the camera reads it."""
    here = visit()
    error, here.track_errors = here.track_errors.get("slip", ""), {}
    return render("verify.html", error=error, staff=here.staff is not None)


@bp.post("")
def look() -> Response:
    """Judge what was scanned."""
    here, scanned = visit(), request.form.get("slip", "").strip()[:LONGEST]
    here.track_errors.clear()
    here.slip = None
    if turned(request.form.get("go", "")):
        return redirect(url_for(".ask"), 303)
    if not scanned:
        here.track_errors["slip"] = _("还没有扫到。请把回执上的二维码对准扫码器。")
    elif read_code(scanned) is not None:
        here.track_errors["slip"] = _("这是回执号，看不出真假。请扫回执上的二维码。")
    else:
        here.slip = judge(scanned, site().key_set())
        return redirect(url_for(".told"), 303)
    return redirect(url_for(".ask"), 303)


@bp.get("/told")
def told() -> Response:
    """Say what the slip is."""
    here = visit()
    if here.slip is None:
        return redirect(url_for(".ask"), 303)
    return render("verified.html", told=_told(here.slip), back="/staff" if here.staff is not None else "/")


def _told(slip: Judged) -> Told:
    if slip.verdict is Verdict.TRUE:
        # not in the colour of what was accepted: a true slip says only that papers were received
        return Told("half", "proof", _("这张回执是真的"), _what_it_is(slip),
                    _("不是受理通知书。有没有受理，请按“查办到哪了”。"), _facts(slip))
    if slip.verdict is Verdict.DOUBTFUL:
        return Told("error", "wrong", _("这张回执靠不住"), _("打这张回执的机器已经停用了。"),
                    _("这张是停用以后打的。请拿到服务台，请县里查。"), _facts(slip))
    if slip.verdict is Verdict.FALSE:
        return Told("error", "no", _("这张回执不对"), _("里面的内容被改过，或者不是县里的机器打的。"),
                    _("请别收。拿到服务台，请工作人员看。"), [])
    if slip.verdict is Verdict.STRANGER:
        return Told("plain", "wrong", _("没见过打这张回执的机器"), _("可能是别的县的，也可能是刚装的机器。"),
                    _("本机不能说它是真是假。请到收件的地方去验。"), [])
    return Told("plain", "wrong", _("这不是回执上的二维码"), _("回执上的二维码在回执号下面。"), _("请再扫一次。"), [])


def _what_it_is(slip: Judged) -> str:
    item = site().catalogue().items.get(slip.statement.item) if slip.statement else None
    if item and item.live is not None:
        return _("这是登记回执：记下来了，尚未生效。")
    return _("这是收件回执：材料收到了。")


def _facts(slip: Judged) -> list[tuple[str, str]]:
    if slip.statement is None or slip.by is None:
        return []
    item = site().catalogue().items.get(slip.statement.item)
    return [
        (_("在哪里收的"), f"{slip.by.site} {slip.by.label}"),
        (_("什么时候"), words.exact(moment(slip.statement.at))),
        (_("什么事"), f"{tr(item.name)}（{item.code}）" if item else slip.statement.item),
        (_("回执号"), group(slip.statement.code)),
    ]
