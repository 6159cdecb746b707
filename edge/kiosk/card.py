"""刷身份证: name and number from the card on the reader, into this visit only.

Only who stands at the machine may ask: a phone on the site's network would get the card of the person in front of it.
"""

from functools import partial

from flask import Blueprint, make_response, redirect, request, url_for
from werkzeug import Response

from edge.domain.form import Field
from edge.kiosk import fill, rows
from edge.kiosk.card_place import READ_BY_CARD, CardPlace
from edge.kiosk.comfort import turned
from edge.kiosk.form import Form, form
from edge.kiosk.page import render, tr
from edge.kiosk.saying import _
from edge.kiosk.site_here import card_reader, site
from edge.machine.card_reader import Card, CardKind, CardReader, ReaderGone

bp = Blueprint("card", __name__, url_prefix="/card/<any(fill, rows):where>/<key>")
bp.before_request(fill.handed_in)
NAME, NUMBER = "name", "id_number"
LONGEST_SECONDS = 60.0
WAITING, LATE, OTHER, GONE, NOTHING = "waiting", "late", "other", "gone", "nothing"
SINCE, TOLD = "card.since", "card"


@bp.post("/begin")
def begin(where: str, key: str) -> Response:
    """Begin to wait; what was laid on before is forgotten."""
    place, reader = _place(where, key), card_reader()
    if place is None or reader is None or place.asked.kind not in READ_BY_CARD:
        return redirect(_page(where, key), 303)
    reader.clear()
    place.part[f"{key}.{SINCE}"] = str(site().clock.monotonic())
    place.part[f"{key}.{TOLD}"] = WAITING
    return redirect(url_for(".wait", where=where, key=key), 303)


@bp.get("")
def wait(where: str, key: str) -> Response:
    """Ask for the card, and say what is wrong where something is."""
    place, reader = _place(where, key), card_reader()
    state = place.part.get(f"{key}.{TOLD}", "") if place else ""
    if place is None or reader is None or not state:
        return redirect(_page(where, key), 303)
    return render("card.html", here=url_for(".wait", where=where, key=key), by_hand=_page(where, key),
                  question=tr(place.asked.question), fault=_fault(state), typed=reader.typed,
                  waiting=state in (WAITING, NOTHING) and not reader.typed,
                  anew=state in (LATE, OTHER, GONE) and not reader.typed)


@bp.post("")
def look(where: str, key: str) -> Response:
    """Look at the reader, because the person pressed 我刷好了, because a reader typed, or because the page asks."""
    place, reader = _place(where, key), card_reader()
    by_itself = request.headers.get("HX-Request") == "true"
    if turned(request.form.get("go", "")):
        return redirect(url_for(".wait", where=where, key=key), 303)
    if place is None or reader is None or f"{key}.{TOLD}" not in place.part:
        return _lead(_page(where, key), by_itself)
    late = site().clock.monotonic() - float(place.part.get(f"{key}.{SINCE}", 0)) > LONGEST_SECONDS
    state = LATE if late else _read(place, reader)
    if state == WAITING and by_itself:
        return make_response("", 204)
    if not state:
        for one in (SINCE, TOLD):
            place.part.pop(f"{key}.{one}", None)
        return _lead(_page(where, key), by_itself)
    place.part[f"{key}.{TOLD}"] = NOTHING if state == WAITING else state
    return _lead(url_for(".wait", where=where, key=key), by_itself)


def _place(where: str, key: str) -> CardPlace | None:
    if where == "rows":
        return rows.card_place(key)
    current = form()
    asked, at = fill.find(current, key)
    if asked is None:
        return None
    return CardPlace(asked, at, current.questions(), current.draft.part, partial(_write, current))


def _write(current: Form, asked: Field, raw: str) -> None:
    value, error = current.read(asked, raw)
    draft = current.draft
    draft.seen.add(asked.key)
    for kept in (draft.raw, draft.errors, draft.given):
        kept.pop(asked.key, None)
    if error is None:
        draft.given[asked.key] = value
    else:
        draft.raw[asked.key], draft.errors[asked.key] = raw, error


def _page(where: str, key: str) -> str:
    """Return the page of the question itself."""
    return url_for(f"{where}.show", key=key)


def _read(place: CardPlace, reader: CardReader) -> str:
    """Take a card into the form; return "" when that was done, else how it stands."""
    try:
        card = reader.take(request.form.get("typed", ""))
    except ReaderGone:
        return GONE
    if card is None:
        return WAITING
    if card.kind is not CardKind.ID:
        return OTHER
    for field in _pair(place):
        if raw := _half(field, card):
            place.write(field, raw)
    return ""


def _pair(place: CardPlace) -> list[Field]:
    """Return the question and its other half: a name is asked right before its ID number."""
    asked, at, shown = place.asked, place.at, place.shown
    beside = shown[at + 1:at + 2] if asked.kind == NAME else shown[max(0, at - 1):at]
    return [asked, *(one for one in beside if {one.kind, asked.kind} == {NAME, NUMBER})]


def _half(field: Field, card: Card) -> str:
    return card.number if field.kind == NUMBER else card.name


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
