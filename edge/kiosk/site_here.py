"""The one site that this process serves, for the steps."""

from datetime import date

from flask import current_app

from edge.desk.site import Site


def site() -> Site:
    """Return the site of this kiosk."""
    found: Site = current_app.config["SITE"]
    return found


def today() -> date:
    """Return the day in China, as likely as this machine can know it."""
    return site().today()
