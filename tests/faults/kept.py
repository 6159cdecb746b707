"""What backup, restore and deletion are prepared with for the sweep, and what must hold after each kill."""

from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path

from edge.ground.problem import Problem
from sync.hub.backup import KEPT
from sync.hub.backup_check import check_copy
from tests.fakes.county import County
from tests.faults.driver import DISK, ITEM, SITE
from tests.sync.invariants import must

ACTIONS = ("backup", "restore", "prune")
EXPECTED = {"hub-restored", "receipt-not-held", "downlink-lost"}   # alarms that a restore has a cause for


@contextmanager
def at_home(county: County, folder: Path) -> Iterator[None]:
    """Name the backups' folder from the county's own: each run has its disk."""
    with chdir(folder):
        county.disk = Path(DISK)
        yield


def prepare(action: str, county: County, folder: Path) -> None:
    """Give the action something to do."""
    if action not in ACTIONS:
        return
    kiosk = county.kiosk(SITE)
    with at_home(county, folder):
        county.pass_time(minutes=10)
        for _ in range({"backup": KEPT, "restore": 1, "prune": 1}[action]):
            county.back_up()
        county.pass_time(minutes=10)
        if action == "restore":
            kiosk.lodge(ITEM)
            county.pass_time(minutes=10)
            county.back_up()


def look(action: str, county: County, folder: Path, said: list[list[str]]) -> None:
    """Look at what is on the disk, then do again what was interrupted.

    Raises:
        Broken: a backup that is listed is none, or one that was said to be made is not listed.
    """
    if action not in ACTIONS:
        return
    with at_home(county, folder):
        for path in county.backups():
            must(path.exists(), f"{path.name} stands on the list and is not there")
            check_copy(path)
        for number in (one[1] for one in said if one[0] == "backed"):
            must(any(f"-{int(number):06}-" in path.name for path in county.backups()),
                 f"backup {number} was said to be made and is not listed")
        if action == "backup":
            county.back_up()
            must(len(list(Path(DISK).glob("*.db"))) == KEPT == len(county.backups()), "an interrupted backup stayed")
        if action == "restore":
            county.restore(county.backups()[-1], old_is_broken=False)
        if action == "prune":
            try:
                county.kiosk(SITE).forget_safe()
            except Problem as problem:
                must(False, f"deletion cannot be repeated: {problem}")
