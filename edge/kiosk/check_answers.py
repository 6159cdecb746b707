"""看一遍，对不对？ Every answer with its own 改, one consent, then 交材料."""

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from edge.desk.amend import amend
from edge.desk.lodge import lodge
from edge.desk.paper import PAPER
from edge.desk.site import Line
from edge.desk.track import track
from edge.domain.answers import show as in_words
from edge.kiosk.comfort import turned
from edge.kiosk.form import Form, form
from edge.kiosk.guard import visit
from edge.kiosk.page import render, tr
from edge.kiosk.paging import Page, cut
from edge.kiosk.saying import _
from edge.kiosk.site_here import site

bp = Blueprint("check", __name__)
ROWS, LARGE_ROWS = (8, 6), (6, 2)
"""How many answers fit on a screen: on one without, and on the last one with the consent."""
NUMBERS = frozenset({"id_number", "disability_number", "bank_card", "mobile", "credit_code"})


@bp.get("/check")
def show() -> Response:
    """Show all answers, a screenful at a time; the consent stands on the last."""
    return _show(form(), request.args.get("page", "1"))


@bp.post("/check")
def hand_in() -> Response:
    """Hand in. A second touch finds the receipt of the first."""
    current = form()
    draft = current.draft
    if draft.lodged is not None:
        return redirect(url_for("receipt.show"), 303)
    if turned(request.form.get("go", "")):
        return redirect(visit().here, 303)
    if request.form.get("go") == "mask":
        draft.hidden = not draft.hidden
        return redirect(url_for(".show", page=request.form.get("page", "1")), 303)
    if current.first_open() is not None:
        return redirect(url_for("fill.resume"), 303)
    if current.stops():
        return redirect(url_for("fill.stop"), 303)
    if request.form.get("agree") != "yes":
        draft.missed = True
        return redirect(url_for(".show", page="last"), 303)
    draft.missed = False
    draft.given.update({field.key: True for field in current.declarations()})
    if draft.correcting:
        return _amend(current)
    draft.lodged = lodge(site(), current.item, draft.given, channel=PAPER if draft.paper else "kiosk",
                         idempotency_key=draft.token, photos=current.photos(), paper=draft.paper)
    draft.photos.clear()   # sealed now: nobody reads them here any more
    return redirect(url_for("receipt.show"), 303)


def _amend(current: Form) -> Response:
    here = visit()
    if here.tracked is None:
        return redirect(url_for("home.show"), 303)
    done = amend(site(), here.tracked, current.draft.given, photos=current.photos())
    here.amended, here.draft = done, None
    here.tracked = track(site(), here.tracked.receipt, here.track_typed.get("tail", ""))
    return redirect(url_for("correct.done"), 303)


def _show(current: Form, wanted: str) -> Response:
    draft, county = current.draft, site().catalogue().county
    if draft.lodged is not None:
        return redirect(url_for("receipt.show"), 303)
    if current.first_open() is not None:
        return redirect(url_for("fill.resume"), 303)
    if current.stops():
        return redirect(url_for("fill.stop"), 303)
    draft.reviewing = True
    lang = visit().lang
    rows = []
    for field in current.questions():
        value = draft.given.get(field.key)
        cover = draft.hidden and field.kind in NUMBERS
        words = (masked(field.kind, str(value)) if cover else "") or in_words(
            current.item, field, value, lang, county, masked=cover
        )
        rows.append(_with_photos(current, field.key, tr(field.label), words or _("没写")))
    page = screens(rows, LARGE_ROWS if visit().large else ROWS, wanted)
    down = site().line().state is Line.DOWN
    department = tr(site().catalogue().departments[current.item.department].name)
    return render(
        "check.html",
        item=current.item,
        rows=page,
        count=len(rows),
        hidden=draft.hidden,
        numbers=any(field.kind in NUMBERS for field in current.questions()),
        missed=draft.missed,
        down=down,
        department=department,
        correcting=draft.correcting,
        notices=current.notices()[:1],
        last_key=rows[-1][0],
    )


def _with_photos(current: Form, key: str, label: str, words: str) -> tuple[str, str, str]:
    """Return the row of an answer; that of a photographed paper leads to its photos."""
    pages = len(current.draft.photos.get(key, []))
    if current.material(key) is None:
        return key, label, words
    if not pages:
        return f"{key}/photo", label, _("带来了，没有照片")
    return f"{key}/photo", label, _("%(pages)d 页照片", pages=pages) if pages > 1 else _("1 页照片")


def masked(kind: str, value: str) -> str:
    """Return a number as others at the machine may see it, "" for kinds that the catalogue's own words cover."""
    if kind == "id_number" and len(value) == 18:
        return f"{value[:6]} {value[6:10]} •••• {value[14:]}"
    if kind == "disability_number" and len(value) >= 20:
        return f"{value[:6]} {value[6:10]} •••• {value[14:18]} {value[18:]}"
    if kind == "bank_card" and len(value) > 4:
        return _("尾号 %(tail)s", tail=value[-4:])
    return ""


def screens(rows: list[tuple[str, str, str]], size: tuple[int, int], wanted: str) -> Page[tuple[str, str, str]]:
    """Return the wanted screen; the last one holds fewer answers, for the consent stands below them."""
    full, last = size
    count = 1 if len(rows) <= last else -(-(len(rows) - last) // full) + 1
    if count == 1:
        return Page(rows, 1, 1)
    before = len(rows) - min(last, -(-len(rows) // count))
    number = count if wanted == "last" else cut(range(count), 1, wanted).number
    if number == count:
        return Page(rows[before:], count, count)
    return Page(cut(rows[:before], -(-before // (count - 1)), number).rows, number, count)
