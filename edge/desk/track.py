"""Track: what the citizen may read with receipt code and ID tail, at the site that took the form or at any other."""

from collections import deque
from dataclasses import dataclass
from datetime import date, datetime
from unicodedata import normalize

import msgspec

from edge.desk.salvage import salvaged_at
from edge.desk.site import Site
from edge.domain.catalogue import Catalogue
from edge.domain.form import Item
from edge.domain.form_walk import form_fields
from edge.domain.receipt import read_code
from edge.domain.submission import DECIDED, RECORD_INFO, STATUS_INFO, Decision, Record, State, transport
from edge.domain.suggestion import Offer, offers
from edge.domain.text import Text
from edge.ground.clock import local_day, moment
from edge.ground.database import Connection
from edge.ground.ids import JSON
from edge.ground.problem import FORM_SPOILED, NOT_FOUND_HERE, NOTES_DAMAGED, TOO_MANY_TRIES, Problem
from edge.ground.sealing import TrackKey, open_sealed
from edge.records import lane, spoiled, statuses, submissions
from edge.records.statuses import Status
from edge.records.submissions import Submission

TRIES = 30
"""Wrong ones within 10 minutes on one machine, whoever typed them."""
TRIES_OF_A_VISIT = 5
KNOWN_WORDS = frozenset(state.value for state in State)
WITHIN_SECONDS = 600.0
UNOPENABLE = "县里打不开这份材料，请再来交一次。给您添麻烦了。"


@dataclass(frozen=True)
class Ask:
    """One thing to put right: the form's field, its name, why."""

    field: str
    label: Text
    reason: str


@dataclass(frozen=True)
class Tracked:
    """What is known of a case here. `decided_at` and `news_at` by the hub's and by this machine's clock.

    `held_at` is when the form was first held: with a state that is not delivered, its amendment is under way.
    """

    id: str                     # empty when the form was taken at another site
    receipt: str
    item: str
    item_version: int
    item_name: Text
    masked_name: str
    site: str
    state: State
    lodged_at: datetime
    held_at: datetime | None
    decided_at: datetime | None
    news_at: datetime | None
    step: int
    reason: str
    asks: list[Ask]
    result: dict[str, JSON]
    offers: list[Offer]
    corrected: bool             # what the county asked for was handed in here, before its present word
    resending: bool             # was delivered, and is under way once more: the hub fell back to an older copy
    reply_by: date | None
    owed: tuple[str, ...]       # fields of what is still to be brought and was never asked for
    warning: int                # the place of the item's warning that is true for the answers
    track: bytes
    subject: bytes


def track(site: Site, typed_code: str, tail: str, tries: deque[float] | None = None, *,
          known: bool = False) -> Tracked:
    """Return what the citizen may read.

    Wrong and absent are one answer, at one cost: the key is derived either way.

    Args:
        tries: moments of the wrong ones of one person's visit; one is added by a wrong one, a right one clears them.
        known: the same two were tried before in this visit; once more tells nothing new, so it is not counted.

    Raises:
        Problem: NOT_FOUND_HERE, NOTES_DAMAGED in its place on a machine whose database was read out; TOO_MANY_TRIES
            after 5 wrong ones of the visit or 30 within 10 minutes on this machine.
    """
    _refuse_guessing(site, tries)
    code = read_code(typed_code)
    key = TrackKey.derive(code or "", read_tail(tail))
    db = site.store.read()
    taken, status = submissions.by_track(db, key.public), statuses.by_track(db, key.public)
    if taken is not None and status is None:
        status = statuses.of(db, taken.name)   # what the hub could not open it could not seal to this key
    if status is None:
        _refuse_spoiled(db, key.public, taken)
    if code is None or (taken is None and status is None):
        for kept in (site.wrong_tries, tries):
            if kept is not None and not known:
                kept.append(site.clock.monotonic())
        raise _unknown(db)
    if tries is not None:
        tries.clear()
    decision = _decision(key, status)
    record = decision.record if decision else _record(key, taken)
    return _told(site, db, record, decision, taken, status, key)


def _unknown(db: Connection) -> Problem:
    damaged_at = salvaged_at(db)
    if damaged_at is None:
        return Problem(NOT_FOUND_HERE)
    # what the county has it tells this machine as well: the citizen may have handed it in here
    day = local_day(moment(damaged_at)).isoformat()
    return Problem(NOTES_DAMAGED, f"notes of this machine were damaged on {day}", {"damaged_on": day})


def _refuse_spoiled(db: Connection, track: bytes, taken: Submission | None) -> None:
    """Say that a form is lost, where the disk has spoiled it before the county had it."""
    gone = taken is None and spoiled.lost_by_track(db, track)
    if gone or (taken is not None and taken.held_at is None and spoiled.has(db, taken.latest)):
        raise Problem(FORM_SPOILED)


