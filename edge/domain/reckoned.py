"""Values that follow from the answers, in words: what each came to, and how it was computed. Never to be changed."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from edge.domain.county import County
from edge.domain.form import Computed, Field, Item
from edge.domain.text import Text
from edge.domain.wording import show
from edge.ground.ids import JSON

_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class Reckoned(NamedTuple):
    """One computed value as it is shown: its name, the value in words, how it came about."""

    key: str
    label: Text
    value: str
    how: str


def reckoned(
    item: Item, answers: Mapping[str, JSON], computed: Mapping[str, JSON], lang: str, county: County,
) -> list[Reckoned]:
    """Return the computed values of an item that are to be shown and are known, in the item's order."""
    words = {one.key: _words(item, one, computed.get(one.key), lang, county) for one in item.computed}
    fields = {one.key: one for one in item.fields}
    for key, value in answers.items():
        if key in fields:
            words[key] = show(item, fields[key], value, lang, county)

    def put(found: re.Match[str]) -> str:
        return words.get(found[1], found[0])

    return [Reckoned(one.key, one.label, words[one.key], _SLOT.sub(put, one.how.in_(lang)))
            for one in item.computed if one.how is not None and computed.get(one.key) is not None]


def _words(item: Item, one: Computed, value: JSON, lang: str, county: County) -> str:
    field = Field(key=one.key, kind=one.kind, question=one.label, label=one.label, unit=one.unit)
    return show(item, field, value, lang, county)
