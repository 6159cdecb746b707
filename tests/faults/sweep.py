"""Kill -9 swept over every write-class system call of what a machine and the hub do.

    python -m tests.faults.sweep               # every point of every action
    python -m tests.faults.sweep lodge admit   # of these only

strace kills the process on entering the n-th call of one kind, for every n that a run makes. After each kill the county
is switched on again, healed, and looked at.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from edge.ground.problem import Problem
from edge.records import submissions
from sync.hub import enrol
from sync.protocol.ferry_file import pieces
from tests.fakes.county import County, fast_folder
from tests.fakes.kiosk import Told, join
from tests.fakes.stick import Stick
from tests.fakes.time_and_chance import Time, Watch
from tests.faults import kept
from tests.faults.driver import ITEM, PHOTOS, SITE, STICK
from tests.sync.invariants import Witness, must

CALLS = ("write", "pwrite64", "pwritev", "fsync", "fdatasync", "rename", "renameat", "renameat2", "ftruncate",
         "fallocate", "unlink", "unlinkat")
ROOT = Path(__file__).resolve().parents[2]
LONGEST_SECONDS = 60
SWEPT = ["lodge", "attach", "exchange", "chunks", "admit", "open", "enrol", "export", "import", "hear",
         "backup", "restore", "prune"]
BEFORE = 2   # forms that wait when the action begins


@dataclass(frozen=True)
class Ground:
    """A county prepared for an action; each run gets a copy."""

    folder: Path
    told: dict[str, Told]
    photos: dict[str, list[bytes]]
    action: str


def environment() -> dict[str, str]:
    """Return the environment of a driver: what Python writes for itself would only be counted."""
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT)}


def prepare(action: str, folder: Path) -> Ground:
    """Return a county in which the action has something to do."""
    county = County(folder, sites=(SITE,))
    kiosk = county.kiosk(SITE)
    for _ in range(BEFORE):
        kiosk.lodge(ITEM, photos=PHOTOS if action == "chunks" else ())
    if action == "chunks":
        kiosk.sync(most=1)   # the records are there; what the action carries are chunks
    if action == "admit":
        (folder / "question").write_bytes(kiosk.ask())
    if action == "open":
        kiosk.sync()
    if action == "enrol":
        (folder / "ticket").write_text(enrol.issue(county.hub, "新站", "it").text(), "utf-8")
    stick = Stick(folder / STICK)
    if action in ("import", "hear"):
        stick.export(kiosk)
    if action == "hear":
        stick.there(county)
    kept.prepare(action, county, folder)
    told, photos = dict(county.told), dict(county.photos)
    county.close()
    return Ground(folder, told, photos, action)


def run(ground: Ground, folder: Path, call: str = "", fault: str = "") -> tuple[bool, list[list[str]]]:
    """Run the action on a copy, with a fault as strace words it; return whether it was killed, and what it had said."""
    shutil.copytree(ground.folder, folder)
    words = [sys.executable, "-m", "tests.faults.driver", ground.action, str(folder)]
    if call:
        words = ["strace", "-f", "-qqq", "-o", os.devnull, "-e", f"trace={call}",
                 "-e", f"inject={call}:{fault}", *words]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False,
                          env=environment())
    killed = done.returncode in (-9, 137)
    if not killed and done.returncode:
        raise RuntimeError(f"the driver failed by itself: {done.stderr[-2000:]}")
    return killed, [line.split() for line in done.stdout.splitlines()]


def points(ground: Ground, scratch: Path) -> list[tuple[str, int]]:
    """Return every (call, number) that a run makes after it has begun."""
    trace = scratch / "trace"
    shutil.copytree(ground.folder, scratch / "counted")
    subprocess.run(["strace", "-f", "-qqq", "-o", str(trace), "-e", f"trace={','.join(CALLS)}", sys.executable, "-m",
                    "tests.faults.driver", ground.action, str(scratch / "counted")], cwd=ROOT, capture_output=True,
                   check=True, env=environment())
    shutil.rmtree(scratch / "counted")
    counts: dict[str, int] = {}
    begun, found = False, []
    for line in trace.read_text("utf-8", "replace").splitlines():
        call = line.split(None, 1)[1].split("(", 1)[0]
        if call not in CALLS:
            continue
        counts[call] = counts.get(call, 0) + 1
        if begun:
            found.append((call, counts[call]))
        begun = begun or '"begin' in line
    return found


def examine(ground: Ground, folder: Path, said: list[list[str]]) -> None:
    """Switch the county on again, heal it, and look.

    Raises:
        Broken: something that was said is not true any more, or an invariant does not hold.
    """
    county = County(folder, seed=99, sites=(SITE,))
    try:
        kiosk = county.kiosk(SITE)
        county.told.update(ground.told)
        county.photos.update(ground.photos)
        for words in said:
            if words[0] == "told":
                row = submissions.get(kiosk.site.store.read(), words[1])
                must(row, f"I1 {words[2]} was told and is not on the disk")
                county.told[words[2]] = Told(words[2], words[3], ITEM, row.name if row else b"", words[1])
                county.photos[words[2]] = [one.content for one in PHOTOS if ground.action == "attach"]
            if words[0] == "exported":
                must(_whole(folder / STICK / words[1]), f"{words[1]} was said to be written and is not whole")
            if words[0] == "heard":
                must(kiosk.acked() == BEFORE, "I5 a reply was read, and its receipt is not on the disk")
            if words[0] == "replied":
                kiosk.hear(bytes.fromhex(words[1]))
                must(kiosk.acked() == BEFORE, "I6 a reply was signed that covers less than it was asked for")
        for path in (folder / STICK).glob("*.ferry"):
            must(_whole(path), f"{path.name} has its whole name and not its whole content")
        with kept.at_home(county, folder):
            witness = Witness(county)
            witness.check(thorough=True)
            _again(ground, folder, county, said)
            kept.look(ground.action, county, folder, said)
            if county.hub_fell:
                witness.hub_was_restored()
            county.pass_time(minutes=20)
            witness.check_healed()
        cases = county.hub_cases()
        must(len(cases) == len(county.told), f"I2 {len(cases)} cases of {len(county.told)} forms")
        alarms = set(county.alarms()) - (kept.EXPECTED if ground.action == "restore" else set())
        must(not alarms, f"an alarm without a cause: {alarms}")
        must(kiosk.incarnations() == 1, "I21 a new incarnation though nothing was copied")
    finally:
        county.close()


def _whole(path: Path) -> bool:
    """Return whether a file of a stick holds whole messages and nothing else."""
    if not path.exists():
        return False
    with path.open("rb") as file:
        return all(piece.whole for piece in pieces(file.read))


def _again(ground: Ground, folder: Path, county: County, said: list[list[str]]) -> None:
    """Let the citizen's program or the installer do again what was interrupted: it must come out as one."""
    if ground.action == "lodge":
        county.kiosk(SITE).take(ITEM, "the same key")
    if ground.action == "attach":
        county.kiosk(SITE).take(ITEM, "the same key", PHOTOS)
    if ground.action in ("export", "import", "hear"):
        # the line stays down: all goes by stick, once more from the beginning
        stick, kiosk = Stick(folder / STICK), county.kiosk(SITE)
        stick.export(kiosk)
        stick.there(county)
        stick.back(kiosk)
        must(kiosk.acked() == kiosk.head(), "I14 a stick does not drain the queue")
    if ground.action == "enrol":
        try:
            ticket = (folder / "ticket").read_text("utf-8")
            join(folder / "sites" / "新站", ticket, county.answer, Watch(Time()), county.dice)
            must(["joined"] not in said, "a machine was said to have joined and has not")
        except Problem as problem:
            must(problem.kind.code == "already-enrolled", f"enrolment cannot be repeated: {problem}")


