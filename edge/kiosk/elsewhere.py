"""Where that is done which the machines of this place do not show."""

from edge.kiosk.page import shown, tr
from edge.kiosk.saying import _
from edge.kiosk.site_here import site


def elsewhere(code: str) -> str:
    """Return a place whose machines show an item, as an example; empty where this machine does, or nobody knows it."""
    catalogue = site().catalogue()
    if code in shown().items or code not in catalogue.items:
        return ""
    for place in catalogue.county.places:
        profile = catalogue.county.profile_of(place)
        if profile is None or profile.shows(code):
            return tr(place.name)
    return _("服务台")
