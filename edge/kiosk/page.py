"""One page: what every screen carries around its own content."""

from dataclasses import dataclass

from flask import current_app, make_response, render_template, request
from werkzeug import Response

from edge.desk.site import Site
from edge.domain.catalogue import Catalogue
from edge.domain.county import Place
from edge.domain.text import Text
from edge.ground.clock import local_day
from edge.kiosk import words
from edge.kiosk.guard import visit
from edge.kiosk.line import LineWords, line_words
from edge.kiosk.site_here import site


@dataclass(frozen=True)
class Duty:
    """Who helps today, and the number to call; either may be empty."""

    person: str
    phone: str


@dataclass(frozen=True)
class Chrome:
    """Header, line and dock."""

    lang: str
    place: str
    machine: str
    clock: str
    date: str
    line: LineWords
    duty: Duty
    idle: str


def render(
    template: str, status: int = 200, *, keep_here: bool = False, idle: str = "ask", **values: object
) -> Response:
    """Return a page. `values` are finished: templates decide nothing.

    Args:
        keep_here: the page is a side step; 返回 leads to where the person was before.
        idle: "ask" shows the idle sheet, "quiet" forgets without asking (nothing personal is there), "none" does
            nothing.
    """
    now_here = visit()
    if not keep_here and request.method == "GET":
        now_here.here = request.full_path.rstrip("?")
    html = render_template(f"kiosk/{template}", chrome=chrome(site(), idle), visit=now_here, **values)
    return make_response(html, status)


def chrome(at: Site, idle: str) -> Chrome:
    """Return what stands around the content."""
    now = at.clock.now()
    there = local_day(now)
    return Chrome(
        visit().lang,
        at.identity.site,
        at.identity.label,
        words.clock(now),
        f"{words.day(there)} {words.weekday(there)}",
        line_words(at),
        duty(at),
        idle,
    )


def duty(at: Site) -> Duty:
    """Return who helps: by the site's settings, else the place's own number in the county's data."""
    place = place_of(at)
    number = current_app.config["PHONE"] or (place.phone if place else "")
    return Duty(current_app.config["DUTY"], number)


def place_of(at: Site) -> Place | None:
    """Return the place of the county's data where this machine stands, or None when its name is not listed."""
    for place in at.catalogue().county.places:
        if at.identity.site in (place.name.zh, place.key):
            return place
    return None


def shown() -> Catalogue:
    """Return the items that a machine at this place shows."""
    catalogue = site().catalogue()
    return catalogue.shown_at(catalogue.county.profile_of(place_of(site())))


def tr(text: Text | None) -> str:
    """Return a catalogue text in the language of the visit."""
    return "" if text is None else text.in_(visit().lang)
