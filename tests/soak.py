"""The long run: kills at every point, power cuts, flipped bits, bad lines, exchanges that break off and random walks,
side by side until the time is over; before them a thousand machines that come back at once.

    python -m tests.soak --minutes 30

The parts take turns, each gets its share of the time, the crowd before them up to a third. The last line is
`soak: power_cuts=… kill_points=… seeds=… flips=… lost=0 duplicated=0`; the exit code is 0 when nothing broke.
"""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

from tests.fakes.county import County, fast_folder
from tests.faults import bad_lines, flips, power, sweep, thousand
from tests.sync import aborted, walk

CASES = re.compile(r"I2 (\d+) cases of (\d+) forms")
ABORTED = 1000
CROWD_SHARE, LEAST_CROWD_MINUTES = 1 / 3, 5.0
Part = Iterator[str]   # each step says what broke, "" for nothing


def kill_points() -> Part:
    """Kill a process at each point of each action, from coarse to fine."""
    for action in sweep.SWEPT:
        try:
            for _point in sweep.sweep(action):
                yield ""
        except AssertionError as broken:
            yield str(broken)


def power_cuts(rooms: ExitStack) -> Part:
    """Cut the power of a machine and of a hub, in turn."""
    ground = rooms.enter_context(power.prepared())
    for seed in count(10_000):
        cut = power.cut_at_site if seed % 2 else power.cut_at_hub
        yield "; ".join(cut(ground, seed)[1])


def flipped_bits(rooms: ExitStack) -> Part:
    """Turn one bit of a machine's files."""
    ground = rooms.enter_context(flips.prepared())
    for seed in count(1):
        try:
            flips.sweep(ground, 1, seed)
            yield ""
        except AssertionError as broken:
            yield str(broken)


def aborted_exchanges() -> Part:
    """Let a thousand exchanges in a row break off."""
    for seed in count(1):
        with fast_folder() as folder:
            county = County(Path(folder) / "county", seed=seed)
            yield "; ".join(aborted.abort(county, ABORTED))
            county.close()


def crowds(minutes: float) -> list[str]:
    """Let a whole county come back at once, as many waves as the time allows; return what broke."""
    if minutes < LEAST_CROWD_MINUTES:
        return []
    return thousand.run(thousand.MACHINES, thousand.WAVES, until=time.monotonic() + minutes * 60)


def seeds() -> Part:
    """Walk through a county, one plan after another."""
    for seed in count(100_000):
        what = walk.play(walk.plan(seed), seed)
        yield f"{what} (python -m tests.sync.walk --seed {seed})" if what else ""


def take_turns(parts: dict[str, tuple[Part, float]], goes_on: Callable[[], bool]) -> tuple[Counter[str], list[str]]:
    """Let the part that had least of its share take the next step; return steps by part, and what broke.

    Args:
        parts: name → (steps, share of the time).
    """
    steps: Counter[str] = Counter()
    spent = dict.fromkeys(parts, 0.0)
    broken: list[str] = []
    while spent and goes_on():
        name = min(spent, key=lambda one: spent[one] / parts[one][1])
        began = time.monotonic()
        what = next(parts[name][0], None)
        if what is None:
            del spent[name]
            continue
        spent[name] += time.monotonic() - began
        steps[name] += 1
        if what:
            broken.append(what)
            print(f"{name}: {what}", flush=True)  # noqa: T201 - a command
    return steps, broken


def is_twice(what: str) -> bool:
    """Tell whether a message says that something was done twice; any other one counts as lost."""
    cases = CASES.search(what)
    return "I7 " in what or (cases is not None and int(cases[1]) > int(cases[2]))


def main() -> int:
    """Soak and say what came of it."""
    words = argparse.ArgumentParser(prog="python -m tests.soak", description="Faults of every kind, for a while.")
    words.add_argument("--minutes", type=float, default=30.0, help="how long (30)")
    minutes = words.parse_args().minutes
    end = time.monotonic() + minutes * 60
    broken = crowds(minutes * CROWD_SHARE)
    with ExitStack() as rooms:
        parts = {"kill_points": (kill_points(), 4.0), "power_cuts": (power_cuts(rooms), 1.0),
                 "flips": (flipped_bits(rooms), 1.0), "seeds": (seeds(), 4.0), "bad_lines": (bad_lines.steps(), 1.0),
                 "aborted": (aborted_exchanges(), 0.5)}
        steps, more = take_turns(parts, lambda: time.monotonic() < end)
    broken += more
    twice = sum(map(is_twice, broken))
    print(f"beside them: bad_lines={steps['bad_lines']} aborted_exchanges={steps['aborted'] * ABORTED}")  # noqa: T201 - a command
    print("soak: " + " ".join(f"{name}={steps[name]}" for name in ("power_cuts", "kill_points", "seeds", "flips")) +  # noqa: T201 - a command
          f" lost={len(broken) - twice} duplicated={twice}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
