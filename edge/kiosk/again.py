"""The next form of the same person: what they wrote a moment ago need not be written twice.

What is shared between forms (name, number, mobile, address) stays with the visit when a form is handed in, and ends
with it. Whoever begins the next form may be somebody else who found the machine like this, so nothing of it is shown
or used before the last four characters of the ID number are written once more.
"""

import hmac

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from edge.domain.answers import check
from edge.domain.form import Item
from edge.domain.form_walk import MYSELF, form_fields
from edge.kiosk.comfort import turned
from edge.kiosk.form import Form, form
from edge.kiosk.guard import visit
from edge.kiosk.page import render
from edge.kiosk.said import Said
from edge.kiosk.saying import _
from edge.kiosk.site_here import site, today

bp = Blueprint("again", __name__, url_prefix="/again")
TAIL, TRIES = 4, 3


def remember(current: Form) -> None:
    """Keep the shared answers of a form that somebody has just handed in for themself."""
    draft, item, here = current.draft, current.item, visit()
    if draft.paper or not _for_oneself(current):
        here.said = None
        return
    shared = {field.key for field in form_fields(item) if field.shared}
    number = str(draft.given.get(item.applicant.id_number, ""))
    here.said = Said(number[-TAIL:], {key: value for key, value in draft.given.items() if key in shared})


def offered() -> bool:
    """Tell if the form that has just been begun could take over what was written before."""
    current = form()
    return visit().said is not None and not visit().practice and _for_oneself(current) and bool(_kept(current.item))


@bp.get("")
def ask() -> Response:
    """Ask whether this is still the same person."""
    here = visit()
    if here.draft is None or here.said is None:
        return redirect(url_for("fill.resume"), 303)
    return render("again.html", item=form().item, error=here.said.error)


@bp.post("")
def take() -> Response:
    """Take over what was written before, or begin with nothing."""
    here, go = visit(), request.form.get("go", "next")
    if here.said is None or here.draft is None or turned(go):
        return redirect(url_for(".ask"), 303)
    typed = "".join(request.form.get("tail", "").upper().split())
    if go == "fresh":
        here.said = None
    elif hmac.compare_digest(typed.encode(), here.said.tail.encode()):
        _fill(form())
    else:
        here.said.tries += 1
        here.said.error = _("和刚才的不一样。再写一次，或者从头写。")
        if here.said.tries < TRIES:
            return redirect(url_for(".ask"), 303)
        here.said = None
    return redirect(url_for("fill.resume"), 303)


def _fill(current: Form) -> None:
    draft, said = current.draft, visit().said
    if said is None:
        return
    said.error = ""
    given = {**draft.given, **{key: said.answers[key] for key in _kept(current.item)}}
    judged = check(current.item, given, site().catalogue().county, today())
    draft.given.update({key: judged.answers[key] for key in given if key in judged.answers})


def _kept(item: Item) -> list[str]:
    said = visit().said
    if said is None:
        return []
    return [field.key for field in form_fields(item) if field.shared and field.key in said.answers]


def _for_oneself(current: Form) -> bool:
    return current.draft.given.get(current.item.who, MYSELF) == MYSELF
