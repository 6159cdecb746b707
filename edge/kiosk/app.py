"""The kiosk as a web application: one site, its guard, its steps, its languages."""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, Flask
from werkzeug.exceptions import HTTPException

from edge.desk.courier import Courier
from edge.desk.site import Site
from edge.ground.problem import Problem
from edge.ground.templates import set_up_pages
from edge.kiosk import (
    again,
    api,
    card,
    check_answers,
    comfort,
    correct,
    fill,
    first,
    guard,
    help_sheet,
    home,
    keys,
    leave,
    line,
    listing,
    photo,
    practice,
    print_again,
    problem_page,
    receipt,
    rows,
    staff,
    staff_cards,
    staff_devices,
    staff_paper,
    staff_stick,
    start,
    track,
    verify,
    voice,
    words,
)
from edge.kiosk.guard import visit
from edge.kiosk.meter import leave_counts
from edge.kiosk.page import tr
from edge.kiosk.upload import MemoryRequest
from edge.kiosk.visit import Visits
from edge.machine.card_reader import CardReader
from edge.machine.imaging import ChildImaging, Imaging
from edge.machine.sticks import Sticks

if TYPE_CHECKING:
    from edge.kiosk.inviting import Inviting

STATIC = Path(__file__).resolve().parents[2] / "static"
LARGEST_BODY_BYTES = 256 * 1024
STEPS = (
    home,
    listing,
    start,
    again,
    fill,
    card,
    rows,
    photo,
    check_answers,
    receipt,
    track,
    verify,
    correct,
    comfort,
    help_sheet,
    leave,
    line,
    practice,
    first,
    keys,
    voice,
    problem_page,
    staff,
    staff_stick,
    staff_paper,
    print_again,
    staff_cards,
    staff_devices,
    api,
)


def frame(site: Site, visits: Visits, entrance: guard.Entrance, blueprints: Iterable[Blueprint]) -> Flask:
    """Return an application with the guard, the languages and the door for refusals, and these routes."""
    app = Flask(
        "edge.kiosk", root_path=str(Path(__file__).parent), static_folder=str(STATIC), static_url_path="/static"
    )
    app.request_class = MemoryRequest
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY_BYTES,
        SITE=site, CARD_READER=None, PRINTS=False, INVITING=None, CHANNEL="kiosk", DUTY="", PHONE="",
    )
    set_up_pages(app, _locale)
    app.jinja_env.globals.update(tr=tr, split=words.split, on_phone=False)
    guard.install(app, visits, entrance)
    for each in blueprints:
        app.register_blueprint(each)
    app.register_error_handler(Problem, problem_page.for_problem)
    app.register_error_handler(HTTPException, problem_page.for_http)
    app.register_error_handler(Exception, problem_page.for_fault)
    # the development server's own lines would name every path; facts with ids are logged elsewhere
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    return app


def create_kiosk(
    site: Site,
    *,
    blueprints: Iterable[Blueprint] = (),
    hosts: Iterable[str] = (),
    duty: str = "",
    phone: str = "",
    max_visits: int = 200,
    imaging: Imaging | None = None,
    courier: Courier | None = None,
    sticks: Sticks | None = None,
    reader: CardReader | None = None,
    prints: bool = True,
    inviting: "Inviting | None" = None,
) -> Flask:
    """Return the kiosk of one site.

    Args:
        blueprints: what else this server answers; guarded like the pages.
        hosts: names beside 127.0.0.1 and localhost under which the site's own network may call it.
        duty: who helps today, in words, such as 李师傅（一楼服务台）.
        phone: the number to call for help; without it, that of the place in the county's data.
        max_visits: how many people may fill at once.
        imaging: what cleans photos; by default in a child of this program.
        courier: what carries the conversation on a stick; none where the machine talks to nobody.
        sticks: what finds the sticks that are plugged in; by default those of this machine.
        reader: what reads cards; without one nothing is offered.
        prints: whether there is a printer; without one the receipt says at once that no paper comes.
        inviting: where phones on the place's own network may come in; without it nobody is invited.
    """
    visits = Visits(site.clock.monotonic, site.chance, max_visits, ended=lambda visit: leave_counts(site, visit.meter))
    entrance = guard.Entrance(hosts=guard.OWN_HOSTS | frozenset(hosts))
    asked = () if inviting is None else (_invite(),)
    app = frame(site, visits, entrance, (*(step.bp for step in STEPS), *asked, *blueprints))
    app.config.update(
        IMAGING=imaging or ChildImaging(), CARD_READER=reader, PRINTS=prints, DUTY=duty, PHONE=phone, INVITING=inviting
    )
    staff_stick.plug(app, courier, sticks)
    return app


def _invite() -> Blueprint:
    from edge.kiosk import invite  # most machines invite no phones

    return invite.bp


def _locale() -> str:
    return "en" if not guard.is_api() and guard.has_visit() and visit().lang == "en" else "zh_CN"
