"""练一练: a form filled for practice. It ends on a page that looks like the receipt; nothing is handed in or written.

That nothing is taken does not hang on these pages: `edge/desk/practice.py` refuses.
"""

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from edge.desk.practice import practising
from edge.domain.example import example_for
from edge.domain.form_walk import form_fields
from edge.domain.identity import mask_name
from edge.kiosk import words
from edge.kiosk.fill import onward
from edge.kiosk.form import form
from edge.kiosk.guard import has_visit, renew, visit
from edge.kiosk.page import render
from edge.kiosk.site_here import site, today

bp = Blueprint("practice", __name__, url_prefix="/practice")
MEANT = frozenset({"track", "correct", "staff", "stick", "paper"})
"""Steps that are never practice: who turns to one of them has ended it."""


@bp.before_app_request
def _mark() -> None:
    """Tell the desk whether this request is practice, before any step does something."""
    if has_visit() and visit().practice and request.blueprint in MEANT:
        renew()
    practising(has_visit() and visit().practice)


@bp.teardown_app_request
def _unmark(_: BaseException | None) -> None:
    practising(False)


@bp.post("")
def begin() -> Response:
    """Begin to practise: choose any item."""
    renew(practice=True)
    return redirect(url_for("listing.everything"), 303)


@bp.post("/item/<code>")
def begin_item(code: str) -> Response:
    """Begin to practise one item."""
    item = site().catalogue().item(code)
    renew(practice=True)
    return redirect(url_for("start.show", code=item.code), 303)


@bp.post("/example")
def fill_in() -> Response:
    """Fill every question with the item's invented answers, so that a trainer reaches the end fast."""
    if not visit().practice:
        return redirect(url_for("fill.resume"), 303)
    current = form()
    draft = current.draft
    draft.given, draft.row = example_for(current.item, site().catalogue().county, today()), None
    draft.raw.clear()
    draft.errors.clear()
    draft.part.clear()
    keys = {field.key for field in form_fields(current.item)}
    draft.seen |= keys
    draft.unseen |= keys   # a photo may be taken of what was brought, none must
    return redirect(onward(current, None), 303)


@bp.get("/done")
def done() -> Response:
    """Say that practice is over and nothing was handed in."""
    draft = visit().draft
    if not visit().practice or draft is None or not draft.rehearsed:
        return redirect(url_for("home.show"), 303)
    item = site().catalogue().item(draft.item)
    name = mask_name(str(draft.given.get(item.applicant.name, "")))
    return render("practice_done.html", item=item, at=words.exact(site().clock.now()), masked_name=name)


@bp.post("/real")
def really() -> Response:
    """Begin the same item in earnest, with nothing of what was practised."""
    draft = visit().draft
    renew()
    return redirect(url_for("start.show", code=draft.item) if draft else url_for("home.show"), 303)


@bp.post("/end")
def end() -> Response:
    """End practice, on the first page."""
    renew()
    return redirect(url_for("home.show"), 303)
