"""`yizhan demo`: a hub, one site with one device, a sample county, all in one process and on one folder."""

import os
import signal
import sys
import threading
import webbrowser
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

import msgspec

from edge.desk.site import load_identity
from edge.desk.tokens import make_token
from edge.domain.catalogue import shipped_catalogue
from edge.ground.clock import SystemClock, system_chance
from edge.ground.ids import JSON
from edge.ground.keys import write_durably
from edge.ground.problem import HUB_UNREACHABLE, Problem
from edge.records import facts, published
from sync.agent.enrol import enrol, open_store
from sync.agent.hub_link import HubLink
from sync.command.hub_process import HubProcess
from sync.command.output import OK, say
from sync.command.serving import Address, on_signals
from sync.command.site_process import SiteProcess
from sync.hub import enrol as hub_enrol
from sync.hub import publish, sessions
from sync.hub.accounts import add_account, everyone, reset
from sync.hub.hub import Hub, open_hub
from sync.hub.registry import add_site

ACTOR = "demo"
HOST = "127.0.0.1"
FIRST_SITE = 1   # a town center, which shows every item
LONGEST_WAIT_SECONDS = 60
LOGINS = (
    ("reviewer", "demo-reviewer", "经办 01"), ("it", "demo-it", "县信息中心"), ("auditor", "demo-auditor", "审计 01"))


class CuttableLink:
    """The demo's line to the county, which the visitor can cut and mend: `kill -USR1`."""

    def __init__(self, url: str) -> None:
        self._link = HubLink(url)
        self.cut = False

    def exchange(self, path: str, message: bytes) -> bytes:
        """Pass the message on, unless the line is cut."""
        if self.cut:
            raise Problem(HUB_UNREACHABLE, "demo")
        return self._link.exchange(path, message)

    def reachable(self) -> bool:
        """Return whether the line is whole."""
        return not self.cut and self._link.reachable()

    def beside(self) -> None:
        """Return that there is no other way: a visitor who cuts the line cuts all of it."""

    def close(self) -> None:
        """Hang up."""
        self._link.close()

    def toggle(self, *_told: object) -> None:
        """Cut the line, or mend it, and say which."""
        self.cut = not self.cut
        words = "线路断了 / the line is cut" if self.cut else "线路通了 / the line is mended"
        print(words, file=sys.stderr, flush=True)


class Login(msgspec.Struct, frozen=True):
    """An account of the sample county."""

    role: str
    name: str
    secret: str


class Secrets(msgspec.Struct, frozen=True):
    """What the demo must print again at its next start. A real county prints each secret once."""

    edge_token: str
    hub_token: str
    logins: tuple[Login, ...]


@dataclass(frozen=True)
class Folders:
    """Where the demo's data lie."""

    root: Path

    @property
    def hub(self) -> Path:
        """The hub's folder."""
        return self.root / "hub"

    @property
    def site(self) -> Path:
        """The site's folder."""
        return self.root / "site"

    @property
    def secrets(self) -> Path:
        """The file with the demo's tokens and logins."""
        return self.root / "demo.json"


def demo(args: Namespace) -> int:
    """Run until told to stop; a second start on the same folder goes on with its data."""
    folders = Folders(Path(args.dir))
    stop = threading.Event()
    on_signals(stop.set)
    _prepare_hub(folders)
    hub = HubProcess(folders.hub, Address(HOST, args.hub_port), SystemClock(), system_chance)
    hub.start()
    try:
        _prepare_site(folders, hub.hub, hub.server.address.url)
        link = CuttableLink(hub.server.address.url)
        if hasattr(signal, "SIGUSR1"):   # Windows has none
            signal.signal(signal.SIGUSR1, link.toggle)
        site = SiteProcess(folders.site, Address(HOST, args.edge_port), SystemClock(), system_chance, link=link)
        site.start()
        try:
            _wait_for_items(site, stop)
            _announce(folders, hub, site)
            if not args.headless:
                webbrowser.open(f"{site.server.address.url}/")
            stop.wait()
        finally:
            site.stop()
    finally:
        hub.stop()
    return OK


def _prepare_hub(folders: Folders) -> None:
    """Make the sample county; each step may have been done before a kill."""
    hub = open_hub(folders.hub, SystemClock(), system_chance, create=True)
    catalogue = shipped_catalogue()
    publish.publish_county(hub, catalogue.county, ACTOR)
    publish.publish_items(hub, catalogue.items.values(), ACTOR)
    for place in catalogue.county.places:
        add_site(hub, place.name.zh, ACTOR)
    hub.store.close()


def _prepare_site(folders: Folders, hub: Hub, url: str) -> None:
    """Enrol the one device, if it is not; follow the hub when its port has changed; hand out tokens once."""
    place = shipped_catalogue().county.places[FIRST_SITE].name.zh
    store = open_store(folders.site)
    identity = load_identity(store)
    if identity is None:
        ticket = hub_enrol.issue(hub, place, ACTOR).text()
        enrol(folders.site, store, HubLink(url), url, ticket, SystemClock(), system_chance, "1 号机")
    elif identity.hub_url != url:
        with store.write() as db:
            facts.put(db, "identity", msgspec.structs.replace(identity, hub_url=url))
    if not folders.secrets.exists():
        edge_token = make_token(store, system_chance, ACTOR)
        _, hub_token = sessions.make_token(hub, ACTOR, ACTOR)
        write_durably(folders.secrets, msgspec.json.encode(Secrets(edge_token, hub_token, _logins(hub))))
    store.close()


def _logins(hub: Hub) -> tuple[Login, ...]:
    made = []
    for role, name, display in LOGINS:
        try:
            _, secret = add_account(hub, ACTOR, name, display, role, must_change=False)
        except Problem:   # made before a kill that came before the secrets were written: give it a new secret
            account = next(one for one in everyone(hub) if one.name == name)
            secret = reset(hub, ACTOR, account.id, "demo restarted")
        made.append(Login(role, name, secret))
    return tuple(made)


def _wait_for_items(site: SiteProcess, stop: threading.Event) -> None:
    """Wait until all that was published has come down: what is announced as ready takes every item at once."""
    wanted = shipped_catalogue().items.keys()
    for _ in range(LONGEST_WAIT_SECONDS * 10):
        if wanted <= published.newest(site.site.store.read(), "item").keys() or stop.wait(0.1):
            return


def _announce(folders: Folders, hub: HubProcess, site: SiteProcess) -> None:
    secrets = msgspec.json.decode(folders.secrets.read_bytes(), type=Secrets)
    kiosk, console = site.server.address.url, hub.server.address.url
    logins: list[JSON] = [{"role": one.role, "name": one.name, "secret": one.secret} for one in secrets.logins]
    # the APIs answer under /api/v1 of these addresses
    say({"ready": True, "pid": os.getpid(), "kiosk": kiosk, "console": console, "edge_api": kiosk,
         "edge_token": secrets.edge_token, "hub_api": console, "hub_token": secrets.hub_token,
         "logins": logins}, as_json=True)
