"""How far a form has come: the number of a question, and how many there are, as far as that is known."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from edge.domain.conditions import condition
from edge.domain.form import Field
from edge.domain.form_walk import form_fields
from edge.kiosk.form import Form
from edge.kiosk.saying import _


@dataclass(frozen=True)
class Progress:
    """Where a question stands; `number` counts from 1. A number of 0 is the question that was answered with the button
    that began the form: it has no page until somebody goes back to it. `about`: an answer to come adds questions.
    """

    number: int
    count: int
    about: bool = False

    @property
    def words(self) -> str:
        """Return what stands above the question."""
        if not self.number:
            return _("开始前的一题")
        if self.about:
            return _("第 %(number)d 题，大约 %(count)d 题", number=self.number, count=self.count)
        return _("第 %(number)d 题，共 %(count)d 题", number=self.number, count=self.count)

    @property
    def title(self) -> str:
        """Return what the page is called."""
        return _("第 %(number)d 题", number=self.number) if self.number else self.words


def numbered(current: Form) -> list[str]:
    """Return the keys of the questions that have a number, in order."""
    return [field.key for field in current.questions() if field.key != current.draft.begun_by]


def progress(current: Form, key: str) -> Progress:
    """Return where the question of this key stands among those that are shown."""
    keys, draft = numbered(current), current.draft
    number = keys.index(key) + 1 if key in keys else 0
    unanswered = {field.key for field in current.questions()
                  if field.key not in draft.given and not (field.optional and field.key in draft.seen)}
    about = not current.only_asked and undecided(form_fields(current.item), unanswered)
    return Progress(number, len(keys), about)


def undecided(fields: Iterable[Field], unanswered: Collection[str]) -> bool:
    """Tell if one of these fields is shown or not by a question that has no answer yet."""
    return any(field.when and not condition(field.when).variables.isdisjoint(unanswered) for field in fields)
