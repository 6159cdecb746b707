"""A whole county of real machines at a real hub: all come back in the same moment, wave after wave (T17).

    python -m tests.faults.thousand                             # 1,000 machines, 10 waves
    python -m tests.faults.thousand --machines 20 --waves 2

Machines are the product's own conversations, each with its thread, its database and its connection; the hub is a
process of its own behind its own port. Before each wave the hub is away and each machine takes a form. In every second
wave the hub is killed in the midst of the crowd.
"""

import argparse
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from bench.programs import HOST, SOURCE, Running, free_port, hub_running
from edge.desk.lodge import lodge
from edge.desk.site import Site
from edge.domain.catalogue import shipped_catalogue
from edge.ground import sealing
from edge.ground.clock import SystemClock, system_chance
from edge.records import lane
from sync.agent.keep_talking import Conversation
from sync.agent.round import Agent
from sync.hub import review
from sync.hub.examine import examine
from sync.hub.hub import Hub, open_hub
from sync.hub.open import open_waiting
from sync.hub.registry import open_alarms
from tests.fakes.county import fast_folder
from tests.faults.many_sites import found
from tests.faults.watched_machine import Heard, Machine, WatchedLine

MACHINES, WAVES = 1000, 10
ITEM = "RS-01"
LONGEST_SECONDS = 900.0
LOOK_SECONDS = 0.2
STACK_BYTES = 512 * 1024
EXPECTED = {"takes-no-forms"}   # a disk under a thousand machines may answer too slowly for a moment
CHEAP_KIB = 8   # of Argon2id: what a track key costs says nothing of a crowd


@dataclass(frozen=True)
class Wave:
    """What came of one wave. Seconds from the moment at which all lines came back."""

    number: int
    seconds: float
    half_seconds: float
    heard: Heard
    hub_bytes: int
    left: int
    to_be_killed: bool

    def text(self) -> str:
        """Return the wave in a line."""
        waits = [asked for _, asked in self.heard.refusals] or [0]
        quick = statistics.median(took for took, _ in self.heard.refusals) * 1000 if self.heard.refusals else 0
        return (f"wave {self.number}: half through in {self.half_seconds:.1f} s, all in {self.seconds:.1f} s; "
                f"{self.heard.answered} answered, {len(self.heard.refusals)} refused (in {quick:.0f} ms, "
                f"told to wait {min(waits)}-{max(waits)} s), {self.heard.broken} broken off; "
                f"hub {self.hub_bytes / 2**20:.0f} MB")

    def fault(self) -> str:
        """Return what was not as promised, "" for nothing."""
        without = sum(not asked for _, asked in self.heard.refusals)
        return "; ".join(text for text, is_so in (
            (f"wave {self.number}: {self.left} machines not through", self.left > 0),
            (f"wave {self.number}: the hub was not killed", self.to_be_killed and not self.heard.pulled),
            (f"wave {self.number}: {without} refusals named no time", without > 0),
            (f"wave {self.number}: the hub took {self.hub_bytes} bytes of memory", self.hub_bytes >= 2**30)) if is_so)


