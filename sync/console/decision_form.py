"""The form beside a case: which decisions it allows, what a return may ask for, which outcome is to be written."""

from dataclasses import dataclass

from edge.domain.answers import outcome_questions
from edge.domain.form import Choice, Field
from edge.domain.submission import Event, State
from edge.ground.ids import JSON
from sync.console import casework, photos
from sync.console.frame import tr
from sync.console.office import catalogue, today
from sync.console.owed import WHY as WHY_OWED
from sync.console.owed import to_ask
from sync.console.say import say as _
from sync.console.verdict_form import ASK, OUTCOME, WHY, Typed, raw_of
from sync.hub.review import CaseView


@dataclass(frozen=True)
class OutcomeInput:
    """One outcome field as the form asks for it."""

    field: Field
    name: str
    label: str
    options: tuple[Choice, ...]
    value: JSON
    fault: str


@dataclass(frozen=True)
class Option:
    """One decision that the case allows, with its key; `blocked` says why it cannot be taken yet."""

    verdict: str
    label: str
    more: str
    key: int
    blocked: str = ""


def options(view: CaseView) -> list[Option]:
    """Return the decisions that the case allows, with those that wait for photos."""
    labels = {
        Event.ACCEPT: (_("受理"), ""),
        Event.RETURN: (_("退补，一次说全"), ""),
        Event.REJECT: (_("不予受理"), _("要写理由、依据和救济途径")),
        Event.FINISH: (_("办结"), _("写结果")),
    }
    waits = _("照片到齐才能受理") if view.waiting_for and view.case.state == State.HELD else ""
    order = [event for event in labels if event in view.may or (waits and event is Event.ACCEPT)]
    if not view.readable:
        order = [event for event in order if event is Event.REJECT]
    return [
        Option(event.value, *labels[event], number, waits if event is Event.ACCEPT else "")
        for number, event in enumerate(order, 1)
    ]


def asks(view: CaseView, typed: Typed) -> list[dict[str, object]]:
    """Return what a return may ask for; what was left for later is ticked before anything was typed."""
    ready = [] if typed.verdict or typed.errors else to_ask(view)
    return [
        {
            "key": one.key,
            "name": ASK + one.key,
            "why": WHY + one.key,
            "label": tr(one.label),
            "on": one.key in typed.asked or one.key in ready,
            "text": typed.whys.get(one.key, WHY_OWED if one.key in ready else ""),
            "fault": typed.errors.get(WHY + one.key, ""),
            "photos": one.key in photos.photographed(view),
        }
        for one in casework.askable(view)
    ]


def outcome(view: CaseView, typed: Typed) -> list[OutcomeInput]:
    """Return the fields of the outcome, with what was typed or told before."""
    if view.item is None:
        return []
    before = {} if typed.verdict else casework.last_result(view)
    return [
        OutcomeInput(
            one,
            OUTCOME + one.key,
            tr(one.label),
            one.choices,
            raw_of(one, before[one.key]) if one.key in before else typed.result.get(one.key, ""),
            typed.errors.get(OUTCOME + one.key, ""),
        )
        for one in outcome_questions(view.item, view.answers, catalogue().county, today())
    ]
