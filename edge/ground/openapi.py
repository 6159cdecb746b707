"""Pieces of an OpenAPI 3.1 document: schemas from the Structs that are read and written, refusals from our table."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from edge.ground.problem import KINDS, Kind
from edge.ground.web import JSON_TYPE, PROBLEM_TYPE

VERSION = "3.1.0"
SCHEMAS = "#/components/schemas/"
Part = dict[str, Any]

PROBLEM: Part = {
    "title": "Problem",
    "description": "RFC 9457. `title` and `cure` in the language of Accept-Language; some problems carry more members.",
    "type": "object",
    "properties": {
        "type": {"type": "string", "pattern": "^urn:yizhan:problem:[a-z0-9-]+$"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "cure": {"type": "string", "description": "What to do about it."},
        "retry": {"type": "boolean", "description": "Whether the same request may succeed later."},
    },
    "required": ["type", "title", "status", "detail", "cure", "retry"],
}
FAULTY_FIELD: Part = {
    "title": "FaultyField",
    "description": "One answer that will not do.",
    "type": "object",
    "properties": {"field": {"type": "string"}, "message": {"type": "string"}, "message_en": {"type": "string"}},
    "required": ["field", "message", "message_en"],
}
LICENSE: Part = {"name": "Apache License 2.0", "identifier": "Apache-2.0"}
BEARER: Part = {"type": "http", "scheme": "bearer"}


def schemas(shapes: Iterable[type]) -> Part:
    """Return the component schemas of these Structs and of all that they hold."""
    _, found = msgspec.json.schema_components(shapes, ref_template=SCHEMAS + "{name}")
    return {**{name: found[name] for name in sorted(found)}, "FaultyField": FAULTY_FIELD, "Problem": PROBLEM}


def ref(name: str) -> Part:
    """Return a reference to a component schema."""
    return {"$ref": SCHEMAS + name}


def content(shape: type, example: Any = None) -> Part:
    """Return the JSON content of a body or an answer."""
    part: Part = {"schema": ref(shape.__name__)}
    return {JSON_TYPE: part if example is None else {**part, "example": example}}


def says(words: str, shape: type, headers: Part | None = None, links: Part | None = None) -> Part:
    """Return an answer of this shape."""
    answer: Part = {"description": words, "content": content(shape)}
    if headers:
        answer["headers"] = headers
    if links:
        answer["links"] = links
    return answer


def refusals(kinds: Sequence[Kind]) -> Part:
    """Return the answers by status; each names exactly which problems it can be."""
    by_status: dict[int, list[Kind]] = {}
    for kind in dict.fromkeys(kinds):
        by_status.setdefault(kind.status, []).append(kind)
    return {str(status): _refusal(status, by_status[status]) for status in sorted(by_status)}


def _refusal(status: int, kinds: list[Kind]) -> Part:
    words = "; ".join(f"{kind.title_en} (`{kind.code}`)" for kind in kinds)
    schema: Part = {
        "allOf": [
            ref("Problem"),
            {
                "properties": {
                    "type": {"enum": [f"urn:yizhan:problem:{kind.code}" for kind in kinds]},
                    "status": {"const": status},
                }
            },
        ]
    }
    if KINDS["answers-faulty"] in kinds:
        schema["allOf"].append({"properties": {"errors": {"type": "array", "items": ref("FaultyField")}}})
    headers: Part = {"Content-Language": {"schema": {"type": "string", "enum": ["zh", "en"]}, "required": True}}
    if status == 401:
        headers["WWW-Authenticate"] = {"schema": {"type": "string", "const": "Bearer"}, "required": True}
    return {"description": words, "headers": headers, "content": {PROBLEM_TYPE: {"schema": schema}}}


def parameter(place: str, name: str, words: str, schema: Part, *, required: bool = False, example: Any = None) -> Part:
    """Return a parameter in `path`, `query` or `header`."""
    made: Part = {
        "name": name,
        "in": place,
        "description": words,
        "required": required or place == "path",
        "schema": schema,
    }
    return made if example is None else {**made, "example": example}


def document(title: str, words: str, version: str, paths: Part, components: Part) -> Part:
    """Return the whole document; each operation needs the token unless it says `security: []`."""
    return {
        "openapi": VERSION,
        "info": {"title": title, "description": words, "version": version, "license": LICENSE},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": {"token": BEARER}},
    }
