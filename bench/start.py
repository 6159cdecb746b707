"""How soon a started program answers, and what it weighs when nothing happens."""

import statistics
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from bench.programs import SOURCE, Running, baseline_running, enrolled, free_port, site_running, ways
from bench.table import Table, in_seconds, megabytes

IDLE_SECONDS = 3.0
AIM = "≤ 0.60 s, ≤ 60 MB"
Start = Callable[[int], AbstractContextManager[Running]]


def measure(quick: bool, folder: Path) -> Table:
    """Return the time to the first page and the idle memory of each way to start."""
    times = 1 if quick else 5
    places = enrolled(SOURCE, folder / "start")
    table = Table("Start of a site until its first page, and its memory when idle",
                  ("", "first answer", "slowest", "idle", "processes", "aim"))
    for way in ways():
        _add_row(table, f"yizhan, {way.name}", times, partial(site_running, way, places.site), AIM)
    _add_row(table, "plain POST, Flask + SQLite", times, partial(baseline_running, folder / "plain-start"), "")
    table.notes += [f"Median and slowest of {times}; the files were in the page cache. Memory is resident,",
                    f"shared pages counted for each process, {IDLE_SECONDS:.0f} s after the first page."]
    return table


def _add_row(table: Table, name: str, times: int, start: Start, aim: str) -> None:
    seconds: list[float] = []
    for again in range(times):
        with start(free_port()) as running:
            seconds.append(running.first_answer_seconds)
            if again == times - 1:
                time.sleep(IDLE_SECONDS)
                weight, processes = running.resident_bytes(), len(running.family)
    table.rows.append((name, in_seconds(statistics.median(seconds)), in_seconds(max(seconds)), megabytes(weight),
                       str(processes), aim))
