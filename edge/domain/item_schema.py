"""The JSON Schema (2020-12) of an item file, for editors that check while one types. Made from the structs."""

import json
from typing import Any

import msgspec

from edge.domain.form import Item

ADDRESS = "https://json-schema.org/draft/2020-12/schema"


def item_schema() -> dict[str, Any]:
    """Return the schema of a file under `items/`.

    It differs from that of the struct in one thing: a field or a material may be `ref: name`, a shared definition with
    whatever stands beside `ref` on top, so nothing else is required there.
    """
    (_, *_), parts = msgspec.json.schema_components([Item], ref_template="#/$defs/{name}")
    for name, referring in (("Field", "FieldRef"), ("Material", "MaterialRef")):
        whole = parts[name]
        parts[referring] = {
            "title": referring, "type": "object", "additionalProperties": False, "required": ["ref"],
            "properties": {"ref": {"type": "string", "description": "a name in shared.yaml"}, **whole["properties"]},
        }
    item = parts.pop("Item")
    asked = {"anyOf": [{"$ref": "#/$defs/Field"}, {"$ref": "#/$defs/FieldRef"}]}
    for one in ("Field", "FieldRef"):
        parts[one]["properties"]["fields"]["items"] = asked
    for key, name in (("fields", "Field"), ("materials", "Material")):
        item["properties"][key]["items"] = {"anyOf": [{"$ref": f"#/$defs/{name}"}, {"$ref": f"#/$defs/{name}Ref"}]}
    item["properties"]["code"]["pattern"] = "^[A-Z]{2}-[0-9]{2,3}$"
    item["properties"]["version"]["minimum"] = 1
    return {"$schema": ADDRESS, "$id": "urn:yizhan:schema:item", **item, "$defs": dict(sorted(parts.items()))}


def item_schema_text() -> str:
    """Return the schema as it stands in `edge/catalogue/item.schema.json`."""
    return json.dumps(item_schema(), ensure_ascii=False, indent=1, sort_keys=False) + "\n"
