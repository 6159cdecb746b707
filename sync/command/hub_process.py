"""The hub as one process: ferry, API and console on one address, and the worker that opens envelopes."""

import threading
from pathlib import Path

from filelock import FileLock, Timeout

from edge.ground import logbook
from edge.ground.clock import Chance, Clock
from edge.ground.logbook import get_logger
from edge.ground.problem import BUSY, Problem
from edge.machine.watchdog import watch_until
from sync.command.serving import Address, Server, answers, room_for_connections
from sync.console.app import create_console
from sync.console.guard import LARGEST_UPLOAD_BYTES
from sync.hub.chores import keep_until
from sync.hub.hub import Hub, open_hub
from sync.hub.open import open_waiting, take_up_known
from sync.hub.web import create_hub_app, side_by_side

IDLE_SECONDS = 1.0
_log = get_logger("hub")


class HubProcess:
    """A running hub."""

    def __init__(self, folder: Path, address: Address, clock: Clock, chance: Chance) -> None:
        # before the database is opened: a restore under way puts another file in its place
        self._lock = FileLock(folder / "hub.lock", timeout=0) if folder.exists() else None
        try:
            if self._lock is not None:
                self._lock.acquire()
        except Timeout as fault:
            raise Problem(BUSY, str(folder)) from fault
        self.hub: Hub = open_hub(folder, clock, chance)
        logbook.start(folder / "logs")
        self._stop = threading.Event()
        self.server = Server(side_by_side(create_hub_app(self.hub), create_console(self.hub)), address,
                             LARGEST_UPLOAD_BYTES, in_memory=False, connections=room_for_connections())
        take_up_known(self.hub)
        self._opener = threading.Thread(target=self._open_until, name="opener", daemon=True)
        self._watch = threading.Thread(target=watch_until, args=(self._stop, lambda: answers(self.server.address)),
                                       name="watchdog", daemon=True)
        self._keeper = threading.Thread(target=keep_until, args=(self._stop, self.hub), name="keeper", daemon=True)

    def _open_until(self) -> None:
        busy = False
        while not self._stop.is_set():
            self.hub.arrived.clear()
            try:
                opened = open_waiting(self.hub)
            except Problem as problem:
                _log.error("cannot write", extra={"facts": {"problem": problem.kind.code}})
                opened = 0
            if not opened:
                if busy:
                    self.hub.store.checkpoint()   # between two crowds, so that no machine waits for it
                self.hub.arrived.wait(IDLE_SECONDS)
            busy = opened > 0

    def start(self) -> None:
        """Begin to serve and to open."""
        self._opener.start()
        self._keeper.start()
        self.server.start()
        self._watch.start()

    def stop(self) -> None:
        """End all of it."""
        self._stop.set()
        self.hub.arrived.set()
        self.server.stop()
        self._opener.join(timeout=5)
        self._keeper.join(timeout=5)
        self._watch.join(timeout=5)
        self.hub.store.close()
        if self._lock is not None:
            self._lock.release()
