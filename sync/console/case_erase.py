"""Erase a case because the law wants it: what it means, a reason, a tick, and it is gone for good."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from edge.domain.submission import State
from edge.ground.problem import WRONG_STATE, Problem
from sync.console import casework, confirmed, words
from sync.console.confirmed import Act
from sync.console.frame import tr
from sync.console.office import catalogue, hub
from sync.console.say import say as _
from sync.hub.erase import erase
from sync.hub.tables.cases import Case

bp = Blueprint("case_erase", __name__)


@bp.get("/cases/<case_id>/erase")
def warn(case_id: str) -> Response:
    """Say what erasing means and ask for the reason; nothing of the case is opened."""
    return confirmed.ask(_act(_whole(case_id)))


@bp.post("/cases/<case_id>/erase")
def gone(case_id: str) -> Response:
    """Erase the case."""
    case = _whole(case_id)

    def do(actor: str, reason: str) -> Response:
        erase(hub(), case.id, actor, reason)
        return redirect(url_for("case.show", case_id=case.id, said="erased"), 303)

    return confirmed.carry_out(_act(case), do)


def _whole(case_id: str) -> Case:
    case = casework.row_of(case_id)
    if case.state == State.ERASED:
        raise Problem(WRONG_STATE)
    return case


def _act(case: Case) -> Act:
    item, code = catalogue().items.get(case.item), words.group(case.code)
    return Act(
        _("依法删除：%(code)s", code=code),
        _("删除这一件"),
        ((_("待办"), url_for("worklist.show")), (code, url_for("case.show", case_id=case.id))),
        _("删了就收不回。"),
        _("居民要求删除、又没有法律要求留着的，才删。填的内容和照片在县里和每台机器上都删掉；从备份恢复也回不来。"),
        (
            _("留下的只有：有过这一件、什么时候删的、谁删的、为什么。"),
            _("居民凭回执号再查，就查不到了。"),
            _("还没办完的也不再办。"),
        ),
        sub=tr(item.name) if item else case.item,
        hint=_("写一句，记在审计里；不要写姓名和号码。"),
        final=True,
    )
