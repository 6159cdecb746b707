"""Every fixed sentence that a page may read aloud: those of the catalogue, and those of the program.

The program's own stand in `data/spoken.txt`, gathered by `install/spoken_texts.py` (`make words`): an executable holds
no sources to read them from.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from edge.domain.catalogue import Catalogue
from edge.domain.form import Item
from edge.domain.form_walk import form_fields, photo_question, town_question
from edge.domain.spoken import is_fixed, sentences, voice_name
from edge.domain.text import Text
from edge.domain.values import missing

OWN_FILE = Path(__file__).parent / "data" / "spoken.txt"


def own_sentences() -> list[str]:
    """Return the fixed sentences of the program itself."""
    return [line for line in OWN_FILE.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def texts_in(part: Any) -> Iterator[Text]:
    """Yield every text inside a part of the catalogue."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, msgspec.Struct):
        for name in part.__struct_fields__:
            yield from texts_in(getattr(part, name))
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from texts_in(value)
    elif isinstance(part, Sequence) and not isinstance(part, (str, bytes)):
        for value in part:
            yield from texts_in(value)


def said_with(item: Item) -> Iterator[Text]:
    """Yield what is said with an item's own words: whether a paper is there, its photo, the town of an address, and
    what is still missing.
    """
    for field in form_fields(item):
        yield field.question
        if field.kind == "region":
            asked = [question for question in (field.question, field.question_self) if question]
            yield from filter(None, map(town_question, asked))
        for one in (field, *field.fields):
            yield missing(one)
            yield from (rule.error for rule in one.rules)
    yield from map(photo_question, item.materials)


def spoken(catalogue: Catalogue) -> dict[str, str]:
    """Return every fixed sentence by the name of its recording: the program's, then item by item."""
    found = dict.fromkeys(own_sentences())
    for item in catalogue.items.values():
        for text in (*texts_in(item), *said_with(item)):
            found.update(dict.fromkeys(filter(is_fixed, sentences(text.zh))))
    return {voice_name(sentence): sentence for sentence in found}
