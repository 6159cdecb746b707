"""The OpenAPI 3.1 document of the site's interface."""

from datetime import date
from typing import Any

from edge.domain.catalogue import Catalogue
from edge.domain.example import example_for
from edge.ground.openapi import Part, content, document, parameter, ref, refusals, says, schemas
from edge.ground.problem import (
    ANSWERS_FAULTY,
    BAD_REQUEST,
    DISK_FAULT,
    DISK_FULL,
    FOREIGN_ORIGIN,
    INTERNAL,
    KEY_MISSING,
    KEY_REUSED,
    LOG_IN,
    NO_ROOM_FOR_PHOTOS,
    NOT_ELIGIBLE,
    NOT_FOUND,
    NOT_FOUND_HERE,
    NOTES_DAMAGED,
    PHOTO_FAILED,
    PHOTO_MOVES,
    PHOTO_TOO_LARGE,
    PHOTO_TOO_SMALL,
    PHOTO_UNREADABLE,
    PHOTO_WRONG_KIND,
    PHOTOS_TOO_LARGE,
    TOO_LARGE,
    TOO_MANY_TRIES,
    UNKNOWN_ITEM,
    WRONG_TYPE,
    Kind,
)
from edge.kiosk import api_form_shapes as forms
from edge.kiosk import api_shapes as shapes

KEY_PATTERN = "[!-~]([ -~]{0,198}[!-~])?"
WORDS = (
    "For software that stands beside the citizen, such as a bank machine's own: list the items, hand in forms, follow "
    "them. Every request but `health` and this document carries a bearer token (`yizhan edge token`). Refusals are RFC "
    "9457 in the language of Accept-Language (zh or en). Bodies are JSON of at most 64 KiB; a form "
    "may bring photos as multipart/form-data. The Host header names this machine."
)
ANYWHERE: tuple[Kind, ...] = (BAD_REQUEST, FOREIGN_ORIGIN, INTERNAL)
TOKEN: tuple[Kind, ...] = (*ANYWHERE, LOG_IN)
BODY: tuple[Kind, ...] = (*TOKEN, TOO_LARGE, WRONG_TYPE)
PHOTOS: tuple[Kind, ...] = (
    PHOTO_FAILED,
    PHOTO_MOVES,
    PHOTO_TOO_LARGE,
    PHOTO_TOO_SMALL,
    PHOTO_UNREADABLE,
    PHOTO_WRONG_KIND,
    PHOTOS_TOO_LARGE,
    NO_ROOM_FOR_PHOTOS,
)
"""Each but the last two names the part and its page."""
SHAPES = (
    shapes.Health,
    shapes.Status,
    forms.ItemList,
    forms.ItemForm,
    shapes.Lodging,
    shapes.Receipt,
    shapes.SubmissionState,
    shapes.Asking,
    shapes.TrackedOut,
)


def describe(catalogue: Catalogue, version: str, today: date) -> Part:
    """Return the document; its examples are this site's own items."""
    first = next(iter(catalogue.items.values()), None)
    code = first.code if first else "RS-01"
    form = {"item": first.code, "answers": example_for(first, catalogue.county, today)} if first else None
    health = _op("health", "Whether the site answers", says("It does.", shapes.Health), ANYWHERE)
    status = _op("status", "How the lane and the line are", says("The status.", shapes.Status), TOKEN)
    paths = {
        "/api/v1/health": {"get": _open(health)},
        "/api/v1/openapi.json": {"get": _open(_op("openapi", "This document", _DOCUMENT, ANYWHERE))},
        "/api/v1/status": {"get": status},
        "/api/v1/items": {"get": _op("items", "What can be applied for", says("All items.", forms.ItemList), TOKEN)},
        "/api/v1/items/{code}": {"get": _item(code)},
        "/api/v1/submissions": {"post": _submit(form)},
        "/api/v1/submissions/{id}": {"get": _submission()},
        "/api/v1/track": {"post": _track()},
    }
    return document("Yizhan site", WORDS, version, paths, schemas(SHAPES))


def _item(code: str) -> Part:
    place = parameter("path", "code", "Code of an item.", {"type": "string", "minLength": 1}, example=code)
    kinds = (*TOKEN, UNKNOWN_ITEM, NOT_FOUND)
    return _op("item", "A form's definition", says("The form.", forms.ItemForm), kinds, parameters=[place])


def _submission() -> Part:
    place = parameter("path", "id", "As told when it was taken.", {"type": "string", "pattern": "^[a-z2-7]{26}$"})
    good = says("Its state.", shapes.SubmissionState)
    return _op("submission", "How a submission stands", good, (*TOKEN, NOT_FOUND), parameters=[place])


def _track() -> Part:
    asked = content(shapes.Asking, {"receipt": "K7M4 Q2T X9B", "tail": "0025"})
    kinds = (*BODY, NOT_FOUND_HERE, NOTES_DAMAGED, TOO_MANY_TRIES)
    return _op("track", "What the citizen may read", says("The case.", shapes.TrackedOut), kinds, body=asked)


_DOCUMENT: Part = {"description": "OpenAPI 3.1.", "content": {"application/json": {"schema": {"type": "object"}}}}


def _open(made: Part) -> Part:
    return {**made, "security": []}


def _op(
    name: str,
    words: str,
    good: Part,
    kinds: tuple[Kind, ...],
    *,
    status: int = 200,
    body: Part | None = None,
    parameters: list[Part] | None = None,
) -> Part:
    made: Part = {"operationId": name, "summary": words, "responses": {str(status): good, **refusals(kinds)}}
    if parameters:
        made["parameters"] = parameters
    if body:
        made["requestBody"] = {"required": True, "content": body}
    return made


def _submit(form: Any) -> Part:
    key = parameter(
        "header",
        "Idempotency-Key",
        "One for each form: 1 to 200 printable ASCII characters that nobody can guess, such as a UUID. The same key "
        "with the same content gets the first answer again, also after a restart; with other content it is refused.",
        {"type": "string", "pattern": f"^{KEY_PATTERN}$"},
        required=True,
        example="5f0e0a52-7a35-4b62-9d0e-6f9a3f0a1c11",
    )
    receipt = says(
        "The form is durably here; the number may be shown.",
        shapes.Receipt,
        headers={
            "Location": {"description": "Where its state is told.", "required": True, "schema": {"type": "string"}}
        },
        links={"state": {"operationId": "submission", "parameters": {"id": "$response.body#/id"}}},
    )
    kinds = (*BODY, KEY_MISSING, UNKNOWN_ITEM, ANSWERS_FAULTY, NOT_ELIGIBLE, KEY_REUSED, DISK_FULL, DISK_FAULT, *PHOTOS)
    body = {**content(shapes.Lodging, form), "multipart/form-data": _WITH_PHOTOS}
    return _op("submit", "Hand in a form", receipt, kinds, status=201, body=body, parameters=[key])


_PAGES: Part = {
    "description": "One part for each page, all under the material's `key`; JPEG, PNG or WebP up to 12 MB and 40 "
    "megapixels. The machine keeps the pixels only, as a JPEG of at most 2000 pixels.",
    "type": "array",
    "items": {"type": "string", "format": "binary", "contentMediaType": "image/jpeg"},
}
_WITH_PHOTOS: Part = {
    "schema": {
        "type": "object",
        "description": "The form and photos of its materials; part `submission` should come first. Only a paper whose "
        "answer is `brought` can have photos. At most 120 photos and 32 MB.",
        "properties": {"submission": ref("Lodging")},
        "required": ["submission"],
        "additionalProperties": _PAGES,
    },
    "encoding": {"submission": {"contentType": "application/json"}},
}
