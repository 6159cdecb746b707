"""A site's folder: its data opened, and the locks under which processes share it."""

from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from edge.desk.revoked import is_revoked, signing_key
from edge.desk.salvage import under_way
from edge.desk.site import Site, SiteIdentity, load_identity
from edge.ground.clock import Chance, Clock
from edge.ground.keys import SigningKey, load_fitting
from edge.ground.pages import wal_damaged
from edge.ground.problem import BEING_MENDED, DATA_DAMAGED, KEY_DAMAGED, NOT_A_FOLDER, NOT_ENROLLED, Problem
from edge.machine.host import LocalHost
from sync.agent.enrol import DATABASE, KEY_FILE, open_store
from sync.protocol.enrolment import Certificate


def open_site(folder: Path, clock: Clock, chance: Chance) -> Site:
    """Return the site whose data lie in `folder`.

    Raises:
        Problem: NOT_A_FOLDER, NOT_ENROLLED, DATA_DAMAGED, BEING_MENDED, KEY_DAMAGED.
    """
    refuse_damaged(folder)
    if not (folder / DATABASE).exists():
        raise Problem(NOT_A_FOLDER, str(folder))
    store = open_store(folder)
    identity = load_identity(store)
    if identity is None:
        store.close()
        raise Problem(NOT_ENROLLED)
    host = LocalHost(folder)
    try:
        key = (signing_key(store, folder / KEY_FILE, chance) if is_revoked(store.read())
               else site_key(folder, identity))
    except Problem:
        store.close()
        raise
    return Site(store, clock, chance, identity, key, host.free_bytes, disk=host.disk)


def site_key(folder: Path, identity: SiteIdentity) -> SigningKey:
    """Return the key that the county's certificate names.

    Raises:
        Problem: KEY_DAMAGED.
    """
    try:
        said = msgspec.msgpack.decode(identity.certificate, type=Certificate)
        if (said.device, said.site, said.label, said.hub) != (
                identity.device, identity.site, identity.label, identity.hub_id):
            raise ValueError("who this machine is does not agree with its certificate")
        return SigningKey(load_fitting(folder / KEY_FILE, lambda seed: SigningKey(seed).public == said.public))
    except (OSError, ValueError, msgspec.DecodeError) as fault:
        raise Problem(KEY_DAMAGED) from fault


def refuse_damaged(folder: Path) -> None:
    """Keep SQLite from opening what it would drop in silence; a running site has looked itself.

    Raises:
        Problem: DATA_DAMAGED; BEING_MENDED while another process reads it out: the database is not in its place then.
    """
    if not folder.is_dir():
        return
    try:
        with process_lock(folder):
            if under_way(folder) or wal_damaged(folder / DATABASE):
                raise Problem(DATA_DAMAGED, str(folder))
    except Timeout as fault:
        if under_way(folder):
            raise Problem(BEING_MENDED, str(folder)) from fault


def session_lock(folder: Path) -> FileLock:
    """Return the lock under which one process of a folder talks to the hub: one session at a time."""
    return FileLock(folder / "sync.lock", timeout=0)


def process_lock(folder: Path) -> FileLock:
    """Return the lock that one running site holds on its folder."""
    return FileLock(folder / "site.lock", timeout=0)
