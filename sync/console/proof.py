"""The proof that nothing was lost: on the screen, and as a sheet to print, sign and file."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from edge.ground.clock import moment
from sync.console import guard, words
from sync.console.frame import render, tr
from sync.console.looks import Look
from sync.console.office import catalogue, hub
from sync.console.say import say as _
from sync.hub import proof as proofs
from sync.hub.hub import Hub
from sync.hub.proof import LaneProof, Proof

bp = Blueprint("proof", __name__)
_GROUP = 4


@dataclass(frozen=True)
class ProofLine:
    """One lane as the sheet shows it."""

    place: str
    lane: str
    span: str
    sent: int
    held: int
    again: int
    cases: int
    aside: int
    safe: int
    said: str
    look: Look
    gap: str
    chain_there: str
    chain_here: str


@bp.get("/proof")
def show() -> Response:
    """Ask for the period and show the proof."""
    begin, end = request.args.get("from", ""), request.args.get("to", "")
    try:
        made = proofs.prove(hub(), *proofs.period(hub(), begin, end))
    except ValueError:
        return render("proof.html", 422, fault=_("日期写成 2026-11-01 这样，开始不能晚于结束。"), begin=begin, end=end,
                      **_values(hub(), proofs.prove(hub(), *proofs.period(hub(), "", ""))))
    return render("proof.html", fault="", begin=made.begin, end=made.end, **_values(hub(), made))


@bp.get("/proof/sheet")
def print_sheet() -> Response:
    """Show the sheet alone, for A4."""
    try:
        made = proofs.prove(hub(), *proofs.period(hub(), request.args.get("from", ""), request.args.get("to", "")))
    except ValueError:
        return show()
    return Response(write_sheet(hub(), made, ""), mimetype="text/html")


def write_sheet(of: Hub, made: Proof, style: str) -> str:
    """Return the sheet; `style` stands inside it, "" for a link to the console's own file."""
    return render_template("console/proof_sheet.html", style=style, lang=guard.lang(),
                           county=tr(catalogue().county.name),
                           begin=made.begin, end=made.end, **_values(of, made))


def _values(of: Hub, made: Proof) -> dict[str, Any]:
    signature = proofs.sign_proof(of, made).rpartition(b" ")[2].decode()
    return {
        "proof": made, "rows": [_line(one) for one in made.lanes], "mark": proofs.short_mark(made),
        "made_at": words.exact(moment(made.made_at))[:16], "signature": signature,
        "newest": words.exact(moment(made.newest_backup))[:16] if made.newest_backup else ""}


def _line(one: LaneProof) -> ProofLine:
    looks = {
        proofs.WHOLE: Look("accepted", "yes", _("齐")), proofs.UNDER_WAY: Look("soon", "box", _("还在机器上")),
        proofs.LOST: Look("returned", "no", _("缺")), proofs.UNLIKE: Look("returned", "no", _("对不上")),
        proofs.UNSAID: Look("saved", "box", _("机器没说过"))}
    return ProofLine(
        f"{one.site} {one.label}", one.lane[:8], f"{one.first}–{one.last}", one.sent, one.held, one.again,
        one.cases, one.states.get("set_aside", 0), one.safe,
        words.exact(moment(one.heard_at))[:16] if one.heard_at else "", looks[one.verdict],
        f"{one.missing[0]}–{one.missing[1]}" if one.missing else "", _short(one.chain_there), _short(one.chain_here))


def _short(chain: str) -> str:
    return " ".join(chain[at:at + _GROUP] for at in range(0, 3 * _GROUP, _GROUP))
