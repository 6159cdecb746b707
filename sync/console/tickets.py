"""A new site, and the ticket with which one machine joins: shown once, printed or taken along as a file."""

from datetime import timedelta

from flask import Blueprint, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from edge.domain.envelope import Faulty
from edge.ground.problem import BAD_TICKET, Problem
from sync.console import guard, words
from sync.console.frame import render, tr
from sync.console.office import catalogue, hub, now
from sync.console.say import say as _
from sync.hub import enrol, registry
from sync.protocol.enrolment import Ticket, read_ticket

bp = Blueprint("tickets", __name__)
LONGEST_NAME = 40


@bp.get("/sites/new")
def show() -> Response:
    """Ask for which site the ticket is."""
    return _ask("", "")


@bp.post("/sites/new")
def issue() -> Response:
    """Make the ticket. It stands on this page only; the hub can issue another, but not show this one again."""
    name = " ".join((request.form.get("name", "") or request.form.get("known", "")).split())
    if not 2 <= len(name) <= LONGEST_NAME:
        return _ask(name, _("写站点的名字，2 到 40 个字。"), 422)
    known = [site.name for site in registry.sites(hub())]
    ticket = enrol.issue(hub(), name, guard.account().actor)
    until = now() + timedelta(seconds=enrol.TICKET_SECONDS)
    return render(
        "ticket.html",
        site=name,
        text=ticket.text(),
        qr=_qr(ticket),
        until=words.exact(until)[:16],
        hub_url=request.host_url.rstrip("/"),
        fresh=name not in known,
        like=registry.alike(name, known) if name not in known else "",
    )


@bp.post("/sites/ticket-file")
def file() -> Response:
    """Hand a ticket back as a file; only what is a ticket."""
    try:
        ticket = read_ticket(request.form.get("ticket", "")[:64])
    except Faulty as fault:
        raise Problem(BAD_TICKET) from fault
    answer = Response(f"{ticket.text()}\n", mimetype="text/plain")
    # the name must not tell the secret: the public part only
    answer.headers["Content-Disposition"] = f'attachment; filename="yizhan-ticket-{ticket.public}.txt"'
    return answer


def _ask(name: str, fault: str, status: int = 200) -> Response:
    known = {site.name for site in registry.sites(hub())}
    planned = [tr(place.name) for place in catalogue().county.places]
    return render(
        "site_new.html",
        status,
        name=name,
        fault=fault,
        known=sorted(known | set(planned)),
        hours=enrol.TICKET_SECONDS // 3600,
    )


def _qr(ticket: Ticket) -> Markup:
    import segno  # here, as a ticket is drawn once in a device's life

    drawn = segno.make(ticket.text(), error="m", micro=False).svg_inline(
        scale=1, border=4, svgclass="qr", omitsize=True, lineclass=None, unit=None
    )
    # segno's own drawing of letters that this module made
    return Markup(drawn)  # nosec B704
