"""Speak: turn a decision into a status, sealed to the citizen, on the lane down to every device that listens."""

import msgspec

from edge.domain.answers import Checked, check
from edge.domain.envelope import Kind
from edge.domain.news import StatusBody
from edge.domain.submission import STATUS_INFO, Decision, Record, State
from edge.domain.suggestion import facts_needed
from edge.ground.clock import local_day, moment
from edge.ground.database import Connection
from edge.ground.ids import JSON
from edge.ground.sealing import seal
from sync.hub import feed
from sync.hub.hub import Hub
from sync.hub.legal_clock import counted_from
from sync.hub.tables import verdicts
from sync.hub.tables.cases import Case
from sync.hub.tables.verdicts import Spoken


def speak(hub: Hub, db: Connection, case: Case, spoken: Spoken, answers: dict[str, JSON]) -> None:
    """Send a fresh verdict to every device that listens to its case."""
    body = _status(hub, db, case, spoken, answers)
    for device in verdicts.listeners(db, case.track):
        feed.put(hub, db, device, Kind.STATUS, body, case.name)


def speak_for(hub: Hub, db: Connection, case: Case, devices: list[bytes], answers: dict[str, JSON]) -> None:
    """Tell devices that begin to listen how a case stands: its newest verdict, or that it was received."""
    spoken = verdicts.of(db, case.name)
    newest = spoken[-1] if spoken else Spoken(case.name, 0, State.HELD, case.received_at, "", "", [], {})
    body = _status(hub, db, case, newest, answers)
    for device in devices:
        feed.put(hub, db, device, Kind.STATUS, body, case.name)


def speak_blind(hub: Hub, db: Connection, device: bytes, subject: bytes) -> None:
    """Send the word for a submission that cannot be opened: please come again. Its track key is unknown, so nothing
    is sealed.
    """
    body = StatusBody(1, State.REJECTED, hub.now(), b"", b"")
    feed.put(hub, db, device, Kind.STATUS, msgspec.msgpack.encode(body), subject)


def _status(hub: Hub, db: Connection, case: Case, spoken: Spoken, answers: dict[str, JSON]) -> bytes:
    item = hub.item(case.item, case.version)
    day = local_day(moment(counted_from(db, case.device, case.lodged_at, case.received_at)))
    checked = check(item, answers, hub.county(), day) if item and answers else Checked({})
    record = Record(case.code, case.item, case.version, case.masked_name, case.lodged_at, case.site, checked.owed,
                    checked.warning)
    known = {**answers, **checked.computed}
    facts = {key: known[key] for key in sorted(facts_needed(item)) if key in known} if item else {}
    decision = Decision(record, spoken.reason, tuple(spoken.asks), dict(spoken.result), facts)
    sealed = seal(case.track, STATUS_INFO, msgspec.msgpack.encode(decision))
    return msgspec.msgpack.encode(StatusBody(spoken.step, spoken.word, spoken.at, case.track, sealed))
