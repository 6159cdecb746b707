"""Review: what a reviewer sees of a case, and the decision. One transaction holds decision, case, status and audit
line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from edge.domain.answers import check_outcome
from edge.domain.envelope import Faulty
from edge.domain.form import Item
from edge.domain.form_walk import form_fields
from edge.domain.submission import TRANSITIONS, Attachment, Body, Event, State
from edge.ground.clock import local_day
from edge.ground.database import Connection
from edge.ground.ids import JSON
from edge.ground.problem import (
    ANSWERS_FAULTY,
    CASE_INCOMPLETE,
    NOT_FOUND,
    REASON_MISSING,
    WRONG_STATE,
    Problem,
)
from edge.ground.sealing import CannotOpen
from edge.ground.transitions import advance, events_from
from edge.records import audit
from sync.hub.hub import Hub
from sync.hub.materials import Material, arrivals, waiting_for
from sync.hub.open import read_body
from sync.hub.speak import speak
from sync.hub.tables import blobs, cases, envelopes, verdicts
from sync.hub.tables.cases import Case, Search
from sync.hub.tables.verdicts import Spoken

Word = Literal["accept", "return", "reject", "finish"]
VERBS = {"accept": Event.ACCEPT, "return": Event.RETURN, "reject": Event.REJECT, "finish": Event.FINISH}
NEEDS_REASON = frozenset({"return", "reject"})
LONGEST_REASON = 500
MOST_ON_A_PAGE = 200


@dataclass(frozen=True)
class Verdict:
    """A decision. `asks` are (field, reason); `result` the item's outcome fields, given on accepting or finishing."""

    verdict: Word
    reason: str = ""
    asks: list[tuple[str, str]] = field(default_factory=list)
    result: dict[str, JSON] = field(default_factory=dict)


@dataclass(frozen=True)
class CasePage:
    """A part of the log of cases; `next` is the cursor to go on from, None at the end.

    `waiting_for` is id → how many blobs that case still waits for.
    """

    cases: list[Case]
    next: int | None
    waiting_for: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Amendment:
    """What the citizen handed in later: the answers that changed."""

    answers: dict[str, JSON]
    answers_step: int
    opened_at: int
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class CaseView:
    """A case opened for someone. `answers` are the first ones with all amendments laid over them.

    `waiting_for` counts the blobs that are still on their way; until they are here, or are known to be lost, the case
    cannot be accepted.
    """

    case: Case
    item: Item | None
    body: Body | None
    answers: dict[str, JSON]
    amendments: list[Amendment]
    history: list[Spoken]
    may: list[Event]
    readable: bool
    materials: list[Material] = field(default_factory=list)
    waiting_for: int = 0


def cases_after(hub: Hub, after: int = 0, limit: int = 50) -> CasePage:
    """Return the log of cases behind a cursor, for systems that follow it."""
    most = max(1, min(limit, MOST_ON_A_PAGE))
    found = cases.after(hub.store.read(), after, most + 1)
    page = found[:most]
    return CasePage(page, page[-1].position if len(found) > most else None, waiting_for(hub, page))


def work_list(hub: Hub, search: Search, limit: int = 50, skip: int = 0,
              urgent: Sequence[str] = ()) -> tuple[list[Case], dict[str, int]]:
    """Return the cases of a search, and how many of the same search stand in each state: what waits of the `urgent`
    items first, then the nearest deadline.
    """
    db = hub.store.read()
    anywhere = Search("", search.department, search.item, search.site, search.words)
    return cases.work(db, search, limit, skip, urgent), cases.counts(db, anywhere)


def case(hub: Hub, case_id: str, actor: str, why: str = "read") -> CaseView:
    """Open a case; that it was read, by whom and why, stands in the audit.

    Raises:
        Problem: NOT_FOUND.
    """
    with hub.store.write() as db:
        found = _found(db, case_id)
        audit.note(db, hub.now(), actor, "read-case", case_id, {"why": why})
    return _view(hub, found)


def unshown(hub: Hub, case_id: str) -> CaseView:
    """Return a case to judge a draft decision against. Its answers are shown to nobody, so nothing is audited.

    Raises:
        Problem: NOT_FOUND.
    """
    return _view(hub, _found(hub.store.read(), case_id))


def verdict(hub: Hub, case_id: str, actor: str, given: Verdict) -> CaseView:
    """Decide a case. The same verdict once more is answered like the first: a lost answer must not decide twice.

    Raises:
        Problem: NOT_FOUND, WRONG_STATE, REASON_MISSING, ANSWERS_FAULTY for outcome fields, CASE_INCOMPLETE with
            `waiting_for` when it is to be accepted before all its photos are here.
    """
    view = _view(hub, _found(hub.store.read(), case_id))
    reason, asks = _worded(view, given)
    result = _outcome(hub, view, given)
    with hub.store.write() as db:
        found = _found(db, case_id)
        if _same_again(db, found, given, reason, asks, result):
            return _view(hub, found)
        after = advance(TRANSITIONS, State(found.state), VERBS[given.verdict])
        if after is None:
            raise Problem(WRONG_STATE, facts={"state": found.state})
        _refuse_incomplete(db, found, given)
        spoken = Spoken(found.name, found.step + 1, after, hub.now(), actor, reason, asks, result)
        if not cases.move(db, found, after, spoken.step):
            raise Problem(WRONG_STATE, facts={"state": found.state})
        verdicts.add(db, spoken)
        speak(hub, db, found, spoken, view.answers)
        audit.note(db, hub.now(), actor, given.verdict, case_id, {"step": spoken.step, "asks": [field for field,
                                                                                                _ in asks]})
    return _view(hub, _found(hub.store.read(), case_id))


