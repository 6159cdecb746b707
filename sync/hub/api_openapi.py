"""The OpenAPI 3.1 document of the hub's interface."""

from edge.domain.submission import KNOWN_MEDIA
from edge.ground.openapi import Part, content, document, parameter, refusals, says, schemas
from edge.ground.problem import (
    ANSWERS_FAULTY,
    BAD_REQUEST,
    CASE_INCOMPLETE,
    CURSOR_STALE,
    DISK_FAULT,
    DISK_FULL,
    INTERNAL,
    LOG_IN,
    MATERIAL_LOST,
    MATERIAL_WAITING,
    NOT_FOUND,
    REASON_MISSING,
    STANDING_STILL,
    TOO_LARGE,
    WRONG_STATE,
    WRONG_TYPE,
    Kind,
)
from sync.hub import api_shapes as shapes
from sync.hub.materials import ANY

AFTER_PATTERN = "([0-9]{1,6}-)?[0-9]{0,18}"
WORDS = (
    "For a department's own system: follow the log of cases, open a case, decide it. Every request but `health` and "
    "this document carries a bearer token (`yizhan hub token`, or the console). Opening a case is written into the "
    "audit. Refusals are RFC 9457 in the language of Accept-Language (zh or en). Bodies are JSON of at most 64 KiB."
)
ANYWHERE: tuple[Kind, ...] = (BAD_REQUEST, INTERNAL)
TOKEN: tuple[Kind, ...] = (*ANYWHERE, LOG_IN, DISK_FULL, DISK_FAULT, STANDING_STILL)
"""A token's use is noted on disk."""
SHAPES = (shapes.Health, shapes.CaseList, shapes.CaseOut, shapes.VerdictIn, shapes.SiteList, shapes.DeviceList)
CASE_ID: Part = parameter("path", "id", "Of a case.", {"type": "string", "pattern": "^[a-z2-7]{26}$"})
DOCUMENT: Part = {"description": "OpenAPI 3.1.", "content": {"application/json": {"schema": {"type": "object"}}}}


def describe(version: str) -> Part:
    """Return the document."""
    paths = {
        "/api/v1/health": {
            "get": _open(_op("health", "Whether the hub answers", says("It does.", shapes.Health), ANYWHERE))
        },
        "/api/v1/openapi.json": {"get": _open(_op("openapi", "This document", DOCUMENT, ANYWHERE))},
        "/api/v1/cases": {"get": _cases()},
        "/api/v1/cases/{id}": {
            "get": _op("case", "Open a case", says("The case.", shapes.CaseOut), (*TOKEN, NOT_FOUND), [CASE_ID])
        },
        "/api/v1/cases/{id}/materials/{blob}": {"get": _material()},
        "/api/v1/cases/{id}/verdict": {"post": _verdict()},
        "/api/v1/sites": {"get": _op("sites", "The service points", says("All sites.", shapes.SiteList), TOKEN)},
        "/api/v1/devices": {"get": _op("devices", "The machines", says("All machines.", shapes.DeviceList), TOKEN)},
    }
    return document("Yizhan hub", WORDS, version, paths, schemas(SHAPES))


def _op(name: str, words: str, good: Part, kinds: tuple[Kind, ...], parameters: list[Part] | None = None) -> Part:
    made: Part = {"operationId": name, "summary": words, "responses": {"200": good, **refusals(kinds)}}
    return {**made, "parameters": parameters} if parameters else made


def _open(made: Part) -> Part:
    return {**made, "security": []}


def _cases() -> Part:
    after = parameter(
        "query",
        "after",
        "`next` of the page before, or `cursor` of the last case seen; without it from the first.",
        {"type": "string", "pattern": f"^{AFTER_PATTERN}$"},
    )
    limit = parameter(
        "query", "limit", "Most cases on the page.", {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}
    )
    return _op("cases", "The log of cases", says("A page of the log.", shapes.CaseList), (*TOKEN, CURSOR_STALE),
               [after, limit])


def _material() -> Part:
    blob = parameter("path", "blob", "Of a photo.", {"type": "string", "pattern": "^[0-9a-f]{64}$"})
    photo = {"description": "What is on it; that it was read stands in the audit.",
             "content": {kind: {"schema": {}} for kind in sorted({*KNOWN_MEDIA, ANY})}}
    return _op("material", "Look at a photo", photo, (*TOKEN, NOT_FOUND, MATERIAL_WAITING, MATERIAL_LOST),
               [CASE_ID, blob])


def _verdict() -> Part:
    kinds = (*TOKEN, TOO_LARGE, WRONG_TYPE, NOT_FOUND, WRONG_STATE, CASE_INCOMPLETE, REASON_MISSING,
             ANSWERS_FAULTY)
    example = {"verdict": "return", "reason": "缺一页", "asks": [{"field": "material_hukou", "reason": "看不清"}]}
    made = _op("verdict", "Decide a case", says("The case as it is now.", shapes.CaseOut), kinds, [CASE_ID])
    return {**made, "requestBody": {"required": True, "content": content(shapes.VerdictIn, example)}}
