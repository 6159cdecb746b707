"""The one hub that this process serves, for the pages; what several parts of one page read is read once."""

from datetime import date, datetime

from flask import current_app, g

from edge.domain.catalogue import Catalogue
from edge.ground.clock import local_day
from sync.hub import accounts, registry
from sync.hub.hub import Hub
from sync.hub.registry import DeviceView


def hub() -> Hub:
    """Return the hub of this console."""
    found: Hub = current_app.config["HUB"]
    return found


def now() -> datetime:
    """Return the hub's wall time."""
    return hub().clock.now()


def today() -> date:
    """Return the day in China by the hub's clock."""
    return local_day(now())


def catalogue() -> Catalogue:
    """Return what is published."""
    if "catalogue" not in g:
        g.catalogue = hub().catalogue()
    found: Catalogue = g.catalogue
    return found


def machines() -> list[DeviceView]:
    """Return all devices."""
    if "machines" not in g:
        g.machines = registry.machines(hub())
    found: list[DeviceView] = g.machines
    return found


def people() -> dict[str, str]:
    """Return what each account is called, by the name that the audit knows."""
    if "people" not in g:
        g.people = {one.actor: one.display for one in accounts.everyone(hub())}
    found: dict[str, str] = g.people
    return found
