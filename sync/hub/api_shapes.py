"""What the hub's interface reads and says, member by member; the OpenAPI document is made from these."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from edge.domain.form import FieldKind
from edge.domain.submission import State
from edge.domain.text import Text

Moment = Annotated[datetime, Meta(tz=True)]
Id = Annotated[str, Meta(pattern="^[a-z2-7]{26}$")]
Device = Annotated[str, Meta(description="Which machine, in hexadecimal.", pattern="^[0-9a-f]{32}$")]
Cursor = Annotated[
    str,
    # each restore begins another log: its number stands before the place
    Meta(description="A place in the log of cases; compare for equality only.", pattern="^([0-9]{1,6}-)?[0-9]{1,18}$"),
]
Blob = Annotated[str, Meta(description="A photo's name, in hexadecimal.", pattern="^[0-9a-f]{64}$")]
Values = Annotated[dict[str, Any], Meta(description="Field key → canonical value.")]
Word = Literal["accept", "return", "reject", "finish"]
Reason = Annotated[str, Meta(description="What the citizen reads.", max_length=500)]
DeviceState = Literal["active", "suspect", "revoked"]
MOST_ASKS = 100


class Health(Struct, frozen=True):
    """The hub answers."""

    status: Literal["ok"]


class CaseLine(Struct, frozen=True):
    """One case in the log; while it is `waiting_for` photos it cannot be accepted.

    `step` counts the verdicts; `reply_by` is the last day for an answer; `cursor` its place.
    """

    id: Id
    item: str
    site: str
    device: Device
    state: State
    received_at: Moment
    lodged_at: Moment
    receipt: str
    step: int
    reply_by: date
    cursor: Cursor
    waiting_for: Annotated[int, Meta(description="How many photos (or lists of photos) are still on their way.")]


class CaseList(Struct, frozen=True):
    """Cases behind a cursor, in the order in which they came. `next` is null when there are no more yet."""

    cases: tuple[CaseLine, ...]
    next: Cursor | None


class Ask(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to put right: a field of the form, and why."""

    field: Annotated[str, Meta(min_length=1, max_length=64)]
    reason: Annotated[str, Meta(min_length=1, max_length=500)]


class VerdictIn(Struct, frozen=True, forbid_unknown_fields=True):
    """A decision. `return` needs a reason or asks, `reject` a reason; `result` goes with `accept` and `finish`."""

    verdict: Word
    reason: Reason = ""
    asks: Annotated[tuple[Ask, ...], Meta(max_length=MOST_ASKS)] = ()
    result: Annotated[dict[str, Any], Meta(description="Outcome fields, see `outcome` of the case.")] = {}


class SpokenOut(Struct, frozen=True):
    """One word that was said about the case."""

    step: int
    state: State
    at: Moment
    actor: str
    reason: str
    asks: tuple[Ask, ...]
    result: Values


class AmendmentOut(Struct, frozen=True):
    """What the citizen handed in later, and to which step it is the answer."""

    answers: Values
    answers_step: int
    opened_at: Moment


class OptionOut(Struct, frozen=True):
    """One choice: its value, its words."""

    value: str
    label: Text


class OutcomeField(Struct, frozen=True):
    """A field that may be given as `result`."""

    key: str
    kind: FieldKind
    label: Text
    question: Text
    choices: tuple[OptionOut, ...]
    optional: bool


class MaterialOut(Struct, frozen=True):
    """A photo of a material; `blob` is its name. One that is `lost` will not come."""

    material: str
    blob: Blob
    size: int
    media_type: str
    state: Literal["complete", "waiting", "lost"]


class CaseOut(Struct, frozen=True):
    """A case, opened: `answers` are the first ones with all amendments laid over them.

    Without the key nothing is `readable`.
    """

    id: Id
    item: str
    item_version: int
    item_name: Text
    department: str
    site: str
    device: Device
    state: State
    step: int
    receipt: str
    masked_name: str
    channel: str
    helper: str
    lodged_at: Moment
    received_at: Moment
    reply_by: date
    readable: bool
    answers: Values
    amendments: tuple[AmendmentOut, ...]
    history: tuple[SpokenOut, ...]
    may: tuple[Word, ...]
    outcome: tuple[OutcomeField, ...]
    materials: tuple[MaterialOut, ...]
    waiting_for: int


class SiteOut(Struct, frozen=True):
    """A service point."""

    id: Id
    name: str
    created_at: Moment


class SiteList(Struct, frozen=True):
    """All service points by name."""

    sites: tuple[SiteOut, ...]


class DeviceOut(Struct, frozen=True):
    """A machine; `queue` and what follows are as old as `last_exchange`. `quiet`: nothing heard for 15 minutes."""

    device: Device
    site: str
    label: str
    state: DeviceState
    enrolled_at: Moment
    last_exchange: Moment | None
    device_time: Moment | None
    held: int
    quiet: bool
    software: str
    queue: int
    taken: int
    free_bytes: int
    incarnations: int


class DeviceList(Struct, frozen=True):
    """All machines by site and label."""

    devices: tuple[DeviceOut, ...]
