"""Open: make each envelope what it is, once for ever, in one transaction for each name. Source: docs/protocol.md 7.

What cannot be opened becomes a verdict that the citizen can see, with an alarm; never a row that waits.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import msgspec

from edge.domain.blob import read_manifest
from edge.domain.envelope import UNREADABLE, Faulty, Kind, sealing_info
from edge.domain.identity import mask_name
from edge.domain.packing import unpack_answers
from edge.domain.submission import STATUS_INFO, TRANSITIONS, Body, Event, State, from_payload, public_id
from edge.ground.clock import moment, seconds
from edge.ground.database import Connection
from edge.ground.ids import JSON
from edge.ground.logbook import get_logger
from edge.ground.problem import HUB_KEY_DAMAGED, Problem
from edge.ground.sealing import CannotOpen, open_sealed, seal
from edge.ground.transitions import advance
from edge.records import audit
from sync.hub import echo, papers
from sync.hub.hub import Hub
from sync.hub.legal_clock import reply_by
from sync.hub.speak import speak, speak_blind, speak_for
from sync.hub.tables import alarms, blobs, cases, devices, envelopes, verdicts
from sync.hub.tables.envelopes import Kept

ACTOR = "hub"
_log = get_logger("open")
BATCH = 200
MOST = 2**31
TRACK_BYTES = 32
OPENABLE = (Kind.SUBMISSION, Kind.AMENDMENT, Kind.INQUIRY, Kind.LOST)


def open_waiting(hub: Hub) -> int:
    """Open what is held; return how many envelopes were settled."""
    done = 0
    for kept in envelopes.to_open(hub.store.read(), BATCH + len(hub.broken)):
        if kept.name in hub.broken:
            continue
        try:
            with hub.store.write() as db:
                done += _open(hub, db, kept)
        except Problem as problem:
            if problem.kind is not HUB_KEY_DAMAGED:
                raise
            _leave(hub, kept, problem.detail)
        # a fault of ours in one envelope must not stop the others; it stays held, and the county is told
        except Exception:  # noqa: BLE001
            _log.exception("opening broke", extra={"facts": {"envelope": kept.name.hex()}})
            _leave(hub, kept, "see the hub's log")
    return done


def _leave(hub: Hub, kept: Kept, why: str) -> None:
    """Leave an envelope held until the hub is started again, most likely with a newer version or a whole key."""
    hub.broken.add(kept.name)
    with hub.store.write() as db:
        alarms.sound(db, "opening-broke", kept.name.hex(), why, hub.now())


def take_up_known(hub: Hub) -> int:
    """Let be opened what an older version of the hub did not know; run once after each start. Returns how many."""
    with hub.store.write() as db:
        kept = [one for one in envelopes.unknown(db, OPENABLE) if not one.envelope.header.must_understand]
        for one in kept:
            envelopes.take_up(db, one.name)
    return len(kept)


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
        if not (0 <= body.item_version < MOST and 0 <= body.answers_step < MOST):
            raise Faulty("a number that no form has")
        item = hub.item(body.item, body.item_version)
        if item is None:
            raise Faulty(f"{body.item} version {body.item_version} was never published here")
        return body, unpack_answers(item, body.answers)
    except UNREADABLE as fault:
        raise fault if isinstance(fault, Faulty) else Faulty(f"no form inside: {fault}") from fault


def _open(hub: Hub, db: Connection, kept: Kept) -> bool:
    # marked before anything follows from it: another worker may have read the same row a moment ago
    if kept.kind not in OPENABLE:
        return envelopes.mark(db, kept.name, "unknown_kind")
    if kept.kind in IN_CLEAR:
        settled = envelopes.mark(db, kept.name, "opened")
        if settled:
            IN_CLEAR[kept.kind](hub, db, kept)
        return settled
    try:
        body, answers = read_body(hub, kept)
        _check_body(db, kept, body)
    except (CannotOpen, Faulty) as fault:
        settled = envelopes.mark(db, kept.name, "unopenable")
        if settled:
            _cannot(hub, db, kept, str(fault))
        return settled
    settled = envelopes.mark(db, kept.name, "opened")
    if settled and kept.kind == Kind.SUBMISSION:
        _make_case(hub, db, kept, body, answers)
    elif settled:
        _follow(hub, db, kept, body)
    return settled


def _check_body(db: Connection, kept: Kept, body: Body) -> None:
    """Refuse what would break a verdict later on, or would speak for somebody else.

    Raises:
        Faulty: no track key that can be sealed to, or an amendment of another citizen's case.
    """
    try:
        seal(body.track, STATUS_INFO, b"")
    except ValueError as fault:
        raise Faulty("nobody could read an answer sealed to this track key") from fault
    case = cases.by_name(db, kept.ref) if kept.kind == Kind.AMENDMENT else None
    if case is not None and case.track != body.track:
        raise Faulty("it follows a case of somebody else")


def _make_case(hub: Hub, db: Connection, kept: Kept, body: Body, answers: dict[str, JSON]) -> None:
    item, device = hub.item(body.item, body.item_version), devices.get(db, kept.device)
    if item is None or device is None:
        raise LookupError("checked before")
    lodged = seconds(moment(kept.envelope.header.device_time))
    case = cases.Case(
        position=cases.next_place(db), id=public_id(kept.name), name=kept.name, device=kept.device,
        site=device.site_name, item=body.item, version=body.item_version, department=item.department, code=body.code,
        track=body.track, masked_name=mask_name(str(answers.get(item.applicant.name, ""))), channel=body.channel,
        helper=body.helper, state=State.HELD, step=0, lodged_at=lodged, received_at=kept.received_at,
        reply_by=reply_by(hub, db, item, kept).isoformat())
    cases.add(db, case)
    papers.note(hub, db, case, body.paper)
    verdicts.listen(db, body.track, kept.device)
    _drop_strangers(hub, db, kept.name, body.track)
    echo.adopt(db, kept.name)
    if waiting := [one for one in verdicts.listeners(db, body.track) if one != kept.device]:
        speak_for(hub, db, cases.by_name(db, kept.name) or case, waiting, answers)
    audit.note(db, hub.now(), ACTOR, "open", case.id)


def _drop_strangers(hub: Hub, db: Connection, subject: bytes, track: bytes) -> None:
    """Of what came before its submission, let only the citizen's own amendments follow it."""
    for name, _, _ in cases.followed(db, subject):
        kept = envelopes.get(db, name)
        if kept is None or read_body(hub, kept)[0].track != track:
            cases.unfollow(db, name)
            alarms.sound(db, "unopenable", name.hex(), "it follows a case of somebody else", hub.now())


