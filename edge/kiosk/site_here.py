"""The one site that this process serves, for the steps."""

from datetime import date

from flask import current_app

from edge.desk.site import Site
from edge.ground.clock import local_day


def site() -> Site:
    """Return the site of this kiosk."""
    found: Site = current_app.config["SITE"]
    return found


def today() -> date:
    """Return the day in China by this machine's clock."""
    return local_day(site().clock.now())
