"""Alive but stuck: whoever supervises hears nothing any more and starts the program again; what was told is there.

The supervisor here does what systemd does with the units in install/systemd: a socket for signs of life, a kill when
none comes, a new start.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from edge.machine.watchdog import ALIVE, READY, Beats, period_seconds, watch_until
from tests.executable.program import HOST, free_port
from tests.fakes.county import County, fast_folder
from tests.faults.driver import SITE
from tests.faults.sweep import ROOT, environment

WATCHDOG_SECONDS = 6.0
START_SECONDS = 60.0
MOST_SECONDS = 120
UNITS = ROOT / "install" / "systemd"


class Supervisor:
    """Starts a program, listens to it, and starts it again when it is silent."""

    def __init__(self, folder: Path, words: list[str]) -> None:
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._line.bind(str(folder / "notify"))
        self._words = words
        self._environment = {**environment(), "NOTIFY_SOCKET": str(folder / "notify"),
                             "WATCHDOG_USEC": str(int(WATCHDOG_SECONDS * 1e6))}
        self.program = self._begin()

    def _begin(self) -> "subprocess.Popen[bytes]":
        started = subprocess.Popen(self._words, cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL)
        try:
            self._until(READY, START_SECONDS)
        except TimeoutError:
            started.kill()
            started.wait()
            raise
        return started

    def _until(self, wanted: str, seconds: float) -> None:
        self._line.settimeout(seconds)
        while self._line.recv(100).decode() != wanted:
            pass

    def sign_of_life(self) -> bool:
        """Return whether one comes in time."""
        try:
            self._until(ALIVE, WATCHDOG_SECONDS)
        except TimeoutError:
            return False
        return True

    def start_again(self) -> None:
        """Kill what hangs, and start anew."""
        self.end()
        self.program = self._begin()

    def end(self) -> None:
        """Kill the program."""
        self.program.kill()
        self.program.wait()

    def close(self) -> None:
        """End all."""
        self.end()
        self._line.close()


@contextmanager
def supervised(words: list[str], folder: Path) -> Iterator[Supervisor]:
    """Run a program under a supervisor."""
    supervisor = Supervisor(folder, words)
    try:
        yield supervisor
    finally:
        supervisor.close()


@pytest.mark.faults
def test_a_program_that_is_stopped_says_nothing_and_comes_back_with_everything() -> None:
    with fast_folder() as place:
        county = County(Path(place) / "county", sites=(SITE,))
        county.kiosk(SITE).lodge()
        folder, port = county.kiosk(SITE).folder, free_port()
        county.close()
        words = [sys.executable, "-m", "edge", "edge", "run", "--dir", str(folder), "--listen", f"{HOST}:{port}"]
        with supervised(words, Path(place)) as supervisor:
            assert supervisor.sign_of_life()

            os.kill(supervisor.program.pid, signal.SIGSTOP)
            while supervisor.sign_of_life():   # one may have been on its way
                pass
            supervisor.start_again()

            assert supervisor.sign_of_life()
            assert httpx.get(f"http://{HOST}:{port}/api/v1/health").json() == {"status": "ok"}
        county = County(Path(place) / "county", sites=(SITE,))
        assert county.kiosk(SITE).head() == 1
        county.close()


@pytest.mark.parametrize("unit", ["yizhan-site.service", "yizhan-hub.service"])
def test_the_units_start_what_is_silent_again_within_two_minutes(unit: str) -> None:
    said = dict(line.split("=", 1) for line in (UNITS / unit).read_text("utf-8").splitlines()
                if "=" in line and not line.startswith("#"))

    assert int(said["WatchdogSec"]) + int(said["RestartSec"]) < MOST_SECONDS
    assert (said["Restart"], said["Type"], said["NotifyAccess"]) == ("always", "notify", "all")


def test_a_program_that_does_not_answer_gives_no_sign_of_life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    stop = threading.Event()
    monkeypatch.setattr("edge.machine.watchdog.tell", told.append)
    monkeypatch.setenv("WATCHDOG_USEC", "2000")
    lives = iter([True, False, False, True])

    def alive() -> bool:
        try:
            return next(lives)
        except StopIteration:
            stop.set()
            return False

    watch_until(stop, alive)

    assert told == [READY, ALIVE, ALIVE, "STOPPING=1"]


def test_a_thread_that_hangs_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    beats = Beats(lambda: now[0])
    worker = threading.Thread(target=beats.is_set, name="worker")
    worker.start()
    worker.join()
    now[0] = 400.0

    assert (beats.silent("worker"), beats.silent("never began")) == (400.0, 0.0)


def test_a_sign_is_due_twice_in_what_the_supervisor_waits() -> None:
    assert (period_seconds({"WATCHDOG_USEC": "60000000"}), period_seconds({})) == (30.0, 30.0)