def _follow(hub: Hub, db: Connection, kept: Kept, body: Body) -> None:
    cases.follow(db, kept.name, kept.ref, body.answers_step, hub.now())
    case = cases.by_name(db, kept.ref)
    if case is None:
        return   # the submission comes later (another lane, another stick); its case looks for what follows it
    item, after = hub.item(case.item, case.version), advance(TRANSITIONS, State(case.state), Event.AMEND)
    if item is not None and after is not None and body.answers_step == case.step:
        # the county has its time again from the day on which the citizen put things right
        cases.reopen(db, case, after, reply_by(hub, db, item, kept).isoformat())
    audit.note(db, hub.now(), ACTOR, "amend", case.id)


def _answer_inquiry(hub: Hub, db: Connection, kept: Kept) -> None:
    track = kept.payload or b""
    case = cases.by_track(db, track)
    if len(track) != TRACK_BYTES:
        return
    # who asks before the form has come listens as well: the machine that took it may be without a line for weeks
    verdicts.listen(db, track, kept.device)
    if case is not None:
        # also where it listened before: a machine whose disk was damaged asks about what it took itself
        speak_for(hub, db, case, [kept.device], _answers_of(hub, db, case))


def _answers_of(hub: Hub, db: Connection, case: cases.Case) -> dict[str, JSON]:
    """Return a case's answers with all amendments laid over them; what cannot be opened here is left out."""
    answers: dict[str, JSON] = {}
    for name in (case.name, *(name for name, _, _ in cases.followed(db, case.name))):
        with suppress(CannotOpen, Faulty, Problem):   # a damaged key: told already, where it was met
            if (kept := envelopes.get(db, name)) is not None:
                body, given = read_body(hub, kept)
                answers |= given if body.track == case.track else {}
    return answers


def _note_lost(hub: Hub, db: Connection, kept: Kept) -> None:
    """Wait no longer for blobs that their own machine cannot deliver; whoever reviews the case sees it."""
    try:
        names = read_manifest(kept.payload or b"")
    except Faulty as fault:
        alarms.sound(db, "unopenable", kept.name.hex(), str(fault), hub.now())
        return
    blobs.lose(db, kept.ref, kept.device, names, hub.now(), "declared by its machine")
    audit.note(db, hub.now(), ACTOR, "lost", public_id(kept.ref), {"blobs": len(names)})


IN_CLEAR: dict[str, Callable[[Hub, Connection, Kept], None]] = {
    Kind.INQUIRY: _answer_inquiry, Kind.LOST: _note_lost}
"""What is not sealed to a department, and what follows from it."""


def _cannot(hub: Hub, db: Connection, kept: Kept, why: str) -> None:
    """Say so where the citizen will look, and tell the county."""
    alarms.sound(db, "unopenable", kept.name.hex(), why, hub.now())
    audit.note(db, hub.now(), ACTOR, "unopenable", kept.name.hex(), {"why": why})
    if kept.kind == Kind.SUBMISSION:
        speak_blind(hub, db, kept.device, kept.name)
        return
    case = cases.by_name(db, kept.ref)
    spoken = verdicts.of(db, kept.ref)
    if case is None or kept.device not in verdicts.listeners(db, case.track):
        return   # a machine where this citizen never was can make nobody come again
    if spoken and case.state == State.NEEDS_CORRECTION:
        # ask for the same things once more, one step higher: the amendment that answered this step is lost
        again = replace(spoken[-1], step=case.step + 1, at=hub.now(), actor=ACTOR)
        cases.move(db, case, State.NEEDS_CORRECTION, again.step)
        verdicts.add(db, again)
        speak(hub, db, case, again, _answers_of(hub, db, case))
