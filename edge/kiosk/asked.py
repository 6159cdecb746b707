"""A question ready to be drawn: what the templates of one question receive."""

from dataclasses import dataclass

from edge.kiosk.paging import Page


@dataclass(frozen=True)
class Option:
    """One line to choose."""

    value: str
    label: str
    hint: str
    chosen: bool


@dataclass(frozen=True)
class Segment:
    """One part of a number that is written in parts."""

    name: str
    label: str
    value: str
    length: int


@dataclass(frozen=True)
class Asked:
    """A question ready to be drawn. `template` names the macro, `keys` the pad below.

    `steps`: a date can be stepped by touch. `find`: the list is long, so a box to write in is offered; `found` is what
    was written there. `heading`: what this page asks, where a question is asked in steps; `lead`: the question itself,
    where the heading does not say it. `again`: the number is typed for the second time. `ink` are the strokes of a
    signature. `card` is where a card is read to this question.
    """

    key: str
    template: str
    keys: str = ""
    value: str = ""
    unit: str = ""
    longest: int = 100
    name: str = ""
    options: Page[Option] | None = None
    elsewhere: tuple[str, ...] = ()
    compact: bool = False
    segments: tuple[Segment, ...] = ()
    heading: str = ""
    lead: str = ""
    chosen_place: str = ""
    ticked: bool = False
    focus: str = ""
    groups: str = ""
    steps: bool = False
    find: bool = False
    found: str = ""
    again: bool = False
    ink: tuple[str, ...] = ()
    on_paper: bool = False
    card: str = ""
