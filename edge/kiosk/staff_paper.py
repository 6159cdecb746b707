"""Paper forms: numbers reserved and printed ahead; later each is typed in under its number."""

from datetime import date, timedelta

from flask import Blueprint, redirect, request, url_for
from markupsafe import Markup
from werkzeug import Response

from edge.desk.paper import Numbered, look, reserve
from edge.domain.form import Item
from edge.domain.receipt import group, read_code
from edge.kiosk import words
from edge.kiosk.asked import Asked, Option, Segment
from edge.kiosk.comfort import turned
from edge.kiosk.guard import visit, visits
from edge.kiosk.inputs import SEGMENTS
from edge.kiosk.page import render
from edge.kiosk.paper_sheet import draw
from edge.kiosk.saying import _
from edge.kiosk.site_here import site, today
from edge.kiosk.staff import person, staff_only
from edge.kiosk.staff_items import choose_item
from edge.kiosk.visit import Draft

bp = Blueprint("paper", __name__, url_prefix="/staff")
COUNTS = (5, 10, 20, 50)
RECENT_DAYS, OLDEST_DAYS = 3, 366
OLDER = "older"


@bp.get("/paper")
@staff_only
def choose() -> Response:
    """List the items; those that need a live answer cannot be handed in on paper."""
    return choose_item(_("打印哪一种纸表？"), _items(), to="/staff/paper", back="/staff")


def _items() -> list[Item]:
    return [item for item in site().catalogue().items.values() if item.offline != "online"]


@bp.get("/paper/<code>")
@staff_only
def count(code: str) -> Response:
    """Ask how many."""
    item = site().catalogue().item(code)
    return render("paper_count.html", item=item, counts=COUNTS)


@bp.post("/paper/<code>")
@staff_only
def number(code: str) -> Response:
    """Reserve the numbers; they are durable before anything is printed."""
    if turned(request.form.get("go", "")):
        return redirect(url_for(".count", code=code), 303)
    item = site().catalogue().item(code)
    wanted = request.form.get("count", "", type=str)
    if wanted not in map(str, COUNTS):
        return redirect(url_for(".count", code=code), 303)
    here = person()
    here.item, here.codes = item.code, reserve(site(), item, int(wanted))
    return redirect(url_for(".sheets"), 303)


@bp.get("/paper/print")
@staff_only
def sheets() -> Response:
    """Show what was numbered, with the papers that the browser prints."""
    here = person()
    if not here.codes:
        return redirect(url_for(".choose"), 303)
    item = site().catalogue().item(here.item)
    papers = Markup(draw(site(), item, here.codes))  # nosec B704 - our own template
    return render("paper_print.html", item=item, codes=[group(code) for code in here.codes], papers=papers)


@bp.get("/typed")
@staff_only
def ask_number() -> Response:
    """Ask for the number on the paper."""
    here = person()
    error, here.error = here.error, ""
    return render("typed_number.html", typed=here.number, error=error)


@bp.post("/typed")
@staff_only
def keep_number() -> Response:
    """Keep the number; a slip of the pen is told by its check letter."""
    here = person()
    here.number = request.form.get("code", "").strip()[:40]
    if turned(request.form.get("go", "")):
        return redirect(url_for(".ask_number"), 303)
    code = read_code(here.number)
    if code is None:
        here.error = _("这个号不对。照纸上的 10 位，一段一段对着看。")
        return redirect(url_for(".ask_number"), 303)
    here.number = code
    return redirect(url_for(".ask_day"), 303)


@bp.get("/typed/day")
@staff_only
def ask_day() -> Response:
    """Say what is known of the number, and ask for the day that stands on the paper."""
    here = person()
    code = read_code(here.number)
    if code is None:
        return redirect(url_for(".ask_number"), 303)
    known = look(site(), code)
    error, here.error = here.error, ""
    before = [words.when(at, site().clock.now()) for at in known.typed_at]
    return render(
        "typed_day.html", code=group(code), own=known.own, before=before, error=error, days=_recent(), typed=here.day
    )


def _recent() -> list[Option]:
    names = (_("今天"), _("昨天"), _("前天"))
    days = [today() - timedelta(days=back) for back in range(RECENT_DAYS)]
    recent = [
        Option(day.isoformat(), f"{name} {words.day_and_weekday(day)}", "", False)
        for name, day in zip(names, days, strict=True)
    ]
    return [*recent, Option(OLDER, _("更早"), "", False)]


@bp.get("/typed/older")
@staff_only
def ask_older() -> Response:
    """Ask for a day that is further back."""
    here = person()
    code = read_code(here.number)
    if code is None:
        return redirect(url_for(".ask_number"), 303)
    error, here.error = here.error, ""
    segments = tuple(
        Segment(f"day.{at}", label, here.day.get(str(at), ""), size)
        for at, (label, size) in enumerate(zip((_("年"), _("月"), _("日")), SEGMENTS["date"], strict=True), 1)
    )
    asked = Asked("day", "segments", "digits", segments=segments, name="date", focus="f-day.1")
    return render("typed_older.html", code=group(code), asked=asked, error=error)


@bp.post("/typed/day")
@staff_only
def keep_day() -> Response:
    """Begin the form of the paper; where its number was not printed here, ask first which form it is."""
    here = person()
    parts = {str(part): request.form.get(f"day.{part}", "").strip()[:4] for part in (1, 2, 3)}
    page = ".ask_older" if request.form.get("older") or request.form.get("day") == OLDER else ".ask_day"
    here.day = parts
    if turned(request.form.get("go", "")) or request.form.get("day") == OLDER:
        return redirect(url_for(page), 303)
    day = _day(request.form.get("day", ""), list(parts.values()))
    if day is None:
        here.error = _("选纸上写的那一天：一年以内，不晚于今天。")
        return redirect(url_for(page), 303)
    here.day = {"iso": day.isoformat()}
    known = look(site(), here.number)
    if known.own and known.item in site().catalogue().items:
        return _begin(known.item)
    return redirect(url_for(".which"), 303)


def _day(chosen: str, parts: list[str]) -> date | None:
    try:
        day = date(*(int(part) for part in parts)) if any(parts) else date.fromisoformat(chosen)
    except ValueError:
        return None
    return day if today() - timedelta(days=OLDEST_DAYS) <= day <= today() else None


@bp.get("/typed/item")
@staff_only
def which() -> Response:
    """Ask which form the paper is."""
    return choose_item(_("纸上是哪件事？"), _items(), to="/staff/typed/item", back="/staff/typed/day")


@bp.get("/typed/item/<code>")
@staff_only
def begin(code: str) -> Response:
    """Begin the form that was chosen."""
    return _begin(site().catalogue().item(code).code)


def _begin(code: str) -> Response:
    here = person()
    number, day = read_code(here.number), here.day.get("iso", "")
    if number is None or not day:
        return redirect(url_for(".ask_number"), 303)
    draft = visit().draft = Draft(code, visits().fresh_token())
    draft.paper = Numbered(number, date.fromisoformat(day))
    visit().tracked = None
    here.number, here.day = "", {}
    return redirect(url_for("fill.resume"), 303)
