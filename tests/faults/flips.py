"""One flipped bit at a time, swept over all that a machine keeps: found before it is used, and nothing that is whole is
lost.

    python -m tests.faults.flips               # 3,000 bits by chance
    python -m tests.faults.flips --bits 200    # so many
"""

import argparse
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from edge.desk.mirror import MIRROR
from edge.desk.site import Site
from edge.desk.start_up import MARK
from edge.desk.track import track
from edge.domain.mend import bears
from edge.records import audit, envelopes, facts, lane, submissions
from edge.records.lane import Receipt
from sync.agent.enrol import DATABASE, KEY_FILE
from sync.command.site_start import start_site
from tests.fakes.county import County, fast_folder
from tests.fakes.kiosk import Told
from tests.fakes.time_and_chance import Dice, Time, Watch
from tests.faults.driver import SITE
from tests.sync.invariants import must

FORMS = 10
FILES = {DATABASE: 10, DATABASE + "-wal": 10, str(KEY_FILE): 1, str(MIRROR): 1, MARK: 1}


@dataclass(frozen=True)
class Ground:
    """A machine's folder as a power cut left it, and what was told on it."""

    folder: Path
    told: dict[str, Told]
    items: int


@contextmanager
def prepared() -> Iterator[Ground]:
    """A machine with ten forms, half of them delivered, one of them decided."""
    with fast_folder() as place:
        county = County(Path(place) / "county", sites=(SITE,))
        kiosk = county.kiosk(SITE)
        kiosk.site.store.close()
        start_site(kiosk.folder, kiosk.watch, kiosk.dice).site.store.close()
        kiosk.restart()
        for n in range(FORMS):
            receipt = kiosk.lodge()
            if n == FORMS // 2:
                kiosk.sync()
                county.open()
                county.decide(receipt, "accept")
                kiosk.sync()
        yield Ground(kiosk.image(), dict(county.told), len(kiosk.site.catalogue().items))
        county.close()


def flip(ground: Ground, folder: Path, dice: Random) -> str:
    """Copy the machine and turn one bit of one of its files; return where."""
    shutil.copytree(ground.folder, folder)
    name = dice.choices(list(FILES), list(FILES.values()))[0]
    raw = bytearray((folder / name).read_bytes())
    at, bit = dice.randrange(len(raw)), dice.randrange(8)
    raw[at] ^= 1 << bit
    (folder / name).write_bytes(bytes(raw))
    return f"{name} byte {at} bit {bit}"


def examine(ground: Ground, site: Site) -> None:
    """Look whether all that was told is there, whole, and can be asked for.

    Raises:
        Broken: something is not.
    """
    db = site.store.read()
    must(site.store.sound(thorough=True), "the database is not sound")
    must(lane.recomputes(db), "I3 the lane does not recompute")
    must(audit.first_broken(db) is None, "I19 the audit chain is broken")
    for told in ground.told.values():
        kept = envelopes.get(db, told.name)
        must(kept is not None and kept.envelope.payload is not None, f"I1 {told.receipt} is gone")
        must(kept is not None and bears(kept.envelope, told.name, site.identity.device), f"{told.receipt} is damaged")
        must(lane.place(db, told.name), f"{told.receipt} stands nowhere")
        must(track(site, told.receipt, told.tail).receipt == told.receipt, f"{told.receipt} cannot be looked up")
    must(submissions.count(db) == len(ground.told), "a row too many or too few")
    must(len(site.catalogue().items) == ground.items, "an item is gone")
    must(site.key_set().hub, "no key set")
    must(facts.get(db, "receipt", Receipt) is None or lane.receipt_fits(db), "a receipt of another lane")


def sweep(ground: Ground, bits: int, seed: int = 1) -> Counter[str]:
    """Flip so many bits, one on each copy; return how often a salvage was needed, a repair, or nothing.

    Raises:
        Broken: naming file, byte and bit.
    """
    counts: Counter[str] = Counter()
    for n in range(bits):
        dice = Random(seed * 10**6 + n)
        with fast_folder() as place:
            where = flip(ground, Path(place) / "site", dice)
            try:
                start = start_site(Path(place) / "site", Watch(Time()), Dice(n))
                try:
                    examine(ground, start.site)
                finally:
                    start.site.store.close()
            except Exception as fault:
                raise AssertionError(f"{where}: {fault!r}") from fault
            counts["salvaged" if start.salvaged else "mended" if start.found.repaired.anything else "harmless"] += 1
    return counts


def main() -> int:
    """Sweep and say what came of it."""
    words = argparse.ArgumentParser(prog="python -m tests.faults.flips")
    words.add_argument("--bits", type=int, default=3000)
    words.add_argument("--seed", type=int, default=1)
    given = words.parse_args()
    with prepared() as ground:
        counts = sweep(ground, given.bits, given.seed)
    print(f"flips: {given.bits} bits, all well: {dict(counts)}", flush=True)  # noqa: T201 - a command
    return 0


if __name__ == "__main__":
    sys.exit(main())
