"""The first page: what happened, by whom it is decided, or in your own words."""

from flask import Blueprint, request
from werkzeug import Response

from edge.kiosk.guard import visit
from edge.kiosk.page import render, shown
from edge.kiosk.paging import cut

bp = Blueprint("home", __name__)
TILES, LARGE_TILES = 8, 5
MOST_DEPARTMENTS = 9


@bp.get("/")
def show() -> Response:
    """Show the events and departments that have items; the rest stand under 全部事项."""
    catalogue = shown()
    tiles = [event for event in catalogue.events if catalogue.for_event(event.key)]
    page = cut(
        tiles, LARGE_TILES if visit().large and len(tiles) > LARGE_TILES + 1 else TILES, request.args.get("page", "")
    )
    departments = [
        (key, department) for key, department in catalogue.departments.items() if catalogue.for_department(key)
    ]
    here = visit()
    changed = here.lang != "zh" or here.large or here.dark or here.holds_something
    return render(
        "home.html", page=page, departments=departments[:MOST_DEPARTMENTS], idle="quiet" if changed else "none"
    )
