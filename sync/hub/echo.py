"""Echo: verdicts of our own that a restore lost come home from the devices, word for word. Source: docs/protocol.md
10.
"""

import msgspec

from edge.domain.envelope import Kind, to_sign
from edge.domain.news import StatusBody
from edge.domain.submission import State
from edge.ground.database import Connection
from edge.ground.keys import verify
from sync.hub.hub import Hub
from sync.hub.tables import alarms, cases, down, verdicts
from sync.hub.tables.devices import DeviceRow
from sync.protocol.exchange import Signed

ACTOR = "echo"


def take(hub: Hub, db: Connection, device: DeviceRow, echoes: list[Signed]) -> bool:
    """Take over echoed statuses that are missing here; return whether any were given (they are committed with the
    caller).
    """
    for one in echoes:
        name = one.envelope.name(device.device)
        if one.envelope.header.kind == Kind.STATUS and verify(hub.key.public, one.signature, to_sign(name)):
            body = msgspec.msgpack.decode(one.envelope.payload or b"", type=StatusBody)
            if _take_status(hub, db, one.envelope.header.ref, body):
                # said down again, word for word: an old image of this device may ask from the beginning
                down.put(db, device.device, name, one.envelope.to_bytes(), one.signature)
    return bool(echoes)


def _take_status(hub: Hub, db: Connection, subject: bytes, body: StatusBody) -> bool:
    if body.step == 0:
        return False   # "received" is no decision: nothing was lost
    same = next((one for one in verdicts.of(db, subject) if one.step == body.step), None)
    if same is not None:
        if same.word != body.word:
            _decided_twice(hub, db, subject, body, same.word)
        return False
    # the reasons were sealed to the citizen and cannot be read back; the word and its step are what must not be lost
    verdicts.add(db, verdicts.Spoken(subject, body.step, body.word, body.at, ACTOR, "", [], {}))
    adopt(db, subject)
    return True


def _decided_twice(hub: Hub, db: Connection, subject: bytes, body: StatusBody, here: str) -> None:
    alarms.sound(db, "decided-twice", subject.hex(),
                 f"step {body.step}: {body.word} was told to the citizen, {here} was decided here; decide again",
                 hub.now())
    case = cases.by_name(db, subject)
    if case is not None and case.step == body.step:
        cases.reopen(db, case, State.HELD, case.reply_by)   # protocol 10: a person decides, one step higher


def adopt(db: Connection, subject: bytes) -> None:
    """Bring a case up to the highest step that was spoken; nothing to do while the case is not opened yet."""
    case, spoken = cases.by_name(db, subject), verdicts.of(db, subject)
    if case is None or not spoken or spoken[-1].step <= case.step:
        return
    answered = {step for _, step, _ in cases.followed(db, subject)}
    word = State.HELD if spoken[-1].step in answered else State(spoken[-1].word)
    cases.move(db, case, word, spoken[-1].step)
