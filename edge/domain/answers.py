"""The form engine: which questions come, what one answer is worth, whether all of them together will do.

Values are canonical: digits only, dates as 2026-11-23, money in fen, a region as [village code, door].
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from edge.domain.conditions import condition
from edge.domain.county import County
from edge.domain.form import Field, Item
from edge.domain.form_walk import (
    Step,
    as_known,
    form_fields,
    surroundings,
    walk,
    walk_fields,
    walk_row,
)
from edge.domain.owed import owed_fields
from edge.domain.text import Text
from edge.domain.wording import show
from edge.ground.ids import JSON

__all__ = [
    "Answers", "Checked", "check", "check_outcome", "outcome_questions", "questions", "read_field", "row_steps", "show"]

Answers = dict[str, JSON]
"""Field key → canonical value; optional questions left open are absent."""


@dataclass(frozen=True)
class Checked:
    """What a whole form came to. `stops` says why it cannot be applied for (a reminder "not yet" is among them),
    `instead` names the items to take instead. `owed` are the fields of what is still to be brought (`owed_fields`);
    `warning` is the place of the warning that is true for these answers (`Live.warning_at`).
    """

    answers: Answers
    computed: dict[str, JSON] = field(default_factory=dict)
    errors: dict[str, Text] = field(default_factory=dict)
    stops: list[Text] = field(default_factory=list)
    reminders: list[Text] = field(default_factory=list)
    notices: list[Text] = field(default_factory=list)
    instead: list[str] = field(default_factory=list)
    owed: tuple[str, ...] = ()
    warning: int = 0

    @property
    def ok(self) -> bool:
        """Tell if the form can be handed in."""
        return not self.errors and not self.stops


def questions(item: Item, given: Mapping[str, object], county: County, today: date) -> list[Field]:
    """Return the questions that are shown for the answers so far, in order, options filled in.

    Later questions appear as earlier ones are answered; an answer to a question that is not shown has no effect.
    """
    return [step.field for step in walk(item, given, county, today)]


def read_field(
    item: Item, field: Field, raw: object, given: Mapping[str, object], county: County, today: date,
) -> tuple[JSON, Text | None]:
    """Return the canonical value of one raw input for one question, or what is wrong with it.

    `given` are the other answers so far; the rules of the field may compare with those before it. A question that is
    not shown for these answers reads as (None, None).
    """
    for step in walk(item, {**given, field.key: raw}, county, today):
        if step.field.key == field.key:
            return step.value, step.error
    return None, None


def row_steps(
    item: Item, group: Field, row: Mapping[str, object], given: Answers, county: County, today: date,
) -> list[Step]:
    """Return the shown questions of one row of a group with the value and the error of what was given for each.

    `group` has its options filled in, as `questions` returns it; `given` are the canonical answers of the form so far.
    """
    return list(walk_row(group, row, _known(item, given, county, today), county, today))


def check(item: Item, given: Mapping[str, object], county: County, today: date) -> Checked:
    """Judge a whole form: every error at once, and whether the item can be applied for at all.

    Stops, reminders and notices are judged on the answers that are there, so that a page can show one as soon as it
    is certain. Unknown keys are errors; answers to questions that are not shown are dropped.
    """
    answers, errors = _collect(walk(item, given, county, today))
    errors |= _unknown(given, form_fields(item))
    known = _known(item, answers, county, today)
    found: dict[str, list[Text]] = {"stop": [], "remind": [], "notice": []}
    broken = [one for one in item.eligibility if condition(one.must).fails(known, today)]
    for demand in broken:
        found[demand.kind].append(demand.text.filled(known))
    instead = list(dict.fromkeys(one.go for one in broken if one.go and one.kind != "notice"))
    computed = {one.key: known[one.key] for one in item.computed}
    stops, reminders = found["stop"] + found["remind"], found["remind"]
    owed = tuple(owed_fields(item, answers))
    told = item.live.told if item.live else ()
    warning = next((place for place, one in enumerate(told, 1) if condition(one.when).holds(known, today)), 0)
    return Checked(answers, computed, errors, stops, reminders, found["notice"], instead, owed, warning)


def outcome_questions(item: Item, answers: Answers, county: County, today: date) -> list[Field]:
    """Return the fields that a reviewer fills in when accepting a case with these answers, options filled in."""
    known = _known(item, answers, county, today) | {one.key: None for one in item.outcome}
    return [step.field for step in walk_fields(item.outcome, item, {}, known, county, today)]


def check_outcome(
    item: Item, given: Mapping[str, object], county: County, today: date, answers: Answers | None = None,
) -> Checked:
    """Judge what a reviewer enters on accepting, by the same readers and rules as a form's.

    `answers` are those of the case: they decide which fields of the outcome apply.
    """
    known = _known(item, answers or {}, county, today) | {one.key: None for one in item.outcome}
    values, errors = _collect(walk_fields(item.outcome, item, given, known, county, today))
    return Checked(values, {}, errors | _unknown(given, item.outcome))


def _collect(steps: Iterable[Step]) -> tuple[Answers, dict[str, Text]]:
    answers: Answers = {}
    errors: dict[str, Text] = {}
    for step in steps:
        if step.error is not None:
            errors[step.field.key] = step.error
        elif step.value is not None:
            answers[step.field.key] = step.value
    return answers, errors


def _unknown(given: Mapping[str, object], fields: Iterable[Field]) -> dict[str, Text]:
    strange = given.keys() - {field.key for field in fields}
    cure = Text("这里没有这一项。请去掉。", "There is no such field here. Please remove it.")
    return {str(key)[:64]: cure for key in strange}


def _known(item: Item, answers: Answers, county: County, today: date) -> dict[str, Any]:
    """Return what conditions about a whole form may name: surroundings, all answers or null, computed values."""
    known: dict[str, Any] = {one.key: None for one in form_fields(item)} | surroundings(item, county, today)
    known |= answers
    groups = [one for one in item.fields if one.kind == "group" and one.key in answers]
    known |= {one.key: as_known(one, answers[one.key]) for one in groups}
    for one in item.computed:
        known[one.key] = condition(one.value).value(known, today)
    return known