def sweep(action: str, every: int = 1) -> Iterator[tuple[str, int]]:
    """Kill the action at every k-th point; yield each point that was held out.

    Raises:
        Broken: naming action, call and number.
    """
    with fast_folder() as place:
        ground = prepare(action, Path(place) / "ground")
        for call, number in points(ground, Path(place))[::every]:
            folder = Path(place) / f"{call}-{number}"
            killed, said = run(ground, folder, call, f"signal=KILL:when={number}")
            must(killed, f"{action}: {call} {number} was never reached")
            try:
                examine(ground, folder, said)
            except AssertionError as broken:
                raise type(broken)(f"{action} killed at {call} {number}: {broken}") from broken
            shutil.rmtree(folder)
            yield call, number


def main() -> int:
    """Sweep and say how many points were held out."""
    words = argparse.ArgumentParser(prog="python -m tests.faults.sweep")
    words.add_argument("actions", nargs="*", default=SWEPT, help=" ".join(SWEPT))
    words.add_argument("--every", type=int, default=1, help="take every k-th point only")
    given = words.parse_args()
    for action in given.actions:
        held_out = list(sweep(action, given.every))
        print(f"{action}: killed at {len(held_out)} points, all well", flush=True)  # noqa: T201 - a command
    return 0


if __name__ == "__main__":
    sys.exit(main())
