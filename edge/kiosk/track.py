"""查办到哪了: code, then ID tail, then the truth about the case and how old it is."""

import re
from datetime import date

from flask import Blueprint, redirect, request, url_for
from markupsafe import Markup
from werkzeug import Response

from edge.desk.inquire import inquire
from edge.desk.site import Line
from edge.desk.track import TRIES_OF_A_VISIT, Tracked
from edge.desk.track import track as look_up
from edge.domain.answers import show as in_words
from edge.domain.form import Item
from edge.domain.receipt import LENGTH, group, read_code
from edge.domain.submission import State
from edge.domain.suggestion import Offer
from edge.ground.problem import NOT_FOUND_HERE, NOTES_DAMAGED, TOO_MANY_TRIES, Problem, title_and_cure
from edge.kiosk import words
from edge.kiosk.calling import phones_of
from edge.kiosk.comfort import turned
from edge.kiosk.elsewhere import elsewhere
from edge.kiosk.guard import visit
from edge.kiosk.owed import of_case
from edge.kiosk.page import render, shown, tr
from edge.kiosk.paging import cut
from edge.kiosk.road import DELIVERED, long_road
from edge.kiosk.saying import _
from edge.kiosk.site_here import site, today

bp = Blueprint("track", __name__, url_prefix="/track")
TAIL_LENGTH = 4
UNKNOWN_HERE = (NOT_FOUND_HERE, NOTES_DAMAGED)
ASKS, FEW_ASKS = 3, 2
"""How many things that the county asks for fit on a screen."""
OFFERS = 2
WAITING = (State.QUEUED, State.IN_FLIGHT, State.HELD, State.SAFE)


@bp.get("")
def ask_code() -> Response:
    """Ask for the receipt code."""
    return render(
        "track_code.html", typed=visit().track_typed.get("code", ""), error=visit().track_errors.get("code", "")
    )


@bp.post("")
def keep_code() -> Response:
    """Keep the code in the visit; a slip of the pen is told at once by the check letter."""
    here, typed = visit(), request.form.get("code", "").strip()[:40]
    here.track_typed["code"] = typed
    here.track_errors.clear()
    here.track_typed.pop("missed", None)
    if turned(request.form.get("go", "")):
        return redirect(url_for(".ask_code"), 303)
    if not typed:
        here.track_errors["code"] = _("回执号还没写。请照回执写 10 位。")
    elif (gap := LENGTH - len(re.sub(r"[\s-]", "", typed))) > 0:
        here.track_errors["code"] = _("还差 %(number)d 位。回执号一共 10 位。", number=gap)
    elif read_code(typed) is None:
        here.track_errors["code"] = _("这 10 位里，有写错的。请照回执，一段一段对着看。")
    return redirect(url_for(".ask_code" if here.track_errors else ".ask_tail"), 303)


@bp.get("/tail")
def ask_tail() -> Response:
    """Ask for the last four of the ID number."""
    here = visit()
    if read_code(here.track_typed.get("code", "")) is None:
        return redirect(url_for(".ask_code"), 303)
    return render(
        "track_tail.html",
        typed=here.track_typed.get("tail", ""),
        error=here.track_errors.get("tail", ""),
        unknown=here.track_errors.get("unknown", ""),
    )


@bp.post("/tail")
def look() -> Response:
    """Look the case up."""
    here = visit()
    tail = "".join(request.form.get("tail", "").upper().split())[:8]
    here.track_typed["tail"] = tail
    here.track_errors.clear()
    go = request.form.get("go", "")
    if go == "back":
        return redirect(url_for(".ask_code"), 303)
    if turned(go):
        return redirect(url_for(".ask_tail"), 303)
    if go == "inquire" and not tail and (missed := here.track_typed.get("missed")):
        return _inquire(missed)
    if len(tail) != TAIL_LENGTH:
        here.track_errors["tail"] = (
            _("还差 %(number)d 位。写身份证号码最后 4 位。", number=TAIL_LENGTH - len(tail))
            if 0 < len(tail) < TAIL_LENGTH
            else _("要写身份证号码最后 4 位。")
        )
        return redirect(url_for(".ask_tail"), 303)
    typed = here.track_typed.get("code", "")
    asked = (read_code(typed) or "", tail) in here.inquired
    try:
        here.tracked, here.draft = look_up(site(), typed, tail, here.wrong_tries, known=asked), None
    except Problem as problem:
        # these two belong beside the field; everything else has its own page
        if problem.kind not in (*UNKNOWN_HERE, TOO_MANY_TRIES):
            raise
        here.track_errors["tail"] = _not_found(problem)
        if problem.kind in UNKNOWN_HERE:
            if go == "inquire":
                return _inquire(tail)   # looked for first: the county is asked about nothing that cost no try
            # the code is kept, the tail is written anew
            here.track_typed["missed"], here.track_typed["tail"] = tail, ""
            if asked:
                here.track_errors["tail"] = _("问县里的话还没有回音。过几分钟再查。")
            else:
                here.track_errors["unknown"] = problem.kind.code
        return redirect(url_for(".ask_tail"), 303)
    return redirect(url_for(".case"), 303)


def _not_found(problem: Problem) -> str:
    here = visit()
    left = TRIES_OF_A_VISIT - len(here.wrong_tries)
    if left <= 0:
        return _("试的次数太多了。请按“请人帮忙”。")
    told = title_and_cure(problem.kind, here.lang)
    if problem.kind is TOO_MANY_TRIES:
        return told
    if problem.kind is NOTES_DAMAGED:
        day = words.day(date.fromisoformat(str(problem.facts["damaged_on"])))
        told = _("这台机器的记录%(day)s坏过，可能少了您这一份。号没写错，请按“请县里查”。", day=day)
    gap = " " if here.lang == "en" else ""
    return told + gap + _("还能再试 %(number)d 次。", number=left)


