"""The one site that this process serves, for the steps."""

from datetime import date

from flask import current_app

from edge.desk.site import Site
from edge.machine.imaging import Imaging


def site() -> Site:
    """Return the site of this kiosk."""
    found: Site = current_app.config["SITE"]
    return found


def imaging() -> Imaging:
    """Return what cleans photos here."""
    found: Imaging = current_app.config["IMAGING"]
    return found


def today() -> date:
    """Return the day in China, as likely as this machine can know it."""
    return site().today()
