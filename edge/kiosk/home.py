"""The first page: what happened, by whom it is decided, or in your own words."""

from flask import Blueprint, make_response, request
from werkzeug import Response

from edge.domain.county import LifeEvent
from edge.kiosk.guard import visit
from edge.kiosk.page import render, shown, tr
from edge.kiosk.paging import cut
from edge.kiosk.paper_way import paper_way
from edge.kiosk.saying import _
from edge.kiosk.site_here import inviting, site

bp = Blueprint("home", __name__)
TILES, LARGE_TILES = 8, 5
MOST_DEPARTMENTS = 9


@bp.get("/")
def show() -> Response:
    """Show the events and departments that have items; the rest stand under 全部事项.

    Staff who come here have left their pages, also without 退出: whoever stands here next types the PIN.
    """
    visit().staff = None
    standing = site().refusing()
    if not standing.takes_forms and not visit().practice:
        return paper_way(standing)
    catalogue = shown()
    tiles = [(event, _hint(event, len(some))) for event in catalogue.events if (some := catalogue.for_event(event.key))]
    page = cut(
        tiles, LARGE_TILES if visit().large and len(tiles) > LARGE_TILES + 1 else TILES, request.args.get("page", "")
    )
    departments = [(key, department) for key, department, _count in catalogue.offices()]
    here = visit()
    changed = here.lang != "zh" or here.large or here.dark or here.practice or here.holds_something
    return render(
        "home.html",
        page=page,
        departments=departments[:MOST_DEPARTMENTS],
        invites=inviting() is not None and not here.practice,
        idle="quiet" if changed else "none",
    )


def _hint(event: LifeEvent, here: int) -> str:
    """Return what an event is about; where a machine shows a part of its items, only how many."""
    if here == len(site().catalogue().for_event(event.key)):
        return tr(event.hint)
    return _("%(number)d 件事", number=here)


@bp.get("/ready")
def ready() -> Response:
    """Load the page again once forms are taken again; nothing else."""
    said = make_response("", 204)
    if site().refusing().takes_forms:
        said.headers["HX-Refresh"] = "true"
    return said
