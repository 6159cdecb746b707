"""The packaged executable as a county uses it: commands with answers, programs that serve, both interfaces."""

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import httpx

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "dist" / "yizhan" / "yizhan"
ONE_FILE = ROOT / "dist" / "yizhan-onefile" / "yizhan"
HOST = "127.0.0.1"
PATIENCE_SECONDS = 90.0
Facts = dict[str, Any]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Tell if nobody listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) != 0


def until(told: Callable[[], Any], what: str) -> Any:
    """Wait until `told` returns something true and return it."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if found := told():
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited {PATIENCE_SECONDS:.0f} s in vain: {what}")


@dataclass(frozen=True)
class Ended:
    """A command that has run: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def facts(self) -> Facts:
        """What was said with --json."""
        found: Facts = json.loads(self.out)
        return found


@dataclass
class Program:
    """A program that serves; `facts` is its ready line."""

    running: "subprocess.Popen[str]"
    facts: Facts

    def rest(self) -> tuple[str, str]:
        """Return what it said after its ready line, once it has ended: standard output and standard error."""
        assert self.running.stdout and self.running.stderr
        return self.running.stdout.read(), self.running.stderr.read()

    def tell(self, number: int) -> int:
        """Send a signal and return the exit status."""
        self.running.send_signal(number)
        return self.running.wait(PATIENCE_SECONDS)

    def left(self) -> list[int]:
        """Return the processes of its group that still run."""
        return [int(stat.parent.name) for stat in Path("/proc").glob("[0-9]*/stat") if _group(stat) == self.running.pid]


def _group(stat: Path) -> int:
    try:
        state, _, group = stat.read_text().rpartition(")")[2].split()[:3]
    except (OSError, ValueError):
        return 0
    return 0 if state == "Z" else int(group)


@dataclass(frozen=True)
class Yizhan:
    """An executable."""

    path: Path

    def run(self, *words: str | Path) -> Ended:
        """Run a command to its end."""
        done = subprocess.run([self.path, *map(str, words)], capture_output=True, text=True, check=False,
                              timeout=PATIENCE_SECONDS)
        return Ended(done.returncode, done.stdout, done.stderr)

    def ask(self, *words: str | Path) -> Facts:
        """Run a command that must succeed and return what it says as JSON."""
        ended = self.run(*words, "--json")
        assert ended.status == 0, ended
        return ended.facts

    @contextmanager
    def serving(self, *words: str | Path, **surroundings: str) -> Iterator[Program]:
        """Start a program in a process group of its own, wait for its ready line, and leave nothing of it behind."""
        running = subprocess.Popen(
            [self.path, *map(str, words), "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            start_new_session=True, env={**os.environ, **surroundings})
        try:
            yield Program(running, _ready(running.stdout))
        finally:
            _end(running)


def _ready(lines: IO[str] | None) -> Facts:
    line = lines.readline() if lines else ""
    assert line, "it ended without a ready line"
    facts: Facts = json.loads(line)
    assert facts["ready"] is True
    return facts


def _end(running: "subprocess.Popen[str]") -> None:
    if running.poll() is None:
        running.send_signal(signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):  # its whole group is killed now in any case
        running.wait(20)
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    for pipe in (running.stdout, running.stderr):
        if pipe:
            pipe.close()


def interface(url: str, token: str) -> httpx.Client:
    """Return a client of a site's or a hub's interface."""
    return httpx.Client(base_url=f"{url}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=30,
                        trust_env=False)


def submit(site: httpx.Client, key: str, answers: Facts | None = None, item: str = "RS-01") -> Facts:
    """Hand a form in, the item's own example by default, and return what the site says."""
    given = answers or site.get(f"/items/{item}").json()["example"]
    answer = site.post("/submissions", json={"item": item, "answers": given}, headers={"Idempotency-Key": key})
    assert answer.status_code == 201, answer.text
    told: Facts = answer.json()
    return told


def state(site: httpx.Client, submission: str) -> str:
    """Return how a submission stands at the site."""
    return str(site.get(f"/submissions/{submission}").json()["state"])


def reaches(site: httpx.Client, submission: str, *wanted: str) -> str:
    """Wait until a submission stands in one of these states."""
    def told() -> str:
        now = state(site, submission)
        return now if now in wanted else ""
    return str(until(told, f"a submission that is {' or '.join(wanted)}"))
