"""The console as a web application: one hub, its guard, its pages, its languages."""

import logging
from collections.abc import Iterable
from pathlib import Path

from flask import Flask
from werkzeug.exceptions import HTTPException

from edge.ground.problem import Problem
from edge.ground.templates import set_up_pages
from sync.console import (
    accounts,
    audit,
    backups,
    case,
    case_erase,
    catalogue,
    door,
    guard,
    me,
    photos,
    problem_page,
    proof,
    sites,
    struck_off,
    tickets,
    tokens,
    usb,
    use,
    worklist,
)
from sync.console.drafts import Drafts
from sync.hub.hub import Hub

HERE = Path(__file__).resolve().parent
STATIC = HERE.parents[1] / "static"
LARGEST_BODY_BYTES = 2 * 1024 * 1024
"""Catalogue files; everything else is far smaller."""
PAGES = (
    door, me, worklist, case, case_erase, photos, sites, backups, proof, struck_off, tickets, usb, catalogue, audit,
    accounts, tokens, use,
)  # fmt: skip


def create_console(hub: Hub, *, hosts: Iterable[str] = ()) -> Flask:
    """Return the county's pages over one hub.

    Args:
        hosts: names under which the county's network calls this server; addresses and localhost are always right.
    """
    app = Flask("sync.console", root_path=str(HERE), static_folder=str(STATIC), static_url_path="/static")
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY_BYTES,
        HUB=hub,
    )
    set_up_pages(app, lambda: "en" if guard.lang() == "en" else "zh_CN")
    app.extensions["drafts"] = Drafts(hub.clock.monotonic)
    guard.install(app, frozenset(hosts))
    for page in PAGES:
        app.register_blueprint(page.bp)
    app.register_error_handler(Problem, problem_page.for_problem)
    app.register_error_handler(HTTPException, problem_page.for_http)
    app.register_error_handler(Exception, problem_page.for_fault)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    return app
