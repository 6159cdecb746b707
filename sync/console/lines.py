"""The lines to the sites: how each machine stands, in state and words."""

from dataclasses import dataclass

from sync.console.office import hub, machines
from sync.console.say import say as _
from sync.hub.registry import DeviceView
from sync.hub.review import work_list
from sync.hub.tables.accounts import Account
from sync.hub.tables.cases import Search


@dataclass(frozen=True)
class Lines:
    """How many lines are up and down."""

    up: int
    down: int

    @property
    def total(self) -> int:
        """All machines that are enrolled."""
        return self.up + self.down

    @property
    def words(self) -> str:
        """Return 18 条线路通 · 4 条断."""
        if not self.total:
            return _("还没有设备")
        return _("%(up)d 条线路通 · %(down)d 条断", up=self.up, down=self.down)


def lines() -> Lines:
    """Return the lines of all machines that are not revoked."""
    live = [one for one in machines() if one.state != "revoked"]
    down = sum(one.down for one in live)
    return Lines(len(live) - down, down)


def state_of(device: DeviceView) -> str:
    """Return `never`, `down`, `sending` or `up`."""
    if device.last_exchange is None:
        return "never"
    if device.down:
        return "down"
    return "sending" if device.waiting or device.condition.chunks else "up"


def waiting(who: Account) -> int:
    """Return how many cases wait for this reviewer's department."""
    return work_list(hub(), Search(state="held", department=who.department), limit=0)[1].get("held", 0)
