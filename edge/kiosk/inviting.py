"""Where phones on the place's own network may come in, and who of them is in."""

from edge.desk.site import Site
from edge.kiosk.invitations import Invitations
from edge.kiosk.meter import leave_counts
from edge.kiosk.visit import Visits

MOST_PHONES = 12
MOST_PHOTO_BYTES = 32 * 2**20
"""For all phones together; those at the machine's own screen have their own share."""


class Inviting:
    """One place's way for phones: its address as a browser writes it, the network to join, the codes.

    Visits by phone are kept apart from those at the machine: however many phones come, nobody there gives way to them.
    """

    def __init__(self, site: Site, url: str, wifi: str = "", most: int = MOST_PHONES) -> None:
        clock = site.clock
        self.url = url
        self.wifi = wifi
        self.sealed = url.startswith("https://")
        self.invitations = Invitations(clock.monotonic, site.chance)
        self.visits = Visits(clock.monotonic, site.chance, most, ended=lambda visit: leave_counts(site, visit.meter),
                             on_phone=True, most_photo_bytes=MOST_PHOTO_BYTES)

    def address_of(self, code: str) -> str:
        """Return what stands in the drawn code."""
        return f"{self.url}/in/{code}"
