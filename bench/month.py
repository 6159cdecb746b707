"""Thirty days without a line: 6,000 forms wait, one more is taken, a thousand syncs break off, all are brought home.

The line is reckoned and not waited for: each message costs its round trip and its bytes at the rate, on a clock that
the link moves. Machine, hub, files and flushes are real, in this process.
"""

import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from os import sysconf
from pathlib import Path

from bench.invented import forms
from bench.programs import SOURCE, Places, enrolled
from bench.shaper import Line
from bench.table import Table, in_seconds, megabytes, milliseconds
from edge.desk.lodge import lodge
from edge.desk.site import Site
from edge.ground import sealing
from edge.ground.clock import SystemClock, system_chance
from edge.ground.problem import HUB_UNREACHABLE, Problem
from edge.records import lane
from sync.agent.round import Agent
from sync.command.site_process import open_site
from sync.hub.admit import exchange
from sync.hub.hub import Hub, open_hub

WAITING, TAKEN, ABORTED = 6000, 200, 1000
HEADS_BYTES = 350        # of HTTP, both ways
PLAIN_BYTES = 744        # of one plain POST, both ways, as `drain` counts them
SLOW = Line("20 kbit/s, 1 s", 20_000, 1.0)
CHEAP_KIB = 8            # Argon2id's least: what a track key costs says nothing of the drain


class Moved:
    """A clock that stands until the link moves it."""

    def __init__(self) -> None:
        self.passed = 0.0
        self._began = datetime.now(UTC)

    def now(self) -> datetime:
        """Return the moved wall time."""
        return self._began + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        """Return the moved seconds."""
        return self.passed


class Reckoned:
    """A link to a hub in this process that costs what the line would; a broken one never brings an answer, and every
    other time the hub has given one.
    """

    def __init__(self, hub: Hub, line: Line, clock: Moved, *, broken: bool = False) -> None:
        self._hub, self._line, self._clock, self._broken = hub, line, clock, broken
        self.messages, self.bytes, self.heaviest = 0, 0, 0

    def exchange(self, path: str, message: bytes) -> bytes:
        """Carry one message."""
        self.messages += 1
        if self._broken and self.messages % 2:
            raise Problem(HUB_UNREACHABLE, "broken off on the way there")
        reply = exchange(self._hub, message)
        if self._broken:
            raise Problem(HUB_UNREACHABLE, "broken off on the way back")
        size = len(message) + len(reply) + HEADS_BYTES
        self.bytes += size
        self._clock.passed += self._line.round_trip_seconds + size * 8 / self._line.bits_per_second
        self.heaviest = max(self.heaviest, resident())
        return reply

    def reachable(self) -> bool:
        """Return that the line is there."""
        return True

    def beside(self) -> None:
        """Return that there is no other way."""

    def close(self) -> None:
        """Hang up."""


def measure(quick: bool, folder: Path) -> Table:
    """Return what a month without a line comes to."""
    waiting, taken, aborted = (300, 40, 100) if quick else (WAITING, TAKEN, ABORTED)
    places = enrolled(SOURCE, folder / "month")
    table = Table(f"{waiting} forms wait after a month without a line", ("", "figure", "beside it", "aim"))
    site = open_site(places.site, SystemClock(), system_chance)
    with _cheap_keys():
        _take(site, waiting, 1)
    slow = statistics.quantiles(_take(site, taken, 2), n=20, method="inclusive")[-1]
    table.rows.append(("one more form is taken, p95", milliseconds(slow), f"{taken} taken", "≤ 300 ms"))
    table.rows.append(_aborted(site, places, aborted))
    table.rows += _drained(site, places)
    site.store.close()
    table.notes += [f"The line of the drain is reckoned: {SLOW.name}. Beside it stands one plain POST each,",
                    f"reckoned as well, from {PLAIN_BYTES} bytes and a round trip. Memory is this whole process,",
                    "machine and hub together; growth is that of the machine's database, its log taken in."]
    return table


@contextmanager
def _cheap_keys() -> Iterator[None]:
    true, sealing._TRACK_KIB = sealing._TRACK_KIB, CHEAP_KIB
    try:
        yield
    finally:
        sealing._TRACK_KIB = true


def _take(site: Site, count: int, seed: int) -> list[float]:
    seconds = []
    for code, answers in forms(count, seed):
        began = time.perf_counter()
        lodge(site, site.catalogue().item(code), answers, channel="kiosk")
        seconds.append(time.perf_counter() - began)
    return seconds


def _aborted(site: Site, places: Places, count: int) -> tuple[str, ...]:
    # at a copy: what the hub took of these, the drain would not have to bring
    hub = open_hub(Path(shutil.copytree(places.hub, places.hub.with_name("another"))), SystemClock(), system_chance)
    link = Reckoned(hub, SLOW, Moved(), broken=True)
    agent, before = Agent(site, link), _weight(site)
    for _ in range(count):
        try:
            agent.round()
        except Problem as problem:
            if problem.kind is not HUB_UNREACHABLE:
                raise
    if link.messages < count:
        raise RuntimeError(f"{count} syncs said {link.messages} messages")
    grown = _weight(site) / before - 1
    hub.store.close()
    return (f"{count} syncs broken off, growth", f"{grown:.2%}", megabytes(before), "≤ 1 %")


def _weight(site: Site) -> int:
    site.store.checkpoint()
    pages: int = site.store.read().execute("PRAGMA page_count").fetchone()[0]
    size: int = site.store.read().execute("PRAGMA page_size").fetchone()[0]
    return pages * size


def _drained(site: Site, places: Places) -> list[tuple[str, ...]]:
    clock = Moved()
    hub = open_hub(places.hub, SystemClock(), system_chance)
    db = site.store.read()
    count = lane.waiting(db)
    site.clock, link = clock, Reckoned(hub, SLOW, clock)
    agent, before = Agent(site, link), resident()
    while agent.round().more:
        pass
    hub.store.close()
    if site.line().waiting:
        raise RuntimeError(f"{site.line().waiting} of {count} forms still wait")
    plain = count * (SLOW.round_trip_seconds + PLAIN_BYTES * 8 / SLOW.bits_per_second)
    return [("drained", in_seconds(clock.passed), f"{in_seconds(plain)} by POST each", "≤ 1500 s"),
            ("messages, bytes each", f"{link.messages}, {link.bytes / count:.0f}", f"{count}, {PLAIN_BYTES}", ""),
            ("memory at most while draining", megabytes(link.heaviest), f"{megabytes(before)} before", "flat")]


def resident() -> int:
    """Return the resident memory of this process in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * sysconf("SC_PAGE_SIZE")
