"""再打一张: for the citizen whose slip did not come out, and at the staff's desk by receipt code and ID tail."""

from dataclasses import replace

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from edge.desk.print_again import print_again
from edge.desk.staff import ACTOR
from edge.domain.receipt import read_code
from edge.ground.problem import NOT_FOUND_HERE, NOTES_DAMAGED, TOO_MANY_TRIES, Problem, title_and_cure
from edge.kiosk.comfort import turned
from edge.kiosk.guard import visit
from edge.kiosk.page import render
from edge.kiosk.receipt import printing
from edge.kiosk.saying import _
from edge.kiosk.site_here import site
from edge.kiosk.staff import person, staff_only
from edge.records import jobs

bp = Blueprint("print_again", __name__)
KIOSK = "kiosk"
TAIL_LENGTH = 4


@bp.post("/receipt/print")
def same() -> Response:
    """Print the receipt on the screen once more; only where it did not come out."""
    draft = visit().draft
    if draft is not None and draft.lodged is not None and printing(draft.lodged) == "failed":
        lodged = draft.lodged
        asked = site().catalogue().item(lodged.item).applicant.id_number
        job = print_again(site(), lodged.receipt, str(draft.given[asked])[-TAIL_LENGTH:], actor=KIOSK)
        draft.lodged = replace(lodged, print_job=job)
    return redirect(url_for("receipt.show"), 303)


@bp.get("/staff/slip")
@staff_only
def ask_code() -> Response:
    """Ask for the receipt code."""
    here = person()
    error, here.error = here.error, ""
    return render("slip_asked.html", key="code", typed=here.number, error=error)


@bp.post("/staff/slip")
@staff_only
def keep_code() -> Response:
    """Keep the code; a slip of the pen is told by its check letter."""
    here = person()
    here.number = request.form.get("code", "").strip()[:40]
    if turned(request.form.get("go", "")):
        return redirect(url_for(".ask_code"), 303)
    if read_code(here.number) is None:
        here.error = _("这个号不对。照着 10 位，一段一段对着看。")
        return redirect(url_for(".ask_code"), 303)
    return redirect(url_for(".ask_tail"), 303)


@bp.get("/staff/slip/tail")
@staff_only
def ask_tail() -> Response:
    """Ask for the last four of the ID number; the citizen knows them, the staff need not."""
    here = person()
    if read_code(here.number) is None:
        return redirect(url_for(".ask_code"), 303)
    error, here.error = here.error, ""
    return render("slip_asked.html", key="tail", typed="", error=error)


@bp.post("/staff/slip/tail")
@staff_only
def order() -> Response:
    """Order the slip; of the case nothing is shown."""
    here = person()
    if turned(request.form.get("go", "")):
        return redirect(url_for(".ask_tail"), 303)
    try:
        here.job = print_again(site(), here.number, request.form.get("tail", "")[:8], actor=ACTOR,
                               tries=visit().wrong_tries)
    except Problem as problem:
        # these two belong beside the field; everything else has its own page
        if problem.kind not in (NOT_FOUND_HERE, NOTES_DAMAGED, TOO_MANY_TRIES):
            raise
        here.error = _refused(problem)
        return redirect(url_for(".ask_tail"), 303)
    here.number = ""
    return redirect(url_for(".ordered"), 303)


@bp.get("/staff/slip/ordered")
@staff_only
def ordered() -> Response:
    """Say how far the paper is."""
    state = jobs.state(site().store.read(), person().job) if person().job else None
    return render("slip_ordered.html", state={"due": "due", "done": "done"}.get(state or "", "failed"))


def _refused(problem: Problem) -> str:
    if problem.kind is NOT_FOUND_HERE:
        return _("这台机器上没有这一份。两个号再对一遍；在别的机器交的，到那台机器上打。")
    return title_and_cure(problem.kind, visit().lang)