def read_tail(typed: str) -> str:
    """Return the last four of an ID number as typed by a person: full-width digits and a small x are meant."""
    return normalize("NFKC", typed).strip().upper()


def _refuse_guessing(site: Site, tries: deque[float] | None) -> None:
    now = site.clock.monotonic()
    while site.wrong_tries and site.wrong_tries[0] < now - WITHIN_SECONDS:
        site.wrong_tries.popleft()
    if len(site.wrong_tries) >= TRIES or len(tries or ()) >= TRIES_OF_A_VISIT:
        raise Problem(TOO_MANY_TRIES)


def _decision(key: TrackKey, status: Status | None) -> Decision | None:
    if status is None or not status.sealed:
        return None
    return msgspec.msgpack.decode(open_sealed(key.key, STATUS_INFO, status.sealed), type=Decision)


def _record(key: TrackKey, taken: Submission | None) -> Record:
    if taken is None or not taken.record:
        raise Problem(NOT_FOUND_HERE)
    return msgspec.msgpack.decode(open_sealed(key.key, RECORD_INFO, taken.record), type=Record)


def _told(site: Site, db: Connection, record: Record, decision: Decision | None,
          taken: Submission | None, status: Status | None, key: TrackKey) -> Tracked:
    catalogue = site.catalogue()
    state, resending = state_of(db, taken, status)
    item = site.item_version(record.item, record.item_version)
    decided = status if state in DECIDED else None
    limit = item.limits.answer_days if item else None
    lodged = moment(record.lodged_at)
    return Tracked(
        id=taken.id if taken else "", receipt=record.code, item=record.item, item_version=record.item_version,
        item_name=item.name if item else Text(record.item, record.item), masked_name=record.masked_name,
        site=record.site,
        state=state, lodged_at=lodged,
        held_at=_held_at(taken, status),
        decided_at=moment(decided.at) if decided else None, news_at=moment(status.came_at) if status else None,
        step=status.step if status else 0, reason=_reason(decision, decided),
        asks=_asks(item, decision) if decision and state is State.NEEDS_CORRECTION else [],
        result=dict(decision.result) if decision and decided else {},
        offers=_offers(catalogue, record, decision) if decision and state in (State.ACCEPTED, State.DONE) else [],
        corrected=taken is not None and taken.answered > 0, resending=resending,
        reply_by=catalogue.county.working_days().add(local_day(lodged), limit) if limit is not None else None,
        owed=_owed(record, decision), warning=record.warning,
        track=key.public, subject=taken.name if taken else status.subject if status else b"")


def _held_at(taken: Submission | None, status: Status | None) -> datetime | None:
    if taken is not None:
        return moment(taken.first_held_at) if taken.first_held_at else None
    return moment(status.came_at) if status else None


def _owed(record: Record, decision: Decision | None) -> tuple[str, ...]:
    """Return what was left for later, without that which the county asks for, or asked for and was handed in since."""
    asked = {field for field, _ in decision.asks} if decision else set()
    return tuple(field for field in record.owed if field not in asked)


def _reason(decision: Decision | None, decided: Status | None) -> str:
    if decided is None:
        return ""
    return decision.reason if decision else UNOPENABLE


def _asks(item: Item | None, decision: Decision) -> list[Ask]:
    labels = {field.key: field.label for field in form_fields(item)} if item else {}
    return [Ask(field, labels.get(field, Text(field, field)), reason) for field, reason in decision.asks]


def _offers(catalogue: Catalogue, record: Record, decision: Decision) -> list[Offer]:
    # the newest rules of the county, not those of the day of lodging: an old approval may now lead further
    item = catalogue.items.get(record.item)
    return offers(item, decision.result, decision.facts, catalogue.county) if item and decision.result else []


def state_of(db: Connection, taken: Submission | None, status: Status | None) -> tuple[State, bool]:
    """Return the state to show, and whether the form is being delivered once more.

    A word of the hub stands until a later amendment of ours; 已送达 never falls back on the screen.
    """
    answered = taken.answered if taken else 0
    if status is not None and status.step > answered and status.word in KNOWN_WORDS:
        return State(status.word), False
    if taken is None:
        return State.HELD, False
    carried = transport(lane.place(db, taken.latest), lane.sent(db), *lane.acked(db))
    if taken.held_at is not None and carried in (State.QUEUED, State.IN_FLIGHT):
        return State.HELD, True
    return carried, False


def submission_state(site: Site, id: str) -> State | None:
    """Return the state of a submission taken here, or None for an unknown id."""
    db = site.store.read()
    taken = submissions.get(db, id)
    if taken is None:
        return None
    return state_of(db, taken, statuses.of(db, taken.name))[0]
