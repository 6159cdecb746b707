"""What the site's interface reads and says, member by member; the OpenAPI document is made from these.

What it says of forms stands in `api_form_shapes`.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from edge.domain.submission import State
from edge.domain.text import Text

Moment = Annotated[datetime, Meta(tz=True)]
Answers = Annotated[dict[str, Any], Meta(description="Field key → answer; `GET /items/{code}` tells the fields.")]
Id = Annotated[str, Meta(pattern="^[a-z2-7]{26}$")]
Code = Annotated[str, Meta(description="Receipt code without separators.", pattern="^[2-9A-Z]{10}$")]
ItemCode = Annotated[str, Meta(description="Such as RS-01.", min_length=1, max_length=32)]


Ready = Literal["ok", "no_photos", "paper_only", "red"]


class Health(Struct, frozen=True, omit_defaults=True):
    """The site answers. `status`: what it still takes; `why`: the code of the refusal, absent when all is well."""

    status: Ready
    why: str = ""


class LanePlaces(Struct, frozen=True):
    """Envelopes made (`head`), held by the hub (`acked`), also in its backups (`safe`); lanes begun so far."""

    head: int
    acked: int
    safe: int
    incarnations: int


class Sending(Struct, frozen=True):
    """A queue on its way: what the hub holds of it, pieces of photos still to go, seconds for the rest once known."""

    done: int
    total: int
    chunks_left: int
    seconds_left: int | None


class Status(Struct, frozen=True):
    """How this machine and its line are; `line` is `up` only after an exchange of its own.

    `readiness`: whether it takes forms (`ok`, `no_photos`), nothing new (`paper_only`), or its disk cannot be trusted
    (`red`); `why` is the code of the refusal.
    """

    site: str
    machine: str
    device: Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
    software: str
    lane: LanePlaces
    waiting: int
    readiness: Ready
    why: str
    line: Literal["up", "down"]
    sending: Sending | None
    since: Moment | None
    last_exchange: Moment | None


class Lodging(Struct, frozen=True, forbid_unknown_fields=True):
    """A form to hand in."""

    item: ItemCode
    answers: Answers


class Receipt(Struct, frozen=True):
    """The form is durably here. `reply_by`: the day by which the county must answer; `qr`: the text of the QR."""

    id: Id
    receipt: Code
    state: Literal["queued"]
    item: ItemCode
    lodged_at: Moment
    reply_by: date
    qr: str


class SubmissionState(Struct, frozen=True):
    """How a submission stands. Which item it is the machine cannot read any more."""

    id: Id
    state: State
    lodged_at: Moment
    held_at: Annotated[Moment | None, Meta(description="When the hub's signed receipt first covered it.")]
    resending: bool


class Asking(Struct, frozen=True, forbid_unknown_fields=True):
    """A receipt code as printed or typed, and the last four characters of the ID number."""

    receipt: Annotated[str, Meta(min_length=1, max_length=40)]
    tail: Annotated[str, Meta(min_length=1, max_length=8)]


class AskOut(Struct, frozen=True):
    """One thing to put right: the field, its name, why."""

    field: str
    label: Text
    reason: str


class OfferOut(Struct, frozen=True):
    """What follows from an approval: an item to apply for, or a notice."""

    to: str
    name: Text
    text: Text
    reason: Text
    basis: Text
    kind: Literal["offer", "notice"]


class TrackedOut(Struct, frozen=True):
    """What the citizen may read. `id` is null for another site's form; `news_at`: how old the county's word is here."""

    id: Id | None
    receipt: Code
    item: ItemCode
    item_name: Text
    masked_name: str
    site: str
    state: State
    lodged_at: Moment
    held_at: Moment | None
    decided_at: Moment | None
    news_at: Moment | None
    reason: str
    asks: tuple[AskOut, ...]
    result: Annotated[dict[str, Any], Meta(description="Outcome fields of the item, see `outcome` in its definition.")]
    offers: tuple[OfferOut, ...]
    resending: bool
    reply_by: date | None
