"""The first page: what happened, by whom it is decided, or in your own words."""

from flask import Blueprint, Response

from edge.kiosk.guard import visit
from edge.kiosk.page import render
from edge.kiosk.site_here import site

bp = Blueprint("home", __name__)
MOST_TILES = 8
MOST_DEPARTMENTS = 9


@bp.get("/")
def show() -> Response:
    """Show the events and departments that have items; the rest stand under 全部事项."""
    catalogue = site().catalogue()
    tiles = [event for event in catalogue.events if catalogue.for_event(event.key)][:MOST_TILES]
    departments = [(key, department) for key, department in catalogue.departments.items() if catalogue.for_department(key)]
    here = visit()
    changed = here.lang != "zh" or here.large or here.dark or here.holds_something
    return render("home.html", tiles=tiles, departments=departments[:MOST_DEPARTMENTS], idle="quiet" if changed else "none")
