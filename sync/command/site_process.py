"""A site as one process: web threads, one worker, one agent, the house's chores. They meet only in rows."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import Timeout

from edge.desk.attach import LARGEST_SET
from edge.desk.site import Site
from edge.ground import logbook
from edge.ground.clock import Chance, Clock
from edge.ground.problem import BUSY, Problem
from edge.kiosk.app import create_kiosk
from edge.machine.card_reader import CardReader
from edge.machine.imaging import ChildImaging
from edge.machine.printer import NoPrinter, printer_at
from edge.machine.watchdog import Beats, watch_until
from edge.work.housekeeping import keep_house_until
from edge.work.job_table import job_table
from edge.work.worker import work_until
from sync.agent.hub_link import HubLink, Link
from sync.agent.keep_talking import keep_talking_until
from sync.agent.round import Agent
from sync.command.phone_way import PhoneWay, open_way
from sync.command.serving import Address, Server, answers
from sync.command.site_folder import open_site as open_site
from sync.command.site_folder import process_lock as process_lock
from sync.command.site_folder import session_lock as session_lock
from sync.command.site_start import start_site
from sync.command.site_stick import SiteCourier

if TYPE_CHECKING:
    from edge.kiosk.inviting import Inviting

HEADROOM_BYTES = 2**20
"""What a form and the heads of its parts need beside its photos."""
LOOKING_SECONDS = 3.0
"""A command that only looks holds the folder's lock for a moment."""
LONGEST_SILENCE_SECONDS = 300.0
"""A printer may hold a job for a while; for five minutes only one that hangs does."""


class SiteProcess:
    """A running site."""

    def __init__(self, folder: Path, address: Address, clock: Clock, chance: Chance, printer: str = "",
                 link: Link | None = None, reader: CardReader | None = None,
                 phones: PhoneWay | None = None) -> None:
        self._lock = process_lock(folder) if folder.exists() else None
        try:
            if self._lock is not None:
                self._lock.acquire(timeout=LOOKING_SECONDS)
        except Timeout as fault:
            raise Problem(BUSY, str(folder)) from fault
        try:
            self.site = start_site(folder, clock, chance).site
        except BaseException:
            self._let_go()
            raise
        logbook.start(folder / "logs")
        self._stop = Beats(clock.monotonic)
        self._folder = folder
        self._link = link or HubLink(self.site.identity.hub_url)
        self._printer = printer_at(printer)
        imaging = ChildImaging()   # one for both, so that together they open no more photos at once
        inviting = _inviting(self.site, phones)
        kiosk = create_kiosk(self.site, courier=SiteCourier(self.site, session_lock(folder)), reader=reader,
                             imaging=imaging, prints=not isinstance(self._printer, NoPrinter), inviting=inviting)
        self.server = Server(kiosk, address, LARGEST_SET + HEADROOM_BYTES)
        self._phones = open_way(self.site, phones, inviting, imaging) if phones and inviting else None
        self._threads = [
            threading.Thread(target=work_until, args=(self._stop, self.site, job_table(self._printer)), name="worker"),
            threading.Thread(target=keep_house_until, args=(self._stop, self.site), name="housekeeping"),
            threading.Thread(target=watch_until, args=(self._stop, self._is_alive), name="watchdog"),
            threading.Thread(target=self._talk, name="agent")]

    def _talk(self) -> None:
        agent = Agent(self.site, self._link)
        keep_talking_until(self._stop, agent, session_lock(self._folder))

    def _is_alive(self) -> bool:
        """Return whether citizens are answered and nothing that they wait for hangs."""
        return answers(self.server.address) and self._stop.silent("worker") < LONGEST_SILENCE_SECONDS

    def start(self) -> None:
        """Begin to serve and to talk."""
        for thread in self._threads:
            thread.daemon = True
            thread.start()
        self.server.start()
        if self._phones is not None:
            self._phones.start()

    def stop(self) -> None:
        """End all of it; what is under way is finished, what is queued stays in rows."""
        self._stop.set()
        self.site.lodged.set()
        if self._phones is not None:
            self._phones.stop()
        self.server.stop()
        for thread in self._threads:
            thread.join(timeout=5)
        self.site.store.close()
        self._let_go()

    def _let_go(self) -> None:
        if self._lock is not None:
            self._lock.release()


def _inviting(site: Site, way: PhoneWay | None) -> "Inviting | None":
    if way is None:
        return None
    from edge.kiosk.inviting import Inviting  # most machines invite no phones

    return Inviting(site, way.url, way.wifi)
