"""Every word that was said about a case, and who hears of it."""

from dataclasses import dataclass

import msgspec

from edge.ground.database import Connection, Row
from edge.ground.ids import JSON

ADD = """INSERT INTO verdicts (subject, step, word, at, actor, reason, asks, result)
         VALUES (:subject, :step, :word, :at, :actor, :reason, :asks, :result)"""
OF = "SELECT subject, step, word, at, actor, reason, asks, result FROM verdicts WHERE subject = :subject ORDER BY step"
BLANK = "UPDATE verdicts SET reason = '', asks = '[]', result = '{}' WHERE subject = :subject"
LISTEN = "INSERT INTO listeners (track, device) VALUES (:track, :device) ON CONFLICT DO NOTHING"
LISTENERS = "SELECT device FROM listeners WHERE track = :track"


@dataclass(frozen=True)
class Spoken:
    """One verdict. `asks` are (field, reason) of each thing to put right; `result` the outcome fields."""

    subject: bytes
    step: int
    word: str
    at: int
    actor: str
    reason: str
    asks: list[tuple[str, str]]
    result: dict[str, JSON]


def _from_row(row: Row) -> Spoken:
    asks = msgspec.json.decode(row["asks"], type=list[tuple[str, str]])
    return Spoken(row["subject"], row["step"], row["word"], row["at"], row["actor"], row["reason"], asks,
                  msgspec.json.decode(row["result"]))


def add(db: Connection, spoken: Spoken) -> None:
    """Keep a verdict."""
    db.execute(ADD, {
        **spoken.__dict__, "asks": msgspec.json.encode(spoken.asks).decode(),
        "result": msgspec.json.encode(spoken.result).decode()})


def of(db: Connection, subject: bytes) -> list[Spoken]:
    """Return all verdicts of a case, first to last."""
    return [_from_row(row) for row in db.execute(OF, {"subject": subject})]


def blank(db: Connection, subject: bytes) -> None:
    """Leave of what was said about a case only its words and steps: it was erased."""
    db.execute(BLANK, {"subject": subject})


def listen(db: Connection, track: bytes, device: bytes) -> bool:
    """Let a device hear of a case; False when it does already."""
    return db.execute(LISTEN, {"track": track, "device": device}).rowcount == 1


def listeners(db: Connection, track: bytes) -> list[bytes]:
    """Return the devices that hear of a case."""
    return [row["device"] for row in db.execute(LISTENERS, {"track": track})]
