"""Which questions are still open: an answer to one of them may bring bad news. Source: docs/protocol.md 6.

A question is open while nothing was believed since it was asked: whatever answers it was said later than all that this
machine believes. Two ways lead to the hub, and a question on one does not make the other's answer stale: so the last
question on the line and the last file are remembered side by side, and what is believed closes both.
"""

import msgspec

from edge.ground.database import Connection
from edge.records import facts

LINE, FILE = "question", "questions_on_file"


class Asked(msgspec.Struct, frozen=True):
    """A question: its END hash. Whatever is believed spends it, for the lane and for the downlink apart."""

    end_hash: bytes
    up_open: bool = True
    down_open: bool = True
    echoed_to: bytes | None = None   # up to which case it carried echoes; None when nothing is owed behind it


def keep(db: Connection, asked: Asked) -> None:
    """Remember the last question on the line."""
    facts.put(db, LINE, asked)


def begin_file(db: Connection) -> None:
    """Forget the questions of earlier files: to them only good news is believed."""
    facts.forget(db, FILE)


def keep_on_file(db: Connection, asked: Asked) -> None:
    """Remember one more question of the file that is being written."""
    facts.put(db, FILE, [*_on_file(db), asked])


def find(db: Connection, question: bytes) -> Asked | None:
    """Return the question of this END hash, or None when it is neither the last on the line nor on the last file."""
    on_line = facts.get(db, LINE, Asked)
    both = [*_on_file(db), on_line] if on_line is not None else _on_file(db)
    return next((asked for asked in both if asked.end_hash == question), None)


def is_last_on_line(db: Connection, question: bytes) -> bool:
    """Return whether this is the last question on the line, or none was ever asked there."""
    asked = facts.get(db, LINE, Asked)
    return asked is None or asked.end_hash == question


def spend(db: Connection, *, up: bool = False, down: bool = False) -> None:
    """Note that something was believed: a later answer to any question asked before is stale."""

    def spent(asked: Asked) -> Asked:
        return msgspec.structs.replace(asked, up_open=asked.up_open and not up, down_open=asked.down_open and not down)

    on_line, on_file = facts.get(db, LINE, Asked), _on_file(db)
    if on_line is not None and spent(on_line) != on_line:
        facts.put(db, LINE, spent(on_line))
    if (all_spent := [spent(asked) for asked in on_file]) != on_file:
        facts.put(db, FILE, all_spent)


def _on_file(db: Connection) -> list[Asked]:
    return facts.get(db, FILE, list[Asked]) or []
