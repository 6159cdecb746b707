"""Erase: what the law wants gone is gone here, at the machines, and from every copy that is ever brought back.

The content of the case's envelopes goes; header, hash and place stay, so the chain still verifies. The line in the
black book stands before anything else: a backup that still holds the content is erased as it is restored.
"""

import msgspec

from edge.domain.envelope import Kind as EnvelopeKind
from edge.domain.news import StatusBody
from edge.domain.submission import TRANSITIONS, Event, State
from edge.ground.problem import NOT_FOUND, WRONG_STATE, Problem
from edge.ground.transitions import advance
from edge.records import audit
from sync.hub import feed
from sync.hub.book import Kind
from sync.hub.case_reason import stated_of
from sync.hub.hub import Hub
from sync.hub.tables import cases, verdicts


def erase(hub: Hub, case_id: str, actor: str, reason: str) -> int:
    """Erase a case; return how many envelopes lost their content. It cannot be taken back.

    Raises:
        Problem: NOT_FOUND, REASON_MISSING, REASON_NAMES, WRONG_STATE when it is erased already.
    """
    why = stated_of(hub, case_id, reason)
    with hub.store.write() as db:
        case = cases.by_id(db, case_id)
        if case is None:
            raise Problem(NOT_FOUND)
        after = advance(TRANSITIONS, State(case.state), Event.ERASE)
        if after is None:
            raise Problem(WRONG_STATE, facts={"state": case.state})
        names = [case.name, *(name for name, _, _ in cases.followed(db, case.name))]
        done = sum(hub.book.write(db, Kind.ERASED, name, hub.now()) for name in names)
        step = case.step + 1
        cases.move(db, case, after, step)
        cases.blank(db, case_id)
        verdicts.blank(db, case.name)
        verdicts.add(db, verdicts.Spoken(case.name, step, after, hub.now(), actor, "", [], {}))
        body = msgspec.msgpack.encode(StatusBody(step, after, hub.now(), case.track, b""))
        for device in verdicts.listeners(db, case.track):
            feed.put(hub, db, device, EnvelopeKind.STATUS, body, case.name)
        audit.note(db, hub.now(), actor, "erase", case_id, {"why": why, "envelopes": done})
    return done
