"""Start a site on its folder: read out a damaged database first, then look at disk, machine and data."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from edge.desk.mirror import read_mirror
from edge.desk.salvage import Ground, Salvaged, salvage_site, told_in_torn_end, under_way
from edge.desk.site import Site
from edge.desk.start_up import Started, start_up
from edge.ground.clock import Chance, Clock, seconds
from edge.ground.damage import damage_of
from edge.ground.database import SICK_DISK, sqlite3
from edge.ground.keys import SigningKey, load
from edge.ground.logbook import get_logger
from edge.ground.problem import DATA_DAMAGED, KEY_DAMAGED, NOT_A_FOLDER, NOT_ENROLLED, Problem
from edge.machine.host import LocalHost
from sync.agent.enrol import DATABASE, KEY_FILE, open_database, open_store
from sync.agent.own_receipt import check_receipt
from sync.command.site_folder import open_site, site_key

LOST_ITSELF = frozenset({NOT_ENROLLED, KEY_DAMAGED})
_log = get_logger("start")


@dataclass(frozen=True)
class Start:
    """A site that may begin to work, and what was found on the way."""

    site: Site
    found: Started
    salvaged: Salvaged | None


def start_site(folder: Path, clock: Clock, chance: Chance) -> Start:
    """Return the site of a folder, looked through and mended as far as it can be; the caller holds the folder's lock.

    Raises:
        Problem: NOT_A_FOLDER, NOT_ENROLLED, DATA_DAMAGED, KEY_DAMAGED, DISK_FULL, DISK_FAULT, DISK_SLOW.
    """
    salvaged, machine = None, LocalHost(folder).stable_facts()
    if under_way(folder) or damaged(folder):
        salvaged = salvage(folder, clock, chance)
    found, site = _begin(folder, clock, chance, machine)
    if site is None or found is None or found.tables_changed:
        if site is not None:
            site.store.close()
        # who this machine is stands once more beside its key
        salvaged = salvage(folder, clock, chance)
        site = open_site(folder, clock, chance)
        found = start_up(site, folder, machine)
    own_receipt = check_receipt(site)
    _log.info("started", extra={"facts": {
        "mark": found.mark, "forgets": found.forgets, "moved": found.moved, "mended": found.repaired.mended,
        "lost": found.repaired.lost, "salvaged": salvaged is not None,
        "receipt": own_receipt}})
    return Start(site, found, salvaged)


def _begin(folder: Path, clock: Clock, chance: Chance,
           machine: dict[str, list[str]]) -> tuple[Started | None, Site | None]:
    """Return what the start found and the site; None for what cannot be had because a page is damaged."""
    site = None
    try:
        site = open_site(folder, clock, chance)
        return start_up(site, folder, machine), site
    except (Problem, ValueError, sqlite3.DatabaseError) as fault:
        if read_mirror(folder) is None or not _is_damage(fault):
            raise
        return None, site


def _is_damage(fault: Exception) -> bool:
    if isinstance(fault, Problem):
        return fault.kind in LOST_ITSELF
    return not any(sign in str(fault) for sign in SICK_DISK)


def damaged(folder: Path) -> str:
    """Return what is damaged in a folder's database, "" when nothing is; the caller holds the folder's lock."""
    mirror = read_mirror(folder)
    if mirror is not None and told_in_torn_end(folder / DATABASE, mirror.identity.device):
        return "wal"
    return damage_of(folder / DATABASE, partial(open_store, folder))


def salvage(folder: Path, clock: Clock, chance: Chance) -> Salvaged:
    """Read the folder's database out into a new one; the old file is kept. The caller holds the folder's lock.

    Raises:
        Problem: NOT_A_FOLDER, KEY_DAMAGED; DATA_DAMAGED when nobody can tell any more who this machine is.
    """
    if not under_way(folder) and not (folder / DATABASE).exists():
        raise Problem(NOT_A_FOLDER, str(folder))
    mirror = read_mirror(folder)
    try:
        key = site_key(folder, mirror.identity) if mirror else SigningKey(load(folder / KEY_FILE))
        return salvage_site(Ground(folder, DATABASE, open_database, key, mirror, chance, seconds(clock.now())))
    except (OSError, ValueError) as fault:
        raise Problem(KEY_DAMAGED) from fault
    except LookupError as fault:
        raise Problem(DATA_DAMAGED, str(fault)) from fault