def stands(view: CaseView, given: Verdict) -> bool:
    """Tell if a decision is the one that stands: the same word, reasons, things asked for and outcome."""
    if not view.history or view.history[-1].word != view.case.state:
        return False
    asks = given.asks if given.verdict == "return" else []
    return _is_said(view.history[-1], given, given.reason.strip()[:LONGEST_REASON], asks, given.result)


def _refuse_incomplete(db: Connection, found: Case, given: Verdict) -> None:
    if given.verdict == "accept" and (missing := blobs.waiting_for(db, found.name)):
        raise Problem(CASE_INCOMPLETE, facts={"waiting_for": missing})


def _found(db: Connection, case_id: str) -> Case:
    found = cases.by_id(db, case_id)
    if found is None:
        raise Problem(NOT_FOUND)
    return found


def _worded(view: CaseView, given: Verdict) -> tuple[str, list[tuple[str, str]]]:
    reason = given.reason.strip()[:LONGEST_REASON]
    asks = [(one.strip(), why.strip()[:LONGEST_REASON]) for one, why in given.asks]
    if given.verdict in NEEDS_REASON and not reason and not asks:
        raise Problem(REASON_MISSING)
    if any(not why for _, why in asks):
        raise Problem(REASON_MISSING, "每一样要补的东西都要写理由")
    _check_asked(view.item, asks)
    return reason, asks if given.verdict == "return" else []


def _check_asked(item: Item | None, asks: list[tuple[str, str]]) -> None:
    """Refuse to ask for what the form does not have: the citizen would be sent to a page without a question."""
    known = {one.key for one in form_fields(item)} if item else set()
    strange: list[JSON] = [
        {"field": key, "message": "表里没有这一项。", "message_en": "The form has no such field."}
        for key, _ in asks if item and key not in known]
    if strange:
        raise Problem(ANSWERS_FAULTY, facts={"errors": strange})


def _outcome(hub: Hub, view: CaseView, given: Verdict) -> dict[str, JSON]:
    if not given.result:
        return {}
    if view.item is None or given.verdict not in ("accept", "finish"):
        raise Problem(ANSWERS_FAULTY, "只有受理和办结可以带结果")
    today: date = local_day(hub.clock.now())
    checked = check_outcome(view.item, given.result, hub.county(), today, view.answers)
    if checked.errors:
        raise Problem(ANSWERS_FAULTY, facts={"errors": [
            {"field": key, "message": text.zh, "message_en": text.en} for key, text in checked.errors.items()]})
    return dict(checked.answers)


def _same_again(db: Connection, found: Case, given: Verdict, reason: str, asks: list[tuple[str, str]],
                result: dict[str, JSON]) -> bool:
    said = verdicts.of(db, found.name)
    if not said or said[-1].word != found.state:
        return False
    return _is_said(said[-1], given, reason, asks, result)


def _is_said(last: Spoken, given: Verdict, reason: str, asks: list[tuple[str, str]], result: dict[str, JSON]) -> bool:
    targets = {after for (_, event), after in TRANSITIONS.items() if event == VERBS[given.verdict]}
    return last.word in targets and (last.reason, last.asks, last.result) == (reason, asks, result)


def _view(hub: Hub, found: Case) -> CaseView:
    db = hub.store.read()
    item = hub.item(found.item, found.version)
    waiting = blobs.waiting_for(db, found.name)
    may = [event for event in events_from(TRANSITIONS, State(found.state))
           if event in VERBS.values() and not (waiting and event is Event.ACCEPT)]
    history = verdicts.of(db, found.name)
    kept = envelopes.get(db, found.name)
    try:
        if kept is None:
            raise CannotOpen("not here")
        body, answers = read_body(hub, kept)
    except (CannotOpen, Faulty):
        return CaseView(found, item, None, {}, [], history, may, readable=False, waiting_for=waiting)
    amendments = _amendments(hub, db, found)
    attachments = [*body.attachments, *(attachment for one in amendments for attachment in one.attachments)]
    for one in amendments:
        answers.update(one.answers)
    return CaseView(found, item, body, answers, amendments, history, may, True,
                    arrivals(db, found, attachments), waiting)


def _amendments(hub: Hub, db: Connection, found: Case) -> list[Amendment]:
    amendments = []
    for name, step, opened_at in cases.followed(db, found.name):
        kept = envelopes.get(db, name)
        if kept is not None and kept.payload is not None:
            body, answers = read_body(hub, kept)
            # an amendment speaks for its own case only, whatever its header says it follows
            if body.track == found.track:
                amendments.append(Amendment(answers, step, opened_at, body.attachments))
    return amendments
