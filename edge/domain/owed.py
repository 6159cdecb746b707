"""What a citizen still has to bring: papers left for later, and signatures that are to stand on paper."""

from collections.abc import Iterable, Mapping

from edge.domain.form import Field, Item
from edge.domain.form_walk import LATER, form_fields, material_key
from edge.domain.strokes import PAPER
from edge.domain.text import Text
from edge.ground.ids import JSON


def owed_fields(item: Item, answers: Mapping[str, JSON]) -> list[str]:
    """Return the fields that these answers leave open: papers, then signatures; of a group those in its rows."""
    papers = [key for key in map(material_key, item.materials) if answers.get(key) == LATER]
    signatures: list[str] = []
    for field in form_fields(item):
        value = answers.get(field.key)
        if field.kind == "group":
            signatures += [one.key for one in _signatures(field.fields) if _on_paper(one, value)]
        elif field.kind == "signature" and value == PAPER:
            signatures.append(field.key)
    return papers + signatures


def owed_names(item: Item, owed: Iterable[str]) -> list[Text]:
    """Return how what these fields ask for is called; a field that the item does not know keeps its key."""
    names: dict[str, Text] = {}
    for field in form_fields(item):
        names |= {one.key: _name(one) for one in (field, *_signatures(field.fields))}
    return [names.get(key, Text(key, key)) for key in owed]


def _name(field: Field) -> Text:
    label = field.label
    return Text(f"{label.zh}（在纸上签）", f"{label.en} (on paper)") if field.kind == "signature" else label


def _signatures(fields: Iterable[Field]) -> list[Field]:
    return [one for one in fields if one.kind == "signature"]


def _on_paper(field: Field, rows: JSON) -> bool:
    return isinstance(rows, list) and any(isinstance(row, dict) and row.get(field.key) == PAPER for row in rows)
