"""Open: make each envelope what it is, once for ever, in one transaction for each name. Source: docs/protocol.md 7.

What cannot be opened becomes a verdict that the citizen can see, with an alarm; never a row that waits.
"""

from dataclasses import replace

import msgspec

from edge.domain.envelope import Faulty, Kind, sealing_info
from edge.domain.identity import mask_name
from edge.domain.packing import unpack_answers
from edge.domain.submission import TRANSITIONS, Body, Event, State, from_payload, public_id
from edge.ground.clock import local_day, moment
from edge.ground.database import Connection
from edge.ground.ids import JSON
from edge.ground.logbook import get_logger
from edge.ground.problem import Problem
from edge.ground.sealing import CannotOpen, open_sealed
from edge.ground.transitions import advance
from edge.records import audit
from sync.hub import echo
from sync.hub.hub import Hub
from sync.hub.speak import speak, speak_blind, speak_for
from sync.hub.tables import alarms, cases, devices, envelopes, verdicts
from sync.hub.tables.envelopes import Kept

ACTOR = "hub"
_log = get_logger("open")
BATCH = 200


def open_waiting(hub: Hub) -> int:
    """Open what is held; return how many envelopes were settled."""
    done = 0
    for kept in envelopes.to_open(hub.store.read(), BATCH):
        try:
            with hub.store.write() as db:
                done += _open(hub, db, kept)
        except Problem:
            raise
        except Exception:  # noqa: BLE001
            # a fault of ours in one envelope must not stop the others; it stays held, and the county is told
            _log.exception("opening broke", extra={"facts": {"envelope": kept.name.hex()}})
            with hub.store.write() as db:
                alarms.sound(db, "opening-broke", kept.name.hex(), "see the hub's log", hub.now())
    return done


def read_body(hub: Hub, kept: Kept) -> tuple[Body, dict[str, JSON]]:
    """Return what is inside a submission or an amendment: its body and the answers by field.

    Raises:
        CannotOpen: no key of that id here, or sealed for something else.
        Faulty: opened, and not a form that this hub ever published.
    """
    if kept.payload is None:
        raise CannotOpen("the content is erased or has not come yet")
    key = hub.department_key(kept.envelope.header.key_id)
    if key is None:
        raise CannotOpen("no key of that id")
    packed = open_sealed(key, sealing_info(kept.device, kept.header_bytes), kept.payload)
    try:
        body = msgspec.msgpack.decode(from_payload(packed), type=Body)
        item = hub.item(body.item, body.item_version)
        if item is None:
            raise Faulty(f"{body.item} version {body.item_version} was never published here")
        return body, unpack_answers(item, body.answers)
    except (msgspec.DecodeError, ValueError) as fault:
        raise fault if isinstance(fault, Faulty) else Faulty(f"no form inside: {fault}") from fault


def _open(hub: Hub, db: Connection, kept: Kept) -> bool:
    if kept.kind == Kind.INQUIRY:
        _answer_inquiry(hub, db, kept)
        return envelopes.mark(db, kept.name, "opened")
    if kept.kind not in (Kind.SUBMISSION, Kind.AMENDMENT):
        return envelopes.mark(db, kept.name, "unknown_kind")
    try:
        body, answers = read_body(hub, kept)
    except (CannotOpen, Faulty) as fault:
        _cannot(hub, db, kept, str(fault))
        return envelopes.mark(db, kept.name, "unopenable")
    if not envelopes.mark(db, kept.name, "opened"):
        return False
    if kept.kind == Kind.SUBMISSION:
        _make_case(hub, db, kept, body, answers)
    else:
        _follow(hub, db, kept, body)
    return True


def _make_case(hub: Hub, db: Connection, kept: Kept, body: Body, answers: dict[str, JSON]) -> None:
    item, device = hub.item(body.item, body.item_version), devices.get(db, kept.device)
    if item is None or device is None:
        raise LookupError("checked before")
    lodged = kept.envelope.header.device_time
    days = hub.catalogue().county.working_days()
    # the legal clock starts at capture, not at sync
    reply_by = days.add(local_day(moment(lodged)), item.limits.answer_days)
    case = cases.Case(
        position=cases.next_place(db), id=public_id(kept.name), name=kept.name, device=kept.device,
        site=device.site_name, item=body.item, version=body.item_version, department=item.department, code=body.code,
        track=body.track, masked_name=mask_name(str(answers.get(item.applicant.name, ""))), channel=body.channel,
        helper=body.helper, state=State.HELD, step=0, lodged_at=lodged, received_at=kept.received_at,
        reply_by=reply_by.isoformat())
    cases.add(db, case)
    verdicts.listen(db, body.track, kept.device)
    echo.adopt(db, kept.name)
    audit.note(db, hub.now(), ACTOR, "open", case.id)


def _follow(hub: Hub, db: Connection, kept: Kept, body: Body) -> None:
    cases.follow(db, kept.name, kept.ref, body.answers_step, hub.now())
    case = cases.by_name(db, kept.ref)
    if case is None:
        return   # the submission comes later (another lane, another stick); its case looks for what follows it
    state = State(case.state)
    if body.answers_step == case.step and (after := advance(TRANSITIONS, state, Event.AMEND)):
        cases.reopen(db, case.id, after)
    audit.note(db, hub.now(), ACTOR, "amend", case.id)


def _answer_inquiry(hub: Hub, db: Connection, kept: Kept) -> None:
    track = kept.payload or b""
    case = cases.by_track(db, track)
    if case is not None and verdicts.listen(db, track, kept.device):
        speak_for(hub, db, case, [kept.device])


def _cannot(hub: Hub, db: Connection, kept: Kept, why: str) -> None:
    """Say so where the citizen will look, and tell the county."""
    alarms.sound(db, "unopenable", kept.name.hex(), why, hub.now())
    audit.note(db, hub.now(), ACTOR, "unopenable", kept.name.hex(), {"why": why})
    if kept.kind == Kind.SUBMISSION:
        speak_blind(hub, db, kept.device, kept.name)
        return
    case = cases.by_name(db, kept.ref)
    spoken = verdicts.of(db, kept.ref)
    if case is not None and spoken and case.state == State.NEEDS_CORRECTION:
        # ask for the same things once more, one step higher: the amendment that answered this step is lost
        again = replace(spoken[-1], step=case.step + 1, at=hub.now(), actor=ACTOR)
        cases.move(db, case, State.NEEDS_CORRECTION, again.step)
        verdicts.add(db, again)
        speak(hub, db, case, again, {})
