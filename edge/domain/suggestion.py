"""What an approval opens: items to offer, and notices that are no offers. The rules are the item's links.

A link's condition sees `outcome` (what the reviewer entered), `facts` (answers of the citizen and computed values
that the links name, see `facts_needed`), `local` and `params`. What is not known is null; only what certainly holds
is shown.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from edge.domain.conditions import condition
from edge.domain.county import County
from edge.domain.form import Item
from edge.domain.text import Text
from edge.ground.ids import JSON

NO_DAY = date(2000, 1, 1)
"""Links know no day: the same approval offers the same today and next year; the catalogue refuses `today` there."""
_FACT = re.compile(r"\bfacts\.([a-z]\w*)")


@dataclass(frozen=True)
class Offer:
    """Something that follows from an approval. Where the item `to` is not published, only its name is shown."""

    to: str
    name: Text
    text: Text
    reason: Text
    basis: Text
    kind: str = "offer"


def facts_needed(item: Item) -> set[str]:
    """Return the keys of the answers and computed values that the item's links name: all that a site has to keep."""
    return {name for link in item.links for name in _FACT.findall(link.when)}


def offers(item: Item, outcome: Mapping[str, JSON], facts: Mapping[str, JSON], county: County) -> list[Offer]:
    """Return what follows from `outcome`, in the order of the item's links; each item at most once.

    A notice about an item (money may stop) silences a later offer of the same item.
    """
    known = {
        "outcome": {field.key: outcome.get(field.key) for field in item.outcome},
        "facts": {name: facts.get(name) for name in facts_needed(item)},
        "local": county.params(item.code),
        "params": county.local_params,
    }
    found: dict[str, Offer] = {}
    for link in item.links:
        if link.to not in found and condition(link.when).holds(known, NO_DAY):
            found[link.to] = Offer(link.to, link.name, link.text, link.reason, link.basis, link.kind)
    return list(found.values())
