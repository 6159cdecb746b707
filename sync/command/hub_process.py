"""The hub as one process: ferry, API and console on one address, and the worker that opens envelopes."""

import threading
from pathlib import Path

from filelock import FileLock, Timeout

from edge.ground import logbook
from edge.ground.clock import Chance, Clock
from edge.ground.logbook import get_logger
from edge.ground.problem import BUSY, Problem
from sync.command.serving import Address, Server
from sync.console.app import create_console
from sync.hub.hub import Hub, open_hub
from sync.hub.open import open_waiting, take_up_known
from sync.hub.web import create_hub_app, side_by_side

IDLE_SECONDS = 1.0
_log = get_logger("hub")


class HubProcess:
    """A running hub."""

    def __init__(self, folder: Path, address: Address, clock: Clock, chance: Chance) -> None:
        self.hub: Hub = open_hub(folder, clock, chance)
        self._lock = FileLock(folder / "hub.lock", timeout=0)
        try:
            self._lock.acquire()
        except Timeout as fault:
            raise Problem(BUSY, str(folder)) from fault
        logbook.start(folder / "logs")
        self._stop = threading.Event()
        self.server = Server(side_by_side(create_hub_app(self.hub), create_console(self.hub)), address)
        take_up_known(self.hub)
        self._opener = threading.Thread(target=self._open_until, name="opener", daemon=True)

    def _open_until(self) -> None:
        while not self._stop.is_set():
            self.hub.arrived.clear()
            try:
                opened = open_waiting(self.hub)
            except Problem as problem:
                _log.error("cannot write", extra={"facts": {"problem": problem.kind.code}})
                opened = 0
            if not opened:
                self.hub.arrived.wait(IDLE_SECONDS)

    def start(self) -> None:
        """Begin to serve and to open."""
        self._opener.start()
        self.server.start()

    def stop(self) -> None:
        """End all of it."""
        self._stop.set()
        self.hub.arrived.set()
        self.server.stop()
        self._opener.join(timeout=5)
        self.hub.store.close()
        self._lock.release()
