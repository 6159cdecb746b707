"""The one site that this process serves, for the steps."""

from datetime import date
from typing import TYPE_CHECKING

from flask import current_app, request

from edge.desk.site import Site
from edge.machine.card_reader import CardReader
from edge.machine.imaging import Imaging

if TYPE_CHECKING:
    from edge.kiosk.inviting import Inviting

AT_THE_MACHINE = ("127.0.0.1", "::1")


def site() -> Site:
    """Return the site of this kiosk."""
    found: Site = current_app.config["SITE"]
    return found


def imaging() -> Imaging:
    """Return what cleans photos here."""
    found: Imaging = current_app.config["IMAGING"]
    return found


def card_reader() -> CardReader | None:
    """Return the card reader, for who stands at this machine; None on a phone, or where there is none."""
    found: CardReader | None = current_app.config["CARD_READER"]
    return found if request.remote_addr in AT_THE_MACHINE else None


def prints() -> bool:
    """Tell if slips come out here."""
    found: bool = current_app.config["PRINTS"]
    return found


def inviting() -> "Inviting | None":
    """Return what invites phones, for who stands at this machine; None elsewhere, or where phones are not let in."""
    found: Inviting | None = current_app.config["INVITING"]
    return None if request.remote_addr not in AT_THE_MACHINE else found


def channel() -> str:
    """Return by which way a form comes in here: "kiosk", or "phone"."""
    found: str = current_app.config["CHANNEL"]
    return found


def today() -> date:
    """Return the day in China, as likely as this machine can know it."""
    return site().today()
