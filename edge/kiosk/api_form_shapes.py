"""What the site's interface says of forms, member by member: matters, questions, papers, rules."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from edge.domain.form import Basis, FieldKind, Offline
from edge.domain.text import Text
from edge.kiosk.api_shapes import Answers, ItemCode


class ItemLine(Struct, frozen=True):
    """One matter that can be applied for here."""

    code: ItemCode
    version: int
    name: Text
    short: Text
    purpose: Text
    department: str
    department_name: Text
    offline: Offline
    minutes: int
    answer_days: Annotated[int, Meta(description="Working days until the county answers.")]
    fee_fen: int


class ItemList(Struct, frozen=True):
    """All matters, in the order of their codes."""

    items: tuple[ItemLine, ...]


class OptionOut(Struct, frozen=True):
    """One choice: the value to send, its words."""

    value: str
    label: Text
    hint: Text | None


class RuleOut(Struct, frozen=True):
    """A condition (CEL) on an answer, and what is said when it is broken."""

    must: str
    error: Text


class VillageOut(Struct, frozen=True):
    """A village; `code` is what a region answer names."""

    code: str
    name: Text


class TownOut(Struct, frozen=True):
    """A town with its villages."""

    code: str
    name: Text
    villages: tuple[VillageOut, ...]


class FieldOut(Struct, frozen=True):
    """One question. `when` (CEL) says whether it is asked; a region is answered by [village code, house].

    A group is answered by a list of rows, each an object of its own `fields`; a signature by strokes on a ground of
    600 × 200 ("12,40 80,42;46,10 46,90"), or "paper".
    """

    key: str
    kind: FieldKind
    question: Text
    label: Text
    hint: Text | None
    purpose: Text | None
    when: str
    choices: tuple[OptionOut, ...]
    regions: tuple[TownOut, ...]
    rules: tuple[RuleOut, ...]
    least: int | None
    most: int | None
    unit: Text | None
    optional: bool
    sensitive: bool
    past: bool
    workday: bool
    twice: Annotated[bool, Meta(description="A person is asked to type it twice; a program sends it once.")]
    statement: Annotated[Text | None, Meta(description="What whoever signs says with it.")]
    fields: tuple["FieldOut", ...]
    row: Text | None
    basis: Basis | None
    source: str


class MaterialOut(Struct, frozen=True):
    """A paper; its question stands among the fields under `field`, its photos are parts named `key`."""

    key: str
    field: str
    name: Text
    hint: Text | None
    when: str
    may_defer: bool
    e_cert: bool
    sign: bool
    statement: Annotated[Text | None, Meta(description="What the paper says, where it can be signed on the glass.")]
    instead: Text | None
    stands_in: Annotated[str, Meta(description="Key of the paper that `instead` speaks of.")]
    source: str


class ComputedOut(Struct, frozen=True):
    """A value that follows from the answers (CEL); with `how` it is shown to whoever fills in the form."""

    key: str
    value: str
    label: Text
    kind: Literal["text", "integer", "money", "decimal", "date", "yes_no"]
    unit: Text | None
    how: Text | None


class EligibilityOut(Struct, frozen=True):
    """A condition (CEL) for the whole application. `stop` and `remind` refuse it, `notice` only tells."""

    must: str
    text: Text
    kind: Literal["stop", "remind", "notice"]
    source: str


class LimitsOut(Struct, frozen=True):
    """How long the county may take."""

    answer_days: int
    note: Text
    finish: Text | None
    source: str


class FeeOut(Struct, frozen=True):
    """What it costs, in fen."""

    fen: int
    note: Text
    source: str


class PrivacyOut(Struct, frozen=True):
    """Why and on what ground personal data are used."""

    basis: Basis
    text: Text
    source: str


class ApplicantOut(Struct, frozen=True):
    """Which fields name the citizen; the last four characters of `id_number` open the tracking."""

    name: str
    id_number: str
    mobile: str


class ItemForm(Struct, frozen=True):
    """A form's definition, and a set of valid invented answers."""

    code: ItemCode
    version: int
    name: Text
    short: Text
    purpose: Text
    department: str
    department_name: Text
    offline: Offline
    minutes: int
    applicant: ApplicantOut
    fields: tuple[FieldOut, ...]
    materials: tuple[MaterialOut, ...]
    computed: tuple[ComputedOut, ...]
    eligibility: tuple[EligibilityOut, ...]
    outcome: tuple[FieldOut, ...]
    limits: LimitsOut
    fee: FeeOut
    privacy: PrivacyOut
    example: Answers
