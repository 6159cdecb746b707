"""刷身份证: name and number from the card on the reader, into this visit only.

Only who stands at the machine may ask: a phone on the site's network would get the card of the person in front of it.
"""

from flask import Blueprint, make_response, redirect, request, url_for
from werkzeug import Response

from edge.domain.form import Field
from edge.kiosk.comfort import turned
from edge.kiosk.fill import READ_BY_CARD, find, handed_in
from edge.kiosk.form import Form, form
from edge.kiosk.page import render, tr
from edge.kiosk.saying import _
from edge.kiosk.site_here import card_reader, site
from edge.machine.card_reader import Card, CardKind, CardReader, ReaderGone

bp = Blueprint("card", __name__, url_prefix="/card")
bp.before_request(handed_in)
NAME, NUMBER = "name", "id_number"
LONGEST_SECONDS = 60.0
WAITING, LATE, OTHER, GONE, NOTHING = "waiting", "late", "other", "gone", "nothing"


@bp.post("/<key>/begin")
def begin(key: str) -> Response:
    """Begin to wait; what was laid on before is forgotten."""
    current, reader = form(), card_reader()
    asked, _place = find(current, key)
    if asked is None or reader is None or asked.kind not in READ_BY_CARD:
        return redirect(url_for("fill.show", key=key), 303)
    reader.clear()
    current.draft.part[_since(key)] = str(site().clock.monotonic())
    current.draft.part[_told(key)] = WAITING
    return redirect(url_for(".wait", key=key), 303)


@bp.get("/<key>")
def wait(key: str) -> Response:
    """Ask for the card, and say what is wrong where something is."""
    current, reader = form(), card_reader()
    state = current.draft.part.get(_told(key), "")
    if reader is None or not state:
        return redirect(url_for("fill.show", key=key), 303)
    asked, _place = find(current, key)
    return render("card.html", key=key, question=tr(asked.question) if asked else "", fault=_fault(state),
                  waiting=state in (WAITING, NOTHING) and not reader.typed, typed=reader.typed,
                  anew=state in (LATE, OTHER, GONE) and not reader.typed)


@bp.post("/<key>")
def look(key: str) -> Response:
    """Look at the reader, because the person pressed 我刷好了, because a reader typed, or because the page asks."""
    current, reader = form(), card_reader()
    by_itself = request.headers.get("HX-Request") == "true"
    part = current.draft.part
    if turned(request.form.get("go", "")):
        return redirect(url_for(".wait", key=key), 303)
    if reader is None or _told(key) not in part:
        return _lead(url_for("fill.show", key=key), by_itself)
    late = site().clock.monotonic() - float(part.get(_since(key), 0)) > LONGEST_SECONDS
    state = LATE if late else _read(current, key, reader)
    if state == WAITING and by_itself:
        return make_response("", 204)
    if not state:
        for one in (_since(key), _told(key)):
            part.pop(one, None)
        return _lead(url_for("fill.show", key=key), by_itself)
    part[_told(key)] = NOTHING if state == WAITING else state
    return _lead(url_for(".wait", key=key), by_itself)


def _read(current: Form, key: str, reader: CardReader) -> str:
    """Take a card into the draft; return "" when that was done, else how it stands."""
    try:
        card = reader.take(request.form.get("typed", ""))
    except ReaderGone:
        return GONE
    if card is None:
        return WAITING
    if card.kind is not CardKind.ID:
        return OTHER
    for field in _pair(current, key):
        _write(current, field, card)
    return ""


def _pair(current: Form, key: str) -> list[Field]:
    """Return the question and its other half: a name is asked right before its ID number."""
    asked, place = find(current, key)
    if asked is None:
        return []
    shown = current.questions()
    beside = shown[place + 1:place + 2] if asked.kind == NAME else shown[max(0, place - 1):place]
    return [asked, *(one for one in beside if {one.kind, asked.kind} == {NAME, NUMBER})]


def _write(current: Form, field: Field, card: Card) -> None:
    """Put what was read where a finger would have typed it: the person sees it and goes on, or changes it."""
    draft, raw = current.draft, card.number if field.kind == NUMBER else card.name
    if not raw:
        return
    value, error = current.read(field, raw)
    draft.seen.add(field.key)
    draft.raw.pop(field.key, None)
    draft.errors.pop(field.key, None)
    draft.given.pop(field.key, None)
    if error is None:
        draft.given[field.key] = value
    else:
        draft.raw[field.key], draft.errors[field.key] = raw, error


def _lead(where: str, by_itself: bool) -> Response:
    if not by_itself:
        return redirect(where, 303)
    answer = make_response("", 204)
    answer.headers["HX-Redirect"] = where
    return answer


def _fault(state: str) -> str:
    return {
        LATE: _("等了一分钟，没读到身份证。再刷一次，或者自己写。"),
        OTHER: _("这不是身份证。请刷身份证。"),
        GONE: _("读卡器没接上。请自己写，或者请工作人员看看。"),
        NOTHING: _("还没读到。请把身份证贴在读卡的地方，等 2 秒，再按一次。"),
    }.get(state, "")


def _since(key: str) -> str:
    return f"{key}.card.since"


def _told(key: str) -> str:
    return f"{key}.card"