class Crowd:
    """The county with all its machines."""

    def __init__(self, folder: Path, machines: int) -> None:
        sealing._TRACK_KIB = CHEAP_KIB
        self._folder, self._port = folder / "hub", free_port()
        self._up, self._stop = threading.Event(), threading.Event()
        self.told: list[str] = []
        sites = found(folder, f"http://{HOST}:{self._port}", machines, ITEM)
        usual = threading.stack_size(STACK_BYTES)
        self.machines = [self._switch_on(site) for site in sites]
        threading.stack_size(usual)

    def _switch_on(self, site: Site) -> Machine:
        link = WatchedLine(site.identity.hub_url, self._up, Heard())
        talk = Conversation(self._stop, Agent(site, link), FileLock(site.store.path.with_name("sync.lock")))
        thread = threading.Thread(target=talk.go_on, daemon=True)
        thread.start()
        return Machine(site, link, thread)

    def wave(self, number: int) -> Wave:
        """Let every machine take a form while the hub is away, and all come back at once."""
        heard, item = Heard(), shipped_catalogue().item(ITEM)
        for one in self.machines:
            one.link.heard = heard
            self.told.append(lodge(one.site, item, dict(item.example), channel="api").receipt)
        with ExitStack() as running:
            hub = running.enter_context(hub_running(SOURCE, self._folder, self._port))
            began, half, most, back = time.monotonic(), 0.0, 0, False
            if number % 2 == 0:
                heard.pull_at(len(self.machines) // 2, hub.program.kill)
            self._up.set()
            while (left := sum(one.left() > 0 for one in self.machines)) and time.monotonic() < began + LONGEST_SECONDS:
                most = max(most, peak_bytes(hub))
                if left <= len(self.machines) // 2 and not half:
                    half = time.monotonic() - began
                if heard.pulled and not back:
                    back = True
                    hub.program.wait()
                    hub = running.enter_context(hub_running(SOURCE, self._folder, self._port))
                time.sleep(LOOK_SECONDS)
            took, most = time.monotonic() - began, max(most, peak_bytes(hub))
            self._up.clear()
        return Wave(number, took, half or took, heard, most, left, number % 2 == 0)

    def judge(self) -> list[str]:
        """Return what is lost, doubled or damaged, looked at in the hub's own database and at each machine."""
        hub = open_hub(self._folder, SystemClock(), system_chance)
        while open_waiting(hub):
            pass
        codes = case_codes(hub)
        lost, twice = len(set(self.told) - set(codes)), len(codes) - len(set(codes))
        broken = [name for name, holds in examine(hub).items() if holds is not True]
        alarms = sorted({alarm.cause for alarm in open_alarms(hub)} - EXPECTED)
        hub.store.close()
        anew = sum(lane.incarnations(one.site.store.read()) != 1 for one in self.machines)
        return [text for text, is_so in (
            (f"lost: I2 {len(codes)} cases of {len(self.told)} forms", lost), (f"doubled: I7 {twice} cases", twice),
            (f"broken: {broken}", broken), (f"alarms: {alarms}", alarms), (f"{anew} began anew", anew)) if is_so]

    def close(self) -> None:
        """Switch everything off."""
        self._stop.set()
        for one in self.machines:
            one.site.lodged.set()
        for one in self.machines:
            one.thread.join()
            one.link.close()
            one.site.store.close()


@contextmanager
def crowd(machines: int) -> Iterator[Crowd]:
    """A county of so many machines, switched off at the end."""
    with fast_folder() as folder:
        whole = Crowd(Path(folder), machines)
        try:
            yield whole
        finally:
            whole.close()


def case_codes(hub: Hub) -> list[str]:
    """Return the receipt codes of all cases."""
    codes: list[str] = []
    after: int | None = 0
    while after is not None:
        page = review.cases_after(hub, after, 200)
        codes += [case.code for case in page.cases]
        after = page.next
    return codes


def peak_bytes(hub: Running) -> int:
    """Return the most memory that the hub's process ever held; 0 when it is gone."""
    try:
        said = Path(f"/proc/{hub.program.pid}/status").read_text("ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in said.splitlines() if line.startswith("VmHWM")), 0)


def run(machines: int, most_waves: int, until: float = float("inf")) -> list[str]:
    """Go through so many waves, none of them begun after a moment of the running time; return what broke."""
    with crowd(machines) as county:
        broken = []
        for number in range(1, most_waves + 1):
            if number > 1 and time.monotonic() > until:
                break
            wave = county.wave(number)
            print(wave.text(), flush=True)  # noqa: T201 - a command
            broken += [wave.fault()] if wave.fault() else []
        broken += county.judge()
        print(f"crowd: {machines} machines, {len(county.told)} forms, broken={len(broken)}", *broken, sep="\n",  # noqa: T201 - a command
              flush=True)
    return broken


def main() -> int:
    """Run and say what broke."""
    words = argparse.ArgumentParser(prog="python -m tests.faults.thousand", description=__doc__)
    words.add_argument("--machines", type=int, default=MACHINES)
    words.add_argument("--waves", type=int, default=WAVES)
    given = words.parse_args()
    return 1 if run(given.machines, given.waves) else 0


if __name__ == "__main__":
    sys.exit(main())
