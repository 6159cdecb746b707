"""第一次用？ Five screens, a minute: what it does, how to write, how to hear, what the slip means, how to leave.

Nothing is asked and nothing is kept; every screen has the way back to the first page.
"""

from dataclasses import dataclass

from flask import Blueprint, request
from werkzeug import Response

from edge.kiosk.guard import visit
from edge.kiosk.page import render
from edge.kiosk.saying import _

bp = Blueprint("first", __name__)
Line = tuple[str, str, str]
"""Icon, what it is, what it means."""


@dataclass(frozen=True)
class Screen:
    """One screen: its picture, its words, up to three lines."""

    picture: str
    title: str
    lines: tuple[Line, ...]


def screens() -> list[Screen]:
    """Return the screens in their order, in the language of the visit."""
    return [
        Screen("way", _("这台机器能做什么"), (
            ("list", _("选一件事"), _("先看要带什么，再决定办不办。")),
            ("pen", _("一次只问一个问题"), _("慢慢写，不催。写错了能改。")),
            ("proof", _("最后才交"), _("按“交材料”以前，什么都没有交。")))),
        Screen("keys", _("怎么写字"), (
            ("pen", _("手写"), _("用手指在框里写，再点对的字。")),
            ("keyboard", _("按键"), _("拼音和数字，屏上都有。")),
            ("undo", _("写错了"), _("按“删”，再写。")))),
        Screen("dock", _("看不清，听得见"), (
            ("speak", _("听一听"), _("把这一页念给您听。")),
            ("large", _("大字"), _("字变大，再按一次变回来。")),
            ("dark", _("黑底"), _("怕晃眼，就用黑底白字。")))),
        Screen("slip", _("这张纸是收件回执"), (
            ("printer", _("它只说：材料收到了"), _("它不是受理通知书。")),
            ("clock", _("受理没有，县里来答复"), _("最晚哪一天，写在回执上。")),
            ("search", _("凭它来查"), _("按“查办到哪了”，写上回执号。")))),
        Screen("leave", _("要人帮，要走开"), (
            ("help", _("请人帮忙"), _("每一页都有，按了就看到找谁。")),
            ("leave", _("结束"), _("按了，写过的马上清掉，别人看不到。")),
            ("hide", _("忘了按也不怕"), _("过一会儿没人动，机器自己清掉。")))),
    ]


@bp.get("/first")
def show() -> Response:
    """Show one screen, `?step=` from 1."""
    found = screens()
    visit().meter.came("first")
    step = min(max(request.args.get("step", 1, type=int), 1), len(found))
    return render("first.html", screen=found[step - 1], step=step, count=len(found), idle="quiet")
