"""材料收好了，请拿回执. Shows only what `lodge` returned, which is after the commit."""

from io import BytesIO

from flask import Blueprint, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug import Response

from edge.desk.lodge import Lodged
from edge.domain.identity import mask_name
from edge.domain.receipt import group
from edge.kiosk import words
from edge.kiosk.guard import visit
from edge.kiosk.page import render, tr
from edge.kiosk.road import short_road
from edge.kiosk.saying import _
from edge.kiosk.site_here import site
from edge.records import jobs

bp = Blueprint("receipt", __name__)


@bp.get("/receipt")
def show() -> Response:
    """Show the receipt of this visit's form; without one, the first page."""
    draft = visit().draft
    if draft is None or draft.lodged is None:
        return redirect(url_for("home.show"), 303)
    lodged = draft.lodged
    item = site().catalogue().item(lodged.item)
    department = tr(site().catalogue().departments[item.department].name)
    return render(
        "receipt.html",
        item=item,
        code=group(lodged.receipt),
        at=words.exact(lodged.at),
        road=short_road(lodged.at),
        masked_name=mask_name(str(draft.given.get(item.applicant.name, ""))),
        qr=qr_svg(lodged.qr),
        reply_by=words.day(lodged.reply_by),
        department=department,
        printing=printing(lodged),
    )


@bp.get("/receipt/print")
def print_state() -> Response:
    """Return the words about the paper again."""
    draft = visit().draft
    state = printing(draft.lodged) if draft is not None and draft.lodged is not None else "none"
    return Response(render_template("kiosk/_print.html", printing=state))


def printing(lodged: Lodged) -> str:
    """Return "due", "done", "failed", or "none" where no paper comes out."""
    state = jobs.state(site().store.read(), lodged.print_job) if lodged.print_job else None
    return {"due": "due", "done": "done", "given_up": "failed"}.get(state or "", "none")


def qr_svg(text: str) -> Markup:
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
        title=_("回执的二维码"),
        svgclass="qr",
        lineclass="",
    )
    return Markup(out.getvalue().decode())  # nosec B704 - made by the QR library from letters and digits
