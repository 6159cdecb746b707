"""The form engine: which questions come, what one answer is worth, whether all of them together will do.

Values are canonical: digits only, dates as 2026-11-23, money in fen, a region as [village code, door].
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from edge.domain.conditions import condition
from edge.domain.county import County
from edge.domain.form import Field, Item
from edge.domain.form_walk import Step, form_fields, options, surroundings, walk
from edge.domain.text import Text
from edge.domain.values import Place, read_value
from edge.domain.wording import show
from edge.ground.ids import JSON

__all__ = ["Answers", "Checked", "check", "check_outcome", "questions", "read_field", "show"]

Answers = dict[str, JSON]
"""Field key → canonical value; optional questions left open are absent."""


@dataclass(frozen=True)
class Checked:
    """What a whole form came to. `stops` says why it cannot be applied for (a reminder "not yet" is among them)."""

    answers: Answers
    computed: dict[str, JSON] = field(default_factory=dict)
    errors: dict[str, Text] = field(default_factory=dict)
    stops: list[Text] = field(default_factory=list)
    reminders: list[Text] = field(default_factory=list)
    notices: list[Text] = field(default_factory=list)

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


def check(item: Item, given: Mapping[str, object], county: County, today: date) -> Checked:
    """Judge a whole form: every error at once, and whether the item can be applied for at all.

    Stops, reminders and notices are judged on the answers that are there, so that a page can show one as soon as it
    is certain. Unknown keys are errors; answers to questions that are not shown are dropped.
    """
    errors: dict[str, Text] = {}
    answers: Answers = {}
    known = {one.key: None for one in form_fields(item)} | surroundings(item, county, today)
    for step in walk(item, given, county, today):
        _take(step, answers, errors)
    known |= answers
    names = {one.key for one in form_fields(item)}
    for key in given:
        if key not in names:
            errors[str(key)[:64]] = Text("这张表里没有这一项。请去掉。", "This form has no such field. Please remove it.")
    computed: dict[str, JSON] = {}
    for one in item.computed:
        computed[one.key] = known[one.key] = condition(one.value).value(known, today)
    found: dict[str, list[Text]] = {"stop": [], "remind": [], "notice": []}
    for demand in item.eligibility:
        if condition(demand.must).fails(known, today):
            found[demand.kind].append(demand.text.filled(known))
    return Checked(answers, computed, errors, found["stop"] + found["remind"], found["remind"], found["notice"])


def _take(step: Step, answers: Answers, errors: dict[str, Text]) -> None:
    if step.error is not None:
        errors[step.field.key] = step.error
    elif step.value is not None:
        answers[step.field.key] = step.value


def check_outcome(item: Item, given: Mapping[str, object], county: County, today: date) -> Checked:
    """Judge what a reviewer enters on accepting: the fields under `outcome`, by the same readers as a form's."""
    answers: Answers = {}
    errors: dict[str, Text] = {}
    for one in item.outcome:
        place = Place(county, today, options(one, item, county))
        _take(Step(one, *read_value(one, given.get(one.key), place)), answers, errors)
    for key in given:
        if key not in {one.key for one in item.outcome}:
            errors[str(key)[:64]] = Text("这件事的结果里没有这一项。请去掉。", "The result has no such field. Please remove it.")
    return Checked(answers, {}, errors)
