"""An item of the catalogue as data: what is asked, under which condition, by which rule, and what follows from it.

The YAML files under `edge/catalogue/items` decode into these; `docs/catalogue.md` explains every field for people who
write items, `edge/catalogue/item.schema.json` is the same for their editors. A published (code, version) never changes:
the packed answers of a citizen name choices by their place in it.
"""

from typing import Any, Literal

import msgspec

from edge.domain.text import Text

Sample = dict[str, Any]
"""Invented answers; msgspec cannot check a recursive JSON type, the catalogue checks them as answers instead."""

FieldKind = Literal[
    "text", "long_text", "name", "id_number", "credit_code", "disability_number", "mobile", "bank_card",
    "integer", "money", "decimal", "date", "month", "region", "choice", "choices", "yes_no", "signature", "group",
    "declaration", "consent",
]
Offline = Literal["capture", "precheck", "online"]
"""capture: can be taken without a link. precheck: taken, then verified by the county. online: needs a live answer."""
Basis = Literal["duty", "consent"]
"""Why personal data may be used: a duty laid down by law (PIPL 13(3)), or the person's consent."""


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all parts of an item share: nothing unknown is accepted, nothing empty is written."""


class Choice(_Part, frozen=True, kw_only=True):
    """One option: its value on the wire, its words, and how one knows that it applies."""

    value: str
    label: Text
    hint: Text | None = None


class Rule(_Part, frozen=True, kw_only=True):
    """A condition (CEL) that an answer must meet, and what to say when it does not: what is wrong and what to do."""

    must: str
    error: Text


class Field(_Part, frozen=True, kw_only=True):
    """One question on one screen, and one answer.

    `when` and `rules` may name this field and those before it. `least` and `most` bound the characters of a text,
    the value of an integer, the fen of a sum of money, the hundredths of a decimal, the number of choices, or the rows
    of a group. `past` refuses dates after today, `workday` those that are not working days or lie before tomorrow.
    `question_self` replaces `question` once `who` was answered `self`. `choices` of a yes_no are its two words, values
    `yes` and `no`; the answer stays a bool. `one_each` names the integer that says how many lines a long text has.
    `twice`: a person types the number twice. `statement`: what whoever signs says with it. A group asks its `fields`
    once for each `row` (what one row is called).
    """

    key: str
    kind: FieldKind
    question: Text
    label: Text
    question_self: Text | None = None
    hint: Text | None = None
    purpose: Text | None = None
    when: str = ""
    choices: tuple[Choice, ...] = ()
    choices_from: str = ""
    rules: tuple[Rule, ...] = ()
    least: int | None = None
    most: int | None = None
    unit: Text | None = None
    one_each: str = ""
    optional: bool = False
    sensitive: bool = False
    shared: bool = False
    past: bool = False
    workday: bool = False
    twice: bool = False
    statement: Text | None = None
    fields: tuple["Field", ...] = ()
    row: Text | None = None
    basis: Basis | None = None
    source: str = ""


class Material(_Part, frozen=True, kw_only=True):
    """A paper that belongs to the application; each that applies becomes one choice question, key `material_<key>`.

    `hint` says which page or what about it. `may_defer`: it can be brought later. `e_cert`: an electronic one will do.
    `sign`: it can be signed on the glass instead, which becomes a question of its own, key `sign_<key>`, below what the
    paper says, its `statement`. `instead`: what else will do for whoever does not have it. `stands_in`: the key of a
    later paper that `instead` speaks of, which then cannot be left for later.
    """

    key: str
    name: Text
    hint: Text | None = None
    when: str = ""
    may_defer: bool = False
    e_cert: bool = False
    only_agent: bool = False
    sign: bool = False
    statement: Text | None = None
    instead: Text | None = None
    stands_in: str = ""
    source: str = ""


class Computed(_Part, frozen=True, kw_only=True):
    """A value that follows from the answers (CEL); null while an answer that it needs is missing.

    With `how` (how it was computed, other values in braces) it is shown beside the answers, never to be changed.
    """

    key: str
    value: str
    label: Text
    kind: Literal["text", "integer", "money", "decimal", "date", "yes_no"] = "text"
    unit: Text | None = None
    how: Text | None = None


class Eligibility(_Part, frozen=True, kw_only=True):
    """A condition for the whole application.

    stop: cannot be applied for. remind: not yet, and the text says when. notice: may go on, but must be told.
    """

    must: str
    text: Text
    kind: Literal["stop", "remind", "notice"] = "stop"
    go: str = ""
    source: str = ""


class Link(_Part, frozen=True, kw_only=True):
    """What may follow from an approval: an item to offer, or a notice. `when` is CEL over outcome, facts and params."""

    to: str
    name: Text
    when: str
    text: Text
    reason: Text
    basis: Text
    kind: Literal["offer", "notice"] = "offer"
    source: str = ""


class Limits(_Part, frozen=True, kw_only=True):
    """How long the county may take: in `answer_days` working days it accepts, or lists once all that is missing."""

    answer_days: int
    note: Text
    source: str
    finish: Text | None = None


class Fee(_Part, frozen=True, kw_only=True):
    """What it costs, in fen, and where that is written."""

    fen: int
    note: Text
    source: str


class Privacy(_Part, frozen=True, kw_only=True):
    """Why and on what ground the personal data of this item are used; shown before they are asked for."""

    basis: Basis
    text: Text
    source: str


class Applicant(_Part, frozen=True, kw_only=True):
    """The fields that name the citizen and carry the ID number whose last four characters open the tracking page."""

    name: str
    id_number: str
    mobile: str = ""


class Told(_Part, frozen=True, kw_only=True):
    """A warning in the place of the general one, for those whose answers meet a condition (CEL)."""

    when: str
    warning: Text


class Live(_Part, frozen=True, kw_only=True):
    """What an item that needs a live answer offers instead, without pretending.

    `warning` says what has not happened; it stands on every page and slip of a form that was only registered. Where
    the citizen has answered that they did it elsewhere, the first that fits of `told` stands in its place. `phones`
    are keys of the county's phones. `register` is the button that leads to the form: somebody at the county then does
    it, and calls back.
    """

    warning: Text
    register: Text
    told: tuple[Told, ...] = ()
    phones: tuple[str, ...] = ()
    steps: tuple[Text, ...] = ()

    def warning_at(self, place: int) -> Text:
        """Return the warning at a place: 0 is the general one, n the n-th of `told`."""
        return self.told[place - 1].warning if 0 < place <= len(self.told) else self.warning


class Item(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, eq=False):
    """One matter that a citizen can apply for. Compared by identity; to know if two are equal compare their bytes."""

    code: str
    version: int
    name: Text
    short: Text
    initials: str
    purpose: Text
    department: str
    offline: Offline
    minutes: int
    applicant: Applicant
    limits: Limits
    fee: Fee
    privacy: Privacy
    fields: tuple[Field, ...]
    example: Sample
    card_reader: bool = True
    who: str = ""
    live: Live | None = None
    events: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    computed: tuple[Computed, ...] = ()
    eligibility: tuple[Eligibility, ...] = ()
    outcome: tuple[Field, ...] = ()
    outcome_name: Text | None = None
    outcome_example: Sample = {}
    links: tuple[Link, ...] = ()
    sources: tuple[str, ...] = ()


def item_to_bytes(item: Item) -> bytes:
    """Return the one byte form of an item (JSON, keys sorted, nothing empty): what travels, is named and is stored."""
    return msgspec.json.encode(item, order="sorted")
