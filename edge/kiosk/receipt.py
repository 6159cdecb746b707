"""材料收好了. Shows only what `lodge` returned, which is after the commit."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug import Response

from edge.desk.lodge import Lodged
from edge.desk.track import submission_state
from edge.domain.answers import Answers, Checked, check
from edge.domain.answers import show as in_words
from edge.domain.form import Item
from edge.domain.identity import mask_name
from edge.domain.receipt import group
from edge.kiosk import owed, words
from edge.kiosk.calling import phones_of
from edge.kiosk.guard import visit
from edge.kiosk.page import render, tr
from edge.kiosk.road import DELIVERED, Stop, on_its_way, short_road
from edge.kiosk.saying import _
from edge.kiosk.site_here import prints, site, today
from edge.kiosk.visit import Draft
from edge.records import jobs

bp = Blueprint("receipt", __name__)
APPOINTMENT = ("visit_day", "visit_half", "station")


@bp.get("/receipt")
def show() -> Response:
    """Show the receipt of this visit's form; without one, the first page."""
    draft = visit().draft
    if draft is None or draft.lodged is None:
        return redirect(url_for("home.show"), 303)
    lodged = draft.lodged
    item = site().catalogue().item(lodged.item)
    return render(
        "receipt.html",
        item=item,
        code=group(lodged.receipt),
        at=words.exact(lodged.at),
        qr=qr_svg(lodged.qr),
        after=_after(draft, lodged),
        warning=item.live.warning_at(_standing(draft, item).warning) if item.live else None,
        printing=printing(lodged),
    )


@dataclass(frozen=True)
class After:
    """The road and what happens next; `mark` changes when the words do.

    `waits`: the county does not have it yet. The law's clock runs all the same, from the moment it was handed in; but
    no other machine knows of it, and an answer may be late.
    """

    mark: str
    road: list[Stop]
    goes: Markup
    waits: bool
    reply_by: str
    appointment: str
    owed: str
    masked_name: str
    call: str


def _after(draft: Draft, lodged: Lodged) -> After:
    item = site().catalogue().item(lodged.item)
    department = tr(site().catalogue().departments[item.department].name)
    state = submission_state(site(), lodged.id) or lodged.state
    goes = on_its_way(state, department)
    return After(
        f"{state}|{site().line().state}|{visit().lang}",
        short_road(lodged.at, state),
        goes,
        state not in DELIVERED,
        words.day(lodged.reply_by),
        _appointment(item, draft.given),
        "" if item.live else _owed(draft, item),   # who waits for a call is told by it
        mask_name(str(draft.given.get(item.applicant.name, ""))),
        _call(item),
    )


def _owed(draft: Draft, item: Item) -> str:
    """Return what is still to be brought. Where the letters are large there is room for one name: the slip has all."""
    still = _standing(draft, item).owed
    if not visit().large or len(still) == 1:
        return owed.papers(item, still)
    return owed.first_of(item, still)


def _standing(draft: Draft, item: Item) -> Checked:
    """Return what the answers that were handed in came to."""
    return check(item, dict(draft.given), site().catalogue().county, today())


def _call(item: Item) -> str:
    """Return whom to call while a form that needs a live answer is only registered; empty for any other."""
    if item.live is None:
        return ""
    whose, number = phones_of(item)[0]
    return f"{whose} {number}"


def _appointment(item: Item, given: Answers) -> str:
    """Return when and where the person wants to come and what to bring; empty where nothing of that was asked."""
    fields = {field.key: field for field in item.fields}
    if not all(key in fields and key in given for key in APPOINTMENT):
        return ""
    lang, county = visit().lang, site().catalogue().county
    half, place = (in_words(item, fields[key], given[key], lang, county) for key in ("visit_half", "station"))
    return _(
        "%(day)s%(half)s到%(place)s，带%(bring)s",
        day=words.day(date.fromisoformat(str(given["visit_day"]))),
        half=half,
        place=place,
        bring=_("、").join(tr(one.name) for one in item.materials if f"material_{one.key}" in given),
    )


@bp.get("/receipt/after")
def after() -> Response:
    """Return the road again, or nothing while it has not changed."""
    draft = visit().draft
    if draft is None or draft.lodged is None:
        return make_response("", 204)
    found = _after(draft, draft.lodged)
    if request.args.get("v") == found.mark:
        return make_response("", 204)
    return make_response(render_template("kiosk/_after.html", after=found))


@bp.get("/receipt/print")
def print_state() -> Response:
    """Return the words about the paper again."""
    draft = visit().draft
    state = printing(draft.lodged) if draft is not None and draft.lodged is not None else "none"
    return Response(render_template("kiosk/_print.html", printing=state, again=True))


def printing(lodged: Lodged) -> str:
    """Return "due", "done", "failed", or "none" where no paper comes out."""
    state = jobs.state(site().store.read(), lodged.print_job) if lodged.print_job and prints() else None
    return {"due": "due", "done": "done", "given_up": "failed"}.get(state or "", "none")


def qr_svg(text: str, title: str = "") -> Markup:
    """Return a QR at error level M with its quiet zone, as SVG."""
    import segno  # here, as the first page after a start does not need it

    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out,
        kind="svg",
        border=4,
        xmldecl=False,
        svgns=True,
        omitsize=True,
        title=title or _("回执的二维码"),
        svgclass="qr",
        lineclass="",
    )
    return Markup(out.getvalue().decode())  # nosec B704 - made by the QR library from letters and digits
