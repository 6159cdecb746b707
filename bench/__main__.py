"""`python -m bench`: measure, and print each figure beside a plain HTTP POST of the same run. Nothing is asserted."""

import argparse
import os
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import accepts, breadth, drain, links, month, packing, start
from bench.table import Table

FIGURES: dict[str, Callable[[bool, Path], Table]] = {
    "accepts": accepts.measure, "drain": drain.measure, "start": start.measure, "packing": packing.measure,
    "breadth": breadth.measure, "links": links.measure, "month": month.measure}
MEMORY_UNIT = 1024**3


def main() -> None:
    """Measure what is asked for, everything by default."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few forms, only to see that it runs")
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=f"{', '.join(FIGURES)}; all by default")
    given = parser.parse_args()
    if unknown := set(given.figures) - set(FIGURES):
        parser.error(f"no such figure: {', '.join(sorted(unknown))}")
    print(machine(), end="\n\n")
    # on the disk where the project lies: in memory a flush would cost nothing
    room = Path("bench-out")
    room.mkdir(exist_ok=True)
    for name in given.figures or FIGURES:
        with tempfile.TemporaryDirectory(dir=room) as folder:
            print(FIGURES[name](given.quick, Path(folder)).text(), flush=True)


def machine() -> str:
    """Return cores, memory and Python of this machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / MEMORY_UNIT
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, {memory:.0f} GiB memory, Python {platform.python_version()}, load {load:.1f}"


if __name__ == "__main__":
    main()
