"""The pages for phones: the same forms, for who was invited, with nothing on them that belongs to the machine.

What is not registered here cannot be asked for: no staff, no card reader, no printer, no keys, no voice, no practice,
no interface for programs. The network of a place is open to anybody who stands there, so whoever has no visit can do
nothing but show a code, and asks at a measured pace.
"""

import threading
from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, g, make_response, request
from werkzeug import Response

from edge.desk.lodge import PHONE
from edge.desk.site import Site
from edge.ground.problem import PHONE_HASTY, Problem
from edge.kiosk import (
    again,
    check_answers,
    comfort,
    correct,
    fill,
    guard,
    help_sheet,
    home,
    leave,
    line,
    listing,
    phone_door,
    photo,
    problem_page,
    receipt,
    rows,
    start,
    track,
)
from edge.kiosk.allowance import Allowances
from edge.kiosk.app import frame
from edge.kiosk.inviting import MOST_PHONES, Inviting
from edge.kiosk.plain_page import plain_page
from edge.kiosk.upload import UPLOADS
from edge.machine.imaging import ChildImaging, Imaging

STEPS = (
    home, listing, start, again, fill, rows, photo, check_answers, receipt, track, correct, comfort, help_sheet, leave,
    line, problem_page, phone_door,
)
COOKIE = "phone"
OPEN = frozenset({"phone_door.show", "phone_door.look", "phone_door.enter", "static"})
LODGING = frozenset({"check.hand_in", "track.look"})
"""What may put something on the lane, or try a receipt: asked for seldom, even by who is in a hurry."""
EACH, EACH_TOGETHER = (200.0, 10.0), (MOST_PHONES * 200.0, MOST_PHONES * 10.0)
STRANGER, STRANGERS_TOGETHER = (60.0, 1.0), (300.0, 10.0)
LODGED, LODGED_TOGETHER = (15.0, 1 / 60), (60.0, 1 / 15)
"""(at once, a second after that): of one visit or address, and of all of them together. A page takes ten requests."""
MOST_NAMES = 256
HASTY = plain_page("请等一分钟再试。", "Please try again in a minute.")
UPLOADS_AT_ONCE, UPLOAD_WAITS_SECONDS = 3, 20.0
"""A photo stands in memory as it came until it is cleaned, 20 MB of it."""


class _Pace:
    """How fast phones may ask, and how many photos may be on their way at once."""

    def __init__(self, clock: Callable[[], float], inviting: Inviting) -> None:
        self._inviting = inviting
        self._inside = Allowances(clock, EACH, EACH_TOGETHER, MOST_NAMES)
        self._outside = Allowances(clock, STRANGER, STRANGERS_TOGETHER, MOST_NAMES)
        self._lodging = Allowances(clock, LODGED, LODGED_TOGETHER, MOST_NAMES)
        self._uploading = threading.BoundedSemaphore(UPLOADS_AT_ONCE)

    def too_much(self) -> Response | None:
        """Answer who is far away or asks too often, before anything of the request is read."""
        address = request.remote_addr or ""
        if not is_near(address):
            return make_response("", 403)
        found = self._inviting.visits.find(request.cookies.get(COOKIE))
        if self._inside.take(found.token) if found else self._outside.take(address):
            if found is None or request.endpoint not in UPLOADS or request.method != "POST":
                return None
            g.uploads = self._uploading.acquire(timeout=UPLOAD_WAITS_SECONDS)
            if g.uploads:
                return None
        return make_response(HASTY, 429, {"Retry-After": "60"})

    def uploaded(self, _: BaseException | None) -> None:
        """Make room for the next photo."""
        if g.pop("uploads", False):
            self._uploading.release()

    def unhurried(self) -> None:
        """Refuse a visit that hands in or looks up too often.

        Raises:
            Problem: PHONE_HASTY.
        """
        if request.method == "POST" and request.endpoint in LODGING and not self._lodging.take(guard.visit().token):
            raise Problem(PHONE_HASTY)


def create_phone_pages(
    site: Site, inviting: Inviting, *, imaging: Imaging | None = None, duty: str = "", phone: str = ""
) -> Flask:
    """Return the pages that `inviting` lets phones into.

    Args:
        imaging: what cleans photos; the machine's own, so that both together open no more of them at once.
        duty: who helps today. phone: the number to call. Both as at the machine.
    """
    pace = _Pace(site.clock.monotonic, inviting)
    entrance = guard.Entrance(
        hosts=frozenset({urlsplit(inviting.url).netloc}), cookie=COOKIE, sealed=inviting.sealed,
        door="phone_door.show", open=OPEN,
        # not the cookies: a browser would forget those of the county's other sites under the same name as well
        clears='"cache", "storage"', too_much=pace.too_much,
    )
    app = frame(site, inviting.visits, entrance, (step.bp for step in STEPS))
    app.config.update(
        IMAGING=imaging or ChildImaging(), DUTY=duty, PHONE=phone, CHANNEL=PHONE, LETS_IN=inviting,
    )
    app.jinja_env.globals.update(on_phone=True)
    app.before_request(pace.unhurried)
    app.teardown_request(pace.uploaded)
    return app


def is_near(address: str) -> bool:
    """Tell if an address belongs to a private network, such as a place's own."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_private
