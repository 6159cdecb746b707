"""Where a card may be read to: a question for a name or an ID number, of the form or of the row that is open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flask import url_for

from edge.domain.form import Field, Item
from edge.kiosk.asked import Asked
from edge.kiosk.site_here import card_reader

READ_BY_CARD = ("name", "id_number")


@dataclass(frozen=True)
class CardPlace:
    """A question that a card may answer, at `at` among those `shown` beside it.

    `part` is where the page keeps how far it is; `write` puts one half of the card where a finger would have typed it,
    so that the person sees it and goes on, or changes it.
    """

    asked: Field
    at: int
    shown: Sequence[Field]
    part: dict[str, str]
    write: Callable[[Field, str], object]


def beside_card(drawn: Asked, item: Item, asked: Field, where: str) -> Asked:
    """Return the question with the reader offered beside it where there is one; `where` are the pages, fill or rows.

    An item for who has no card says so (`card_reader: false`): nobody is asked for what they came to replace.
    """
    if not item.card_reader or asked.kind not in READ_BY_CARD or card_reader() is None:
        return drawn
    return replace(drawn, card=url_for("card.begin", where=where, key=asked.key))
