"""Materials: the photos of a case, whether they are here, and what is on them. Source: docs/protocol.md 13.

At the hub photos stay sealed as they came (ADR 0007): each look opens form, then photo, and stands in the audit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from edge.domain.blob import join
from edge.domain.envelope import Faulty
from edge.domain.submission import KNOWN_MEDIA, Attachment
from edge.ground.database import Connection
from edge.ground.problem import MATERIAL_LOST, MATERIAL_WAITING, NOT_FOUND, Problem
from edge.ground.sealing import CannotOpen
from edge.records import audit
from sync.hub import gather
from sync.hub.case_reason import stated_of
from sync.hub.hub import Hub
from sync.hub.open import read_body
from sync.hub.tables import blobs, cases, envelopes
from sync.hub.tables.cases import Case

Arrival = Literal["complete", "waiting", "lost"]
ANY = "application/octet-stream"


@dataclass(frozen=True)
class Material:
    """One photo of a case. `key` names the item's material; `state`: complete, waiting, lost."""

    key: str
    blob: bytes
    size: int
    media_type: str
    state: Arrival


def arrivals(db: Connection, case: Case, attachments: Iterable[Attachment]) -> list[Material]:
    """Return the photos that a case's form and amendments speak of, and how far each has come."""
    parts = blobs.of_case(db, case.name)
    known: dict[bytes, str] = {}
    for part in parts:
        known[part.blob] = min(known.get(part.blob, part.state), part.state)   # complete before lost before waiting
    naming = any(part.manifest and part.state == "waiting" for part in parts)
    return [Material(one.material, one.blob, one.size, one.media_type,
                     _arrival(known.get(one.blob, "waiting" if naming else "lost"))) for one in attachments]


def _arrival(state: str) -> Arrival:
    return "complete" if state == "complete" else "waiting" if state == "waiting" else "lost"


def waiting_for(hub: Hub, rows: Iterable[Case]) -> dict[str, int]:
    """Return case id → how many blobs it still waits for."""
    db = hub.store.read()
    return {case.id: blobs.waiting_for(db, case.name) for case in rows}


def material(hub: Hub, case_id: str, actor: str, blob: bytes) -> tuple[bytes, str]:
    """Return a photo and what it is (its media type). Who looked stands in the audit.

    Raises:
        Problem: NOT_FOUND, MATERIAL_WAITING while it is on its way or was damaged here and is asked for again,
            MATERIAL_LOST.
    """
    with hub.store.write() as db:
        case = _case(db, case_id)
        found = next((one for one in _attachments(hub, db, case) if one.blob == blob), None)
        if found is None:
            raise Problem(NOT_FOUND)
        audit.note(db, hub.now(), actor, "read-material", case_id, {"blob": blob.hex(), "material": found.material})
    state = arrivals(hub.store.read(), case, [found])[0].state
    if state != "complete":
        raise Problem(MATERIAL_WAITING if state == "waiting" else MATERIAL_LOST)
    return _opened(hub, found), found.media_type if found.media_type in KNOWN_MEDIA else ANY


def _opened(hub: Hub, attachment: Attachment) -> bytes:
    db = hub.store.read()
    held = blobs.get(db, attachment.blob)
    if held is None:
        raise LookupError("a complete blob has its row")
    try:
        return join(attachment.key, gather.checked(db, held))
    except Faulty as fault:
        with hub.store.write() as writing:
            gather.ask_again(writing, held, hub.now())
        raise Problem(MATERIAL_WAITING) from fault
    except CannotOpen as fault:
        raise Problem(MATERIAL_LOST, "sealed with another key than the form says") from fault


def give_up(hub: Hub, case_id: str, actor: str, reason: str) -> int:
    """Wait no longer for what a case still lacks: its machine was destroyed, and a person says so. Returns how many.

    Raises:
        Problem: NOT_FOUND, REASON_MISSING, REASON_NAMES.
    """
    why = stated_of(hub, case_id, reason, least=1)
    with hub.store.write() as db:
        waiting = [part for part in blobs.of_case(db, _case(db, case_id).name) if part.state == "waiting"]
        for part in waiting:
            blobs.lose(db, part.envelope, part.device, [part.blob], hub.now(), why)
        audit.note(db, hub.now(), actor, "give-up-materials", case_id, {"blobs": len(waiting), "why": why})
    return len(waiting)


def _case(db: Connection, case_id: str) -> Case:
    case = cases.by_id(db, case_id)
    if case is None:
        raise Problem(NOT_FOUND)
    return case


def _attachments(hub: Hub, db: Connection, case: Case) -> list[Attachment]:
    found: list[Attachment] = []
    for name in (case.name, *(name for name, _, _ in cases.followed(db, case.name))):
        kept = envelopes.get(db, name)
        try:
            body = read_body(hub, kept)[0] if kept is not None else None
        except (CannotOpen, Faulty):
            continue
        if body is not None and body.track == case.track:
            found += body.attachments
    return found