def _inquire(tail: str) -> Response:
    here = visit()
    typed = here.track_typed.get("code", "")
    if (question := (read_code(typed) or "", tail)) not in here.inquired:
        inquire(site(), typed, tail)
        here.inquired.add(question)
    return redirect(url_for(".inquired"), 303)


@bp.get("/inquired")
def inquired() -> Response:
    """Say that the question waits for the county."""
    return render("inquired.html")


@bp.get("/case")
def case() -> Response:
    """Show the case of this visit."""
    tracked = visit().tracked
    if tracked is None:
        return redirect(url_for("home.show"), 303)
    catalogue = site().catalogue()
    item = site().item_version(tracked.item, tracked.item_version)
    department = catalogue.departments[item.department] if item else None
    name = tr(department.name) if department else _("县里")
    result = (
        []
        if item is None
        else [
            (tr(field.label), in_words(item, field, tracked.result.get(field.key), visit().lang, catalogue.county))
            for field in item.outcome
            if tracked.result.get(field.key) is not None
        ]
    )
    owed = of_case(tracked, item, department)
    fit = FEW_ASKS if visit().large or len(tracked.asks) > ASKS else ASKS
    page = cut(tracked.asks, fit, request.args.get("page", ""))
    return render(
        "case.html",
        case=tracked,
        headline=headline(tracked),
        code=group(tracked.receipt),
        advice=advice(tracked, item, owed),
        owed=owed,
        urgent=item is not None and item.live is not None and tracked.state in WAITING,
        road=long_road(tracked, name),
        news=_news(tracked),
        result=result,
        states=State,
        department=name,
        phone=department.phone if department else "",
        offers=_offers(tracked),
        page=page,
        offset=(page.number - 1) * fit,
    )


@bp.get("/next")
def offers() -> Response:
    """Show what follows from the result: item, reason, legal basis."""
    tracked = visit().tracked
    if tracked is None or not tracked.offers:
        return redirect(url_for("home.show"), 303)
    return render("next.html", page=cut(_offers(tracked), OFFERS, request.args.get("page", "")))


def _offers(tracked: Tracked) -> list[tuple[Offer, bool, str]]:
    """Return each offer, whether it can be applied for here, and if not, a place whose machines take it."""
    items = shown().items
    return [(offer, offer.to in items, elsewhere(offer.to)) for offer in tracked.offers]


def headline(tracked: Tracked) -> Markup:
    """Return the truth in one line; where it takes two, what has become of the case stays together."""
    item = site().catalogue().items.get(tracked.item)
    name = tr(item.short if item else tracked.item_name)
    waits = _("存在机器里，还没送到县里") if tracked.held_at is None else _("补的材料还没送到县里")
    told = {
        State.QUEUED: waits,
        State.IN_FLIGHT: waits,
        State.HELD: _("县里收到了，还没受理"),
        State.SAFE: _("县里收到了，还没受理"),
        State.ACCEPTED: _("已受理"),
        State.REJECTED: _("不予受理"),
        State.DONE: _("已办结"),
        State.ERASED: _("内容已经清除"),
        State.NEEDS_CORRECTION: _("要补 %(number)d 样东西", number=len(tracked.asks))
        if tracked.asks
        else _("要重新填一遍"),
    }
    became = Markup('<span class="whole-words">%s</span>') % told[tracked.state]
    return Markup(_("%(item)s：%(told)s")) % {"item": name, "told": became}  # nosec B704 - our own words; what is put in is escaped


def advice(tracked: Tracked, item: Item | None, owed: str = "") -> tuple[str, str]:
    """Return (bold, plain): by when the county answers, and what the person has to do now: `owed`, or nothing."""
    if tracked.state in WAITING and item is not None and item.live is not None:
        whose, number = phones_of(item)[0]
        call = _("急的话，您先打%(whose)s %(number)s。", whose=whose, number=number)
        return tr(item.live.warning_at(tracked.warning)), _after(call, owed)
    if tracked.state in WAITING:
        nothing = owed or _("您现在不用做什么。")
        if tracked.reply_by is None:
            return nothing, ""
        due = words.day_and_weekday(tracked.reply_by)
        if tracked.reply_by < today():
            return _("县里应该在 %(day)s前答复。", day=due), _after(_("已经过了。可以打电话问。"), owed)
        if tracked.state not in DELIVERED and not tracked.resending:
            return _("从交的那天算，%(day)s前县里该答复；断线久了会晚。", day=due), nothing
        return _("县里最晚 %(day)s答复。", day=due), nothing
    if tracked.state is State.ACCEPTED:
        return _("县里已经受理，正在办。"), owed or _("您现在不用做什么。")
    if tracked.state is State.DONE:
        return _("这件事办完了。"), _("结果在下面。")
    if tracked.state is State.ERASED:
        return _("内容已按规定清除。"), _("还要办，请重新填。")
    return "", ""


def _after(told: str, more: str) -> str:
    return told + (" " if visit().lang == "en" and more else "") + more


def _news(tracked: Tracked) -> tuple[str, str]:
    """Return how old the news is: the county's last word, or the last exchange with it."""
    line = site().line()
    at = max((moment for moment in (line.last_exchange, tracked.news_at) if moment is not None), default=None)
    if at is None:
        return "", _("还没有和县里通上话，这是本机知道的。")
    told = words.when(at, site().clock.now())
    more = _("线路断着，可能有更新的还没传过来。") if line.state is Line.DOWN else ""
    return told, more
