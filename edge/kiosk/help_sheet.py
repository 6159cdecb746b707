"""Help: a person and a number, on every page."""

from flask import Blueprint
from werkzeug import Response

from edge.kiosk.guard import visit
from edge.kiosk.page import render

bp = Blueprint("help", __name__)


@bp.get("/help")
def show() -> Response:
    """Show who helps; 返回 leads to the page before."""
    visit().meter.help()
    return render("help.html", keep_here=True, back=visit().here)
