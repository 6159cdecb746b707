"""Amend: hand in what the county asked for. Content never changes; the amendment is an envelope that follows the
first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from edge.desk.attach import Photo, attach
from edge.desk.lodge import checked_answers, seal_body
from edge.desk.site import Site
from edge.desk.track import Tracked
from edge.domain.answers import Answers
from edge.domain.envelope import Kind
from edge.domain.form import Field, Item
from edge.domain.form_walk import SIGN, as_asked, as_known, form_fields, read_one, rule_error, surroundings
from edge.domain.packing import pack_answers
from edge.domain.submission import Body, State, transport
from edge.domain.text import Text
from edge.ground.clock import moment
from edge.ground.ids import JSON
from edge.ground.problem import ANSWERS_FAULTY, UNKNOWN_ITEM, WRONG_STATE, Problem
from edge.records import audit, blobs, envelopes, lane, submissions


@dataclass(frozen=True)
class Amended:
    """What the citizen may now be told."""

    receipt: str
    state: State
    at: datetime
    name: bytes = b""


def amendment_state(site: Site, amended: Amended) -> State:
    """Return how far an amendment taken here has come, by its own envelope."""
    db = site.store.read()
    return transport(lane.place(db, amended.name), lane.sent(db), *lane.acked(db))


def asked_fields(site: Site, tracked: Tracked) -> list[Field]:
    """Return the questions that the county named, options filled in; none when the whole form is to be filled anew."""
    item = _item(site, tracked)
    county = site.catalogue().county
    wanted = {ask.field for ask in tracked.asks}
    return [_alone(as_asked(one, item, county)) for one in form_fields(item) if one.key in wanted]


def _alone(field: Field) -> Field:
    """Return the question as it is asked without the rest of the form: signing here would be a question of its own."""
    choices = field.choices
    if field.key.startswith("material_"):
        choices = tuple(one for one in choices if one.value != SIGN)
    return msgspec.structs.replace(field, when="", choices=choices)


def read_asked(
    item: Item, fields: list[Field], given: Mapping[str, object], site: Site,
) -> tuple[Answers, dict[str, Text]]:
    """Return the canonical answers and the errors of the asked fields alone.

    The machine cannot read the first form any more, so a rule that needs its answers is left to the county.
    """
    county, today = site.catalogue().county, site.today()
    known: dict[str, Any] = {one.key: None for one in form_fields(item)} | surroundings(item, county, today)
    answers: Answers = {}
    errors: dict[str, Text] = {}
    for one in fields:
        value, error = read_one(one, given.get(one.key), known, county, today)
        if error is None and value is not None:
            known[one.key] = as_known(one, value)
            error = rule_error(one, known, today)
        if error is not None:
            errors[one.key] = error
        elif value is not None:
            answers[one.key] = value
    return answers, errors


def amend(site: Site, tracked: Tracked, given: Mapping[str, JSON], *, channel: str = "kiosk",
          photos: Sequence[Photo] = ()) -> Amended:
    """Hand in the asked answers (all of the form when the county named none), and photos of materials.

    Raises:
        Problem: WRONG_STATE when nothing is asked for (or it was answered already), ANSWERS_FAULTY, TOO_LARGE,
            PHOTOS_TOO_LARGE, DISK_FULL and what else `Site.require` raises.
    """
    if tracked.state is not State.NEEDS_CORRECTION:
        raise Problem(WRONG_STATE)
    site.require()
    item = _item(site, tracked)
    answers = _answers(site, item, tracked, given)
    attached = attach(item, photos, site.chance)
    body = Body(item.code, item.version, tracked.receipt, tracked.track, pack_answers(item, answers), channel,
                answers_step=tracked.step, attachments=attached.attachments)
    stored = seal_body(site, Kind.AMENDMENT, item, body, tracked.subject, attached.manifest)
    at = site.now()
    with site.store.write() as db:
        envelopes.add(db, stored)
        blobs.add(db, stored.name, attached.blobs)
        if tracked.id and not submissions.follow(db, tracked.id, stored.name, tracked.step):
            raise Problem(WRONG_STATE)   # answered a moment ago; the transaction takes the envelope back
        lane.append(db, stored.name)
        audit.note(db, at, channel, "amend", tracked.subject.hex())
    site.lodged.set()
    return Amended(tracked.receipt, State.QUEUED, moment(at), stored.name)


def _item(site: Site, tracked: Tracked) -> Item:
    item = site.item_version(tracked.item, tracked.item_version)
    if item is None:
        raise Problem(UNKNOWN_ITEM, tracked.item)
    return item


def _answers(site: Site, item: Item, tracked: Tracked, given: Mapping[str, JSON]) -> Answers:
    if not tracked.asks:
        return checked_answers(item, given, site.catalogue(), site.today()).answers
    answers, errors = read_asked(item, asked_fields(site, tracked), given, site)
    if errors:
        raise Problem(ANSWERS_FAULTY, facts={"errors": [
            {"field": key, "message": text.zh, "message_en": text.en} for key, text in errors.items()]})
    return answers
