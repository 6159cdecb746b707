"""Which day it most likely is, on a machine whose clock may be wrong by years.

Rules of items ask for the day (is she 80 yet?). A wrong clock must not turn a citizen away, so the last hub time that
was signed bounds what is believed of the machine's own clock. Nothing else is decided by it.
"""

OFFLINE_SECONDS = 400 * 24 * 3600
"""How long a machine may have been without a line; a clock further ahead than that is not believed."""


def likely_now(own: int, own_then: int, hub_then: int) -> int:
    """Return the most likely present moment; all values in seconds since 1970.

    Args:
        own: what the machine's clock says now.
        own_then: what it said at the last exchange with the hub.
        hub_then: what the hub said then; 0 when there was no exchange yet.
    """
    if not hub_then:
        return own
    for candidate in (own, own + hub_then - own_then):   # the clock is right, or as wrong as it was then
        if hub_then <= candidate <= hub_then + OFFLINE_SECONDS:
            return candidate
    return hub_then
