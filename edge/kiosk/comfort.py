"""Large type, dark ground, language: for this visit, from any page."""

from flask import Blueprint, redirect, request
from werkzeug import Response

from edge.kiosk.guard import visit

bp = Blueprint("comfort", __name__)


def turned(go: str) -> bool:
    """Apply what a dock button asks for; True when it was one of them."""
    here = visit()
    if go == "large":
        here.large = not here.large
    elif go == "dark":
        here.dark = not here.dark
    elif go == "lang":
        here.lang = "zh" if here.lang == "en" else "en"
    else:
        return False
    return True


@bp.post("/comfort")
def change() -> Response:
    """Change and show the same page again."""
    turned(request.form.get("go", ""))
    return redirect(visit().here, 303)
