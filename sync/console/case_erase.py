"""Erase a case because the law wants it: what it means, a reason, a tick, and it is gone for good."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from edge.domain.submission import State
from edge.ground.problem import REASON_MISSING, WRONG_STATE, Problem
from sync.console import casework, guard, words
from sync.console.frame import render, tr
from sync.console.office import catalogue, hub
from sync.console.problem_page import words_of
from sync.console.say import say as _
from sync.hub.erase import erase
from sync.hub.tables.cases import Case

bp = Blueprint("case_erase", __name__)


@bp.get("/cases/<case_id>/erase")
def warn(case_id: str) -> Response:
    """Say what erasing means and ask for the reason; nothing of the case is opened."""
    return _warn(_whole(case_id))


@bp.post("/cases/<case_id>/erase")
def gone(case_id: str) -> Response:
    """Erase the case. The box is ticked, so that no slip of the hand does it."""
    case = _whole(case_id)
    if request.form.get("sure", "") != "yes":
        return _warn(case, _("要勾上“我知道收不回”。"))
    try:
        erase(hub(), case.id, guard.account().actor, request.form.get("reason", ""))
    except Problem as problem:
        if problem.kind is not REASON_MISSING:
            raise
        return _warn(case, "。".join(words_of(problem)))
    return redirect(url_for("case.show", case_id=case.id, said="erased"), 303)


def _whole(case_id: str) -> Case:
    case = casework.row_of(case_id)
    if case.state == State.ERASED:
        raise Problem(WRONG_STATE)
    return case


def _warn(case: Case, fault: str = "") -> Response:
    item = catalogue().items.get(case.item)
    return render("erase_confirm.html", 422 if fault else 200, case=case, code=words.group(case.code),
                  item_name=tr(item.name) if item else case.item, fault=fault)
