"""Real processes: started, waited for, weighed, ended."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
START_SECONDS, STOP_SECONDS = 30.0, 15.0
POLL_SECONDS = 0.005


@dataclass(frozen=True)
class Way:
    """One way of starting `yizhan`."""

    name: str
    words: tuple[str, ...]

    def run(self, *more: str) -> dict[str, Any]:
        """Run a command to its end and return what it says as JSON."""
        done = subprocess.run([*self.words, *more, "--json"], cwd=ROOT, capture_output=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(more)}: {done.stdout.decode()}{done.stderr.decode()}")
        told: dict[str, Any] = json.loads(done.stdout)
        return told


SOURCE = Way("source", (sys.executable, "-m", "edge"))
PACKAGED = Way("packaged", (str(ROOT / "dist" / "yizhan" / "yizhan"),))
ONE_FILE = Way("one file", (str(ROOT / "dist" / "yizhan-onefile" / "yizhan"),))


def ways() -> list[Way]:
    """Return the ways that are there: from source always, packaged where it has been built."""
    return [SOURCE, *(way for way in (PACKAGED, ONE_FILE) if Path(way.words[0]).exists())]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@dataclass
class Running:
    """A program that serves on `port`."""

    program: subprocess.Popen[bytes]
    port: int
    first_answer_seconds: float

    @property
    def family(self) -> list[int]:
        """The process and all that it started."""
        parents = {int(stat.parent.name): _parent(stat) for stat in Path("/proc").glob("[0-9]*/stat")}
        found = [self.program.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    def resident_bytes(self) -> int:
        """Return the resident memory of all its processes, shared pages counted for each."""
        return sum(_resident(pid) for pid in self.family)


def _parent(stat: Path) -> int:
    try:
        # the command's name may hold spaces and brackets; the parent stands second behind the last bracket
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


@contextmanager
def serving(words: Sequence[str], port: int, page: str = "/") -> Iterator[Running]:
    """Start a program that will serve on `port`, wait for its first 200 for `page`, and end it afterwards."""
    # into a file: what nobody reads would fill a pipe, and the program would stand
    with tempfile.TemporaryFile() as told:
        began = time.monotonic()
        program = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=told)
        try:
            yield Running(program, port, _first_answer(program, port, page, began, told) - began)
        finally:
            program.send_signal(signal.SIGTERM)
            try:
                program.wait(STOP_SECONDS)
            finally:
                program.kill()
                program.wait()


def _first_answer(program: "subprocess.Popen[bytes]", port: int, page: str, began: float, told: IO[bytes]) -> float:
    while time.monotonic() < began + START_SECONDS:
        if program.poll() is not None:
            told.seek(0)
            raise RuntimeError(f"it ended at once: {told.read().decode()}")
        if _answers(port, page):
            return time.monotonic()
        time.sleep(POLL_SECONDS)
    raise RuntimeError(f"nothing answered on port {port} within {START_SECONDS:.0f} s")


def _answers(port: int, page: str) -> bool:
    connection = HTTPConnection(HOST, port, timeout=START_SECONDS)
    try:
        connection.request("GET", page)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@dataclass(frozen=True)
class Places:
    """A hub and one enrolled site, their folders and the site's token."""

    hub: Path
    site: Path
    token: str


def enrolled(way: Way, folder: Path) -> Places:
    """Make a hub and a site with all items published to it; nothing runs afterwards."""
    hub, site, port = folder / "hub", folder / "site", free_port()
    way.run("hub", "init", "--dir", str(hub))
    ticket = way.run("hub", "ticket", "--dir", str(hub), "--site", "bench")["ticket"]
    with hub_running(way, hub, port):
        way.run("edge", "enroll", "--dir", str(site), "--hub", f"http://{HOST}:{port}", "--ticket", ticket)
        way.run("edge", "sync", "--dir", str(site))
    return Places(hub, site, str(way.run("edge", "token", "--dir", str(site))["token"]))


@contextmanager
def hub_running(way: Way, hub: Path, port: int) -> Iterator[Running]:
    """Run the hub of a folder."""
    words = [*way.words, "hub", "run", "--dir", str(hub), "--listen", f"{HOST}:{port}"]
    with serving(words, port, "/api/v1/health") as running:
        yield running


@contextmanager
def site_running(way: Way, site: Path, port: int) -> Iterator[Running]:
    """Run the site of a folder."""
    with serving([*way.words, "edge", "run", "--dir", str(site), "--listen", f"{HOST}:{port}"], port) as running:
        yield running


@contextmanager
def baseline_running(folder: Path, port: int) -> Iterator[Running]:
    """Run the plain program that the figures stand beside."""
    folder.mkdir(parents=True, exist_ok=True)
    words = [sys.executable, "-m", "bench.baseline", "--dir", str(folder), "--port", str(port)]
    with serving(words, port) as running:
        yield running
