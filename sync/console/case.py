"""One case: read, unmask with a reason, decide in two steps."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from edge.domain.answers import Checked, check
from edge.domain.form_walk import form_fields
from edge.domain.submission import Event, State
from edge.ground.clock import moment
from edge.ground.problem import BAD_REQUEST, REASON_MISSING, REASON_NAMES, Problem
from sync.console import casework, guard, photos, words
from sync.console.capture import capture
from sync.console.checks import checks
from sync.console.day_clock import long_clock
from sync.console.decision_form import asks, options, outcome
from sync.console.frame import render, tr
from sync.console.looks import case_look
from sync.console.office import catalogue, hub, today
from sync.console.on_paper import on_paper
from sync.console.preview import Seen, screen_of, waiting_screen
from sync.console.problem_page import sentences_of
from sync.console.say import say as _
from sync.console.urgent import is_waited_for, urgent_items
from sync.console.verdict_form import Ground, Typed, judge, read_form
from sync.hub import review
from sync.hub.case_reason import stated_of
from sync.hub.review import VERBS, CaseView
from sync.hub.tables.cases import Search

bp = Blueprint("case", __name__)
MOST_REASON = 100


@bp.get("/cases/<case_id>")
def show(case_id: str) -> Response:
    """Open a case; this is audited."""
    return _page(casework.open_case(case_id), Typed())


@bp.post("/cases/<case_id>/reveal")
def reveal(case_id: str) -> Response:
    """Show one answer in full, on this one page; who, which field and why stand in the audit."""
    key, reason = request.form.get("field", ""), " ".join(request.form.get("reason", "").split())
    found = casework.row_of(case_id)
    item = hub().item(found.item, found.version)
    if item is None or key not in {one.key for one in form_fields(item)}:
        raise Problem(BAD_REQUEST, "no field of this form")   # it would stand in the audit for ever
    try:
        stated_of(hub(), found.id, reason, most=MOST_REASON)
    except Problem as problem:
        if problem.kind not in (REASON_MISSING, REASON_NAMES):
            raise
        fault = sentences_of(problem) if problem.kind is REASON_NAMES else _("写一句为什么要看，记在审计里。")
        return _page(casework.open_case(case_id), Typed(), reveal_key=key, reveal_fault=fault, status=422)
    return _page(casework.open_case(case_id, f"reveal {key}: {reason}"), Typed(), shown=key)


@bp.post("/cases/<case_id>/preview")
def preview(case_id: str) -> Response:
    """Return what the decision would say on the kiosk, while it is being typed."""
    view = review.unshown(hub(), casework.row_of(case_id).id)
    typed = read_form(request.form, view.item)
    if view.item is None or not typed.verdict:
        seen = _waiting(view)
        return render("_seen.html", seen=seen)
    verdict = judge(typed, _ground(view))
    seen = screen_of(view.item, verdict, view.answers, catalogue(), today()) if verdict else None
    return render("_seen.html", seen=seen, unfinished=verdict is None)


@bp.post("/cases/<case_id>/decide")
def decide(case_id: str) -> Response:
    """Judge what was typed and show once more what will be sent."""
    view = casework.open_case(case_id, "decide")
    if _decided_meanwhile(view):
        return _late(view)
    typed, seen = _judged(view)
    if request.form.get("back"):
        typed.errors.clear()
        return _page(view, typed)
    if seen is None:
        return _page(view, typed, status=422)
    sent = [(key, value) for key, value in request.form.items(multi=True) if key not in ("csrf", "back")]
    return render(
        "case_confirm.html",
        case=view.case,
        person=casework.person(view),
        seen=seen,
        sent=sent,
        act=_act(typed.verdict, len(typed.asked)),
        once=typed.verdict == "return",
    )


@bp.post("/cases/<case_id>/send")
def send(case_id: str) -> Response:
    """Send the decision. It goes to the citizen in the same transaction and cannot be taken back."""
    view = casework.open_case(case_id, "decide")
    if _decided_meanwhile(view):
        return _late(view)
    typed, seen = _judged(view)
    verdict = judge(typed, _ground(view))
    if seen is None or verdict is None:
        return _page(view, typed, status=422)
    review.verdict(hub(), case_id, guard.account().actor, verdict)
    return redirect(url_for(".show", case_id=case_id, said=verdict.verdict), 303)


def _known(view: CaseView) -> Checked:
    county = catalogue().county
    return check(view.item, view.answers, county, capture(view.case).day) if view.item else Checked({})


def _warning(view: CaseView) -> str:
    live = view.item.live if view.item else None
    return tr(live.warning_at(_known(view).warning)) if live else ""


def _waiting(view: CaseView) -> Seen | None:
    if view.item is None:
        return None
    amended = casework.asked_before(view)
    return waiting_screen(view.item, casework.reply_by(view.case), _known(view), amended=amended)


def _ground(view: CaseView, may: list[Event] | None = None) -> Ground:
    county, allowed = catalogue().county, view.may if may is None else may
    return Ground(view.item, view.answers, allowed, casework.askable(view), county, today(), view.waiting_for)


def _decided_meanwhile(view: CaseView) -> bool:
    """Tell if someone decided since the page was opened; the form carries the step that it was opened at."""
    return request.form.get("step", type=int) != view.case.step


def _late(view: CaseView) -> Response:
    """Go to the case as it stands now: a second touch is no fault, any other decision was not sent and must be told."""
    typed = read_form(request.form, view.item)
    given = judge(typed, _ground(view, [VERBS[typed.verdict]] if typed.verdict in VERBS else []))
    mine = bool(view.history) and view.history[-1].actor == guard.account().actor
    said = "again" if mine and given and review.stands(view, given) else "late"
    return redirect(url_for(".show", case_id=view.case.id, said=said), 303)


def _judged(view: CaseView) -> tuple[Typed, Seen | None]:
    typed = read_form(request.form, view.item)
    verdict = judge(typed, _ground(view))
    if verdict is None or view.item is None:
        return typed, None
    return typed, screen_of(view.item, verdict, view.answers, catalogue(), today())


def _act(verdict: str, asked: int) -> str:
    return {"accept": _("受理"), "finish": _("办结"), "reject": _("不予受理")}.get(verdict, _("退补 %(n)d 样", n=asked))


def _page(
    view: CaseView, typed: Typed, *, shown: str = "", reveal_key: str = "", reveal_fault: str = "", status: int = 200
) -> Response:
    case, item, county, day = view.case, view.item, catalogue().county, today()
    due, (before, after) = casework.reply_by(case), _neighbours(view)
    taken, waiting = capture(case), case.state == State.HELD
    return render(
        "case.html", status,
        case=case, view=view, typed=typed,
        code=words.group(case.code),
        person=casework.person(view),
        item_name=tr(item.name) if item else case.item,
        look=case_look(case.state),
        strange=taken.doubtful,
        on_paper=on_paper(case),
        answers=casework.answers_of(view, shown),
        papers=casework.papers(view),
        folder=photos.folder(view),
        photo_reasons=photos.reasons(),
        road=casework.road(view),
        told=casework.told(view),
        checks=checks(item, view.answers, county, taken.day) if item and view.readable else [],
        clock=long_clock(taken.day, due, day, county.working_days()),
        waiting=waiting, erased=case.state == State.ERASED,
        live=is_waited_for(case, item),
        due=due,
        since=moment(taken.counted_from),
        seen=_waiting(view) if waiting else None,
        warning=_warning(view),
        options=options(view),
        asks=asks(view, typed),
        outcome=outcome(view, typed),
        asked_before=casework.asked_before(view),
        reveal_key=reveal_key, reveal_fault=reveal_fault,
        before=before,
        after=after,
        said=_said(request.args.get("said", "")),
        late=_not_sent(view) if request.args.get("said") == "late" else "",
    )


def _said(word: str) -> str:
    return {
        "accept": _("已发出：受理。机器下一次通话就能看到。"),
        "return": _("已发出：退补。机器下一次通话就能看到。"),
        "reject": _("已发出：不予受理。机器下一次通话就能看到。"),
        "finish": _("已发出：办结。机器下一次通话就能看到。"),
        "erased": _("已删除。机器下一次通话就跟着删。"),
        "lost": _("不再等了。没有来的照片，退补时请居民再拍一次。"),
        "again": _("您已经发出过了，只算一次。现在是下面这样。"),
    }.get(word, "")


def _not_sent(view: CaseView) -> str:
    """Say that a decision was not sent, and which one stands instead of it."""
    stands = casework.standing(view)
    if stands:
        return _("您刚才的决定没有发出：这一件已经有决定，%(stands)s。", stands=stands)
    return _("您刚才的决定没有发出：您打开以后，这一件有了变化。现在是下面这样。")


def _neighbours(view: CaseView) -> tuple[str, str]:
    """Return the addresses of the case before and the case after in the waiting list."""
    waiting = Search(state="held", department=guard.account().department)
    found, _counts = review.work_list(hub(), waiting, 200, urgent=urgent_items())
    ids = [one.id for one in found]
    if view.case.id not in ids:
        return "", url_for(".show", case_id=ids[0]) if ids else ""
    at = ids.index(view.case.id)
    return (
        url_for(".show", case_id=ids[at - 1]) if at else "",
        url_for(".show", case_id=ids[at + 1]) if at + 1 < len(ids) else "",
    )
