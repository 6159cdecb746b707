"""The form that a visit is filling: its questions in order, and reading one answer.

Two sorts stand behind one face: a new form, and the few questions that the county asked again (their rules see only
each other, since the machine cannot read what was handed in).
"""

from dataclasses import dataclass
from typing import Any

from edge.desk.amend import asked_fields, read_asked
from edge.desk.attach import Photo
from edge.domain.answers import check, questions, read_field
from edge.domain.form import Field, Item, Material
from edge.domain.form_walk import BROUGHT, material_key
from edge.domain.text import Text
from edge.ground.ids import JSON
from edge.ground.problem import PAGE_EXPIRED, Problem
from edge.kiosk.guard import visit
from edge.kiosk.site_here import site, today
from edge.kiosk.visit import Draft
from edge.machine.imaging import MEDIA_TYPE


@dataclass(frozen=True)
class Form:
    """A draft with its item."""

    draft: Draft
    item: Item

    @property
    def counted(self) -> bool:
        """Tell if this is a citizen filling a form here: no practice, no correction, nothing typed in from paper."""
        return not (visit().practice or self.draft.correcting or self.draft.paper)

    @property
    def only_asked(self) -> bool:
        """Tell if only the few questions are asked that the county named; where it named none, all are asked anew."""
        return self.draft.correcting and bool(self.draft.asks)

    def questions(self) -> list[Field]:
        """Return the questions that are shown for the answers so far, each on its own screen."""
        if self.only_asked:
            tracked = visit().tracked
            return asked_fields(site(), tracked) if tracked else []
        return [field for field in self._all() if not _declared_at_the_end(field)]

    def declarations(self) -> list[Field]:
        """Return what is declared with one tick on the check page, where all that it speaks of stands above it."""
        return [] if self.only_asked else [field for field in self._all() if _declared_at_the_end(field)]

    def read(self, field: Field, raw: Any) -> tuple[JSON, Text | None]:
        """Return the value of one raw input, or what is wrong with it."""
        if self.only_asked:
            answers, errors = read_asked(self.item, [field], {field.key: raw}, site())
            return answers.get(field.key), errors.get(field.key)
        return read_field(self.item, field, raw, self.draft.given, site().catalogue().county, today())

    def stops(self) -> list[Text]:
        """Return why this cannot be applied for, as soon as it is certain."""
        if self.only_asked:
            return []
        return check(self.item, dict(self.draft.given), site().catalogue().county, today()).stops

    def instead(self) -> list[Item]:
        """Return the items to take instead, of those that are published."""
        known = site().catalogue().items
        found = check(self.item, dict(self.draft.given), site().catalogue().county, today()).instead
        return [known[code] for code in found if code in known]

    def notices(self) -> list[Text]:
        """Return what must be told before handing in."""
        if self.only_asked:
            return []
        return check(self.item, dict(self.draft.given), site().catalogue().county, today()).notices

    def warning(self) -> Text | None:
        """Return what has not happened, true for these answers, of an item that is only registered here."""
        live = self.item.live
        if live is None or self.only_asked:
            return live.warning if live else None
        found = check(self.item, dict(self.draft.given), site().catalogue().county, today())
        return live.warning_at(found.warning)

    def first_open(self) -> Field | None:
        """Return the first question that still needs an answer, or None when all have one."""
        for field in self.questions():
            if field.key not in self.draft.given and not (field.optional and field.key in self.draft.seen):
                return field
            if self.wants_photo(field.key):
                return field
        return None

    def material(self, key: str) -> Material | None:
        """Return the paper that the question of this key asks about, where it was brought, so can be photographed."""
        if self.draft.given.get(key) != BROUGHT:
            return None
        return next((one for one in self.item.materials if material_key(one) == key), None)

    def wants_photo(self, key: str) -> bool:
        """Tell if a paper was brought and neither photographed nor handed in without a photo."""
        seen = bool(self.draft.photos.get(key)) or key in self.draft.unseen
        return not seen and self.material(key) is not None

    def photos(self) -> list[Photo]:
        """Return the pages to hand in: of papers that are asked for and were brought, in the form's order."""
        asked = [(field.key, self.material(field.key)) for field in self.questions()]
        return [Photo(material.key, page.content, MEDIA_TYPE)
                for key, material in asked if material is not None for page in self.draft.photos.get(key, [])]

    def _all(self) -> list[Field]:
        return questions(self.item, self.draft.given, site().catalogue().county, today())


def _declared_at_the_end(field: Field) -> bool:
    """Tell if a declaration speaks of the whole form; what is promised only in some cases has a page of its own."""
    return field.kind == "declaration" and not field.when


def form() -> Form:
    """Return the form of this visit.

    Raises:
        Problem: PAGE_EXPIRED when nothing is being filled: cleared, or never begun.
    """
    draft = visit().draft
    if draft is None:
        raise Problem(PAGE_EXPIRED)
    tracked = visit().tracked
    if draft.correcting and tracked is not None:
        item = site().item_version(tracked.item, tracked.item_version)
        if item is not None:
            return Form(draft, item)
    return Form(draft, site().catalogue().item(draft.item))
