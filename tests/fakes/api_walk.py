"""Walk an interface by its own OpenAPI document: examples, edges, random and linked requests, with every check."""

import re
from collections.abc import Iterator
from typing import Any
from wsgiref.types import WSGIApplication

import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from sync.command.serving import Address, Server

SHAPE_IS_RIGHT_BUT = ["2xx", "401", "403", "404", "409", "415", "422", "429"]
"""What a well-shaped request may still be refused with: faulty answers, wrong receipts, cases that are decided, bytes
that are no photo."""


def walk(app: WSGIApplication, token: str, *, examples: int, seed: int = 1) -> tuple[list[str], set[tuple[str, int]]]:
    """Return what was found wrong, and each (operation, status) that was seen."""
    config = SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "suppress-health-check": ["all"],
            "auth": {"openapi": {"token": {"bearer": token}}},
            "generation": {"max-examples": examples, "deterministic": True, "database": "none"},
            "checks": {"positive_data_acceptance": {"expected-statuses": SHAPE_IS_RIGHT_BUT}},
        }
    )
    wrong: list[str] = []
    seen: set[tuple[str, int]] = set()
    # through the real server: what it does to headers and bodies is part of the interface
    server = Server(app, Address("127.0.0.1", 0))
    server.start()
    try:
        schema = schemathesis.openapi.from_url(f"{server.address.url}/api/v1/openapi.json", config=config)
        for event in from_schema(schema).execute():
            wrong += _faults(event)
            seen |= set(_answers(event))
    finally:
        server.stop()
    return sorted(set(wrong)), seen


def _faults(event: Any) -> Iterator[str]:
    if isinstance(event, events.NonFatalError | events.FatalError):
        yield f"{event!r}"
    recorder: Any = getattr(event, "recorder", None)
    for id_, checks in (recorder.checks if recorder else {}).items():
        for check in checks:
            if check.failure_info is not None:
                asked = recorder.interactions.get(id_)
                said = asked.response.text[:300] if asked and asked.response else ""
                yield f"{recorder.label}: {check.name}: {check.failure_info.failure.message}\n  {said}"


def _answers(event: Any) -> Iterator[tuple[str, int]]:
    recorder: Any = getattr(event, "recorder", None)
    for id_, asked in (recorder.interactions if recorder else {}).items():
        if asked.response is not None:
            yield recorder.cases[id_].value.operation.label, asked.response.status_code


def named(app: Flask) -> set[tuple[str, str]]:
    """Return (path, method) of all that the document names."""
    paths = (app.test_client().get("/api/v1/openapi.json").json or {})["paths"]
    return {(re.sub("{[^}]*}", "*", path), method.upper()) for path, methods in paths.items() for method in methods}


def answered(app: Flask) -> set[tuple[str, str]]:
    """Return (path, method) of all that the application answers under /api/."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")]
    own = {"GET", "POST", "PUT", "PATCH", "DELETE"}
    return {(re.sub("<[^>]*>", "*", rule.rule), method) for rule in rules for method in (rule.methods or set()) & own}
