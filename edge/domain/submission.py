"""A submission: what is inside the seal, and what its state is called.

Transport and decision are two things. Transport follows from the envelope's place on the lane against the hub's last
signed receipt, so no row can say "delivered" without one; the decision is the hub's word with the highest step.
Source: docs/protocol.md 8.
"""

import zlib
from base64 import b32encode
from enum import StrEnum
from typing import Any

import msgspec

from edge.domain.body_packing import lengthen, shorten
from edge.domain.envelope import Faulty

LARGEST_BODY = 256 * 1024
RECORD_INFO, STATUS_INFO = b"ferry1 record", b"ferry1 status"   # what is sealed to the track key, each for its purpose
KNOWN_MEDIA = frozenset({"image/jpeg", "image/webp", "image/png", "application/pdf"})
"""What an attachment may be; whatever else a form says is shown to nobody as what it says."""
_PLAIN, _DEFLATED, _SHORT, _SHORT_DEFLATED = b"\0", b"\1", b"\2", b"\3"
_WINDOW = -15   # raw; no sender can ask a reader for more than 32 KiB of window


class State(StrEnum):
    """The words of the interface; the screen has its own for each."""

    QUEUED = "queued"
    IN_FLIGHT = "in_flight"
    HELD = "held"
    SAFE = "safe"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    NEEDS_CORRECTION = "needs_correction"
    DONE = "done"
    ERASED = "erased"


class Event(StrEnum):
    """What moves a case at the hub."""

    ACCEPT = "accept"
    RETURN = "return"
    REJECT = "reject"
    FINISH = "finish"
    AMEND = "amend"
    ERASE = "erase"


TRANSITIONS: dict[tuple[State, Event], State] = {
    (State.HELD, Event.ACCEPT): State.ACCEPTED,
    (State.HELD, Event.RETURN): State.NEEDS_CORRECTION,
    (State.HELD, Event.REJECT): State.REJECTED,
    (State.HELD, Event.ERASE): State.ERASED,
    # missing things are told once, completely: after a correction the case is accepted or refused, or told what is
    # still wrong
    (State.NEEDS_CORRECTION, Event.AMEND): State.HELD,
    (State.NEEDS_CORRECTION, Event.REJECT): State.REJECTED,
    (State.NEEDS_CORRECTION, Event.ERASE): State.ERASED,
    (State.ACCEPTED, Event.FINISH): State.DONE,
    (State.ACCEPTED, Event.ERASE): State.ERASED,
    (State.DONE, Event.ERASE): State.ERASED,
    (State.REJECTED, Event.ERASE): State.ERASED,
}
"""What may happen to a case, for the hub's verbs and for the console's buttons."""

DECIDED = frozenset({State.ACCEPTED, State.REJECTED, State.NEEDS_CORRECTION, State.DONE, State.ERASED})
"""Words that only the hub can say."""


class Attachment(msgspec.Struct, array_like=True, frozen=True):
    """One photo of a material: the blob that holds it, and the key that opens the blob. Only the department reads this.
    """

    material: str       # the key of the item's material
    blob: bytes         # name of the blob
    key: bytes          # 32 random bytes, used for this blob alone
    size: int           # bytes of the photo
    media_type: str


class Paper(msgspec.Struct, array_like=True, frozen=True):
    """What is known of a form that was handed in on paper and typed in later.

    `handed_in` is the day on the paper (like 2026-11-30), a claim that stands beside the device's time; `own`: the
    machine on which it was typed in had printed the number itself.
    """

    handed_in: str
    own: bool


class Body(msgspec.Struct, array_like=True, frozen=True):
    """What stands inside the seal of a submission or an amendment."""

    item: str
    item_version: int
    code: str           # receipt code; an amendment carries the code of the submission that it follows
    track: bytes        # public half of the citizen's track key
    answers: bytes      # packed by the item's version
    channel: str = "kiosk"
    helper: str = ""
    answers_step: int = 0   # an amendment: the step of the return that it answers
    attachments: tuple[Attachment, ...] = ()
    paper: Paper | None = None


class Record(msgspec.Struct, array_like=True, frozen=True):
    """What the citizen reads back with code and ID tail; sealed to the track key wherever it is stored.

    `owed` are the fields of what is still to be brought; `warning` is the place of the item's warning that is true for
    what was answered (0 the general one).
    """

    code: str
    item: str
    item_version: int
    masked_name: str
    lodged_at: int
    site: str
    owed: tuple[str, ...] = ()
    warning: int = 0


class Decision(msgspec.Struct, array_like=True, frozen=True):
    """A verdict as the citizen may read it; sealed to the track key."""

    record: Record
    reason: str = ""
    asks: tuple[tuple[str, str], ...] = ()      # (field, reason) of each thing to put right
    result: dict[str, Any] = {}                 # outcome fields of the item, JSON values
    facts: dict[str, Any] = {}                  # the answers that the rules for linked items read


def public_id(name: bytes) -> str:
    """Return what a submission is called outside, at site and hub alike: 26 letters of its envelope's name."""
    return b32encode(name[:16]).decode("ascii").rstrip("=").lower()


def to_payload(body: bytes) -> bytes:
    """Return what is sealed: the shortest of the body and its short form, each as it is and deflated."""
    ways = [_PLAIN + body, _DEFLATED + zlib.compress(body, 9, wbits=_WINDOW)]
    short = shorten(body)
    if short is not None:
        ways += [_SHORT + short, _SHORT_DEFLATED + zlib.compress(short, 9, wbits=_WINDOW)]
    return min(ways, key=len)


def from_payload(payload: bytes) -> bytes:
    """Return the body in `payload`.

    Raises:
        Faulty: no such packing, or more than 256 KiB (a bomb).
    """
    mark, content = payload[:1], payload[1:]
    if mark in (_DEFLATED, _SHORT_DEFLATED):
        content = _inflate(content)
    elif mark not in (_PLAIN, _SHORT):
        raise Faulty("unknown packing")
    return lengthen(content) if mark in (_SHORT, _SHORT_DEFLATED) else content


def _inflate(deflated: bytes) -> bytes:
    inflater = zlib.decompressobj(wbits=_WINDOW)
    try:
        body = inflater.decompress(deflated, LARGEST_BODY)
    except zlib.error as fault:
        raise Faulty("cannot be inflated") from fault
    if inflater.unconsumed_tail or not inflater.eof:
        raise Faulty("cut off, or too large inflated")
    return body


def transport(position: int, sent: int, acked: int, safe: int) -> State:
    """Return how far an envelope has come, from its place on the lane and the hub's last signed receipt."""
    if position <= safe:
        return State.SAFE
    if position <= acked:
        return State.HELD
    return State.IN_FLIGHT if position <= sent else State.QUEUED
