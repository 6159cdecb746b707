"""A county in one process: the real hub, real machines, real SQLite files; time, chance and lines are the test's.

Nothing of the product is replaced but the price of the track key: Argon2id's cost is meant for thieves. What is
founded once (hub, items, enrolment) is copied for each test, so that a county costs a few milliseconds.
"""

import atexit
import shutil
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from edge.domain.catalogue import shipped_catalogue
from edge.ground import sealing
from edge.ground.problem import Problem
from sync.hub import enrol, publish, review
from sync.hub.backup import back_up
from sync.hub.hub import Hub, open_hub
from sync.hub.manifest import Manifest, read_manifest
from sync.hub.open import open_waiting
from sync.hub.registry import open_alarms
from sync.hub.restore import Restored, restore
from sync.hub.review import Verdict, Word
from sync.hub.revoke import revoke
from sync.hub.tables import backups, devices, envelopes
from sync.hub.tables.cases import Case
from tests.fakes.kiosk import Kiosk, Told, join
from tests.fakes.time_and_chance import START, Dice, Time, Watch
from tests.fakes.wire import at_hub

MEMORY = Path("/dev/shm")
STEP = timedelta(minutes=10)


def fast_folder() -> TemporaryDirectory[str]:
    """Return a folder in memory where there is one: FULL costs nothing there."""
    return TemporaryDirectory(prefix="yizhan-county-", dir=MEMORY if MEMORY.is_dir() else None)


class County:
    """One hub and n machines."""

    def __init__(self, folder: Path, seed: int = 1, sites: Iterable[str] = ()) -> None:
        sealing._TRACK_KIB = 8   # the least that Argon2id takes
        names = tuple(sites)
        if not (folder / "hub").exists():   # else a county that went off is switched on again
            shutil.copytree(_founded(names), folder, dirs_exist_ok=True)
        self.folder, self.seed = folder, seed
        self.time = Time()
        self.watch = Watch(self.time)
        self.dice = Dice(seed)
        self.told: dict[str, Told] = {}
        self.photos: dict[str, list[bytes]] = {}   # receipt → what was on the photos of the form and its amendments
        self.kiosks: dict[str, Kiosk] = {}
        self.copies = 0
        self.disk = folder / "backups"
        self.hub_fell = self.copied = False    # an older copy of the hub came back; a machine's folder was copied
        self.hub = self._open_hub()
        for name in names:
            self.kiosks[name] = Kiosk(self, name, folder / "sites" / name)

    # --- the hub

    def _open_hub(self) -> Hub:
        return open_hub(self.folder / "hub", self.watch, self.dice, create=True)

    def answer(self, path: str, message: bytes) -> bytes:
        """What the hub's port does with a message."""
        return at_hub(self.hub, path, message)

    def open(self) -> int:
        """Let the hub open all that waits; return how many envelopes were settled."""
        settled = done = open_waiting(self.hub)
        while done:
            done = open_waiting(self.hub)
            settled += done
        return settled

    def restart_hub(self) -> None:
        """End the hub's process and start it again."""
        self.hub.store.close()
        self.hub = self._open_hub()

    def copy_hub(self) -> Path:
        """Return a copy of the hub's database files, as a backup would hold them."""
        self.copies += 1
        target = self.folder / "copies" / str(self.copies)
        target.mkdir(parents=True)
        copy_database(self.hub.store.path, target)
        return target

    def restore_hub(self, copy: Path) -> None:
        """Put an older copy in the place of the hub's database; its keys stay."""
        self.hub.store.close()
        replace_database(copy, self.hub.store.path)
        self.hub_fell = True
        self.hub = self._open_hub()

    def back_up(self) -> Manifest:
        """Make a backup as the county does, on a disk of its own."""
        return back_up(self.hub, [self.disk], "it").manifest

    def backups(self) -> list[Path]:
        """Return the databases of all backups that may be restored, the newest first."""
        rows = [row for row in backups.every(self.hub.store.read()) if row.state == "kept"]
        files = [read_manifest(row.manifest, self.hub.key.public).file for row in rows]
        return [self.disk / name for name in files]

    def restore(self, backup: Path, *, accept_loss: bool = False, old_is_broken: bool = True) -> Restored:
        """Let the county restore a backup; mostly because the database broke."""
        self.hub.store.close()
        if old_is_broken:
            self.hub.store.path.write_bytes(b"the head of the disk touched this page" * 400)
        restored = restore(self.folder / "hub", backup, self.watch, self.dice, "it", accept_loss=accept_loss)
        self.hub_fell = True
        self.hub = self._open_hub()
        return restored

    def hub_cases(self) -> list[str]:
        """Return the receipt codes of all cases in the order of the log."""
        return [case.code for case in self.case_rows()]

    def case_rows(self) -> list[Case]:
        """Return all cases."""
        rows: list[Case] = []
        after: int | None = 0
        while after is not None:
            page = review.cases_after(self.hub, after, 200)
            rows += page.cases
            after = page.next
        return rows

    def case(self, receipt: str) -> Case:
        """Return the case of a receipt."""
        return next(case for case in self.case_rows() if case.code == receipt)

    def decide(self, receipt: str, word: Word, *, reason: str = "缺一样",
               asks: list[tuple[str, str]] | None = None) -> None:
        """Let a reviewer decide a case."""
        given = Verdict(word, reason if word in ("return", "reject") else "", asks or [])
        review.verdict(self.hub, self.case(receipt).id, "reviewer", given)

    def revoke(self, kiosk: Kiosk) -> None:
        """Let the county revoke a device."""
        revoke(self.hub, kiosk.device, "it", "机器丢了")

    def set_state(self, kiosk: Kiosk, state: str) -> None:
        """Write a device's state down."""
        with self.hub.store.write() as db:
            devices.set_state(db, kiosk.device, state)

    def alarms(self) -> list[str]:
        """Return the causes of all open alarms."""
        return sorted(alarm.cause for alarm in open_alarms(self.hub))

    def states(self) -> dict[str, int]:
        """Return how many envelopes stand in each state."""
        return envelopes.counts(self.hub.store.read())

    # --- machines

    def kiosk(self, name: str) -> Kiosk:
        """Return the machine of this site, enrolled now when it is new."""
        if name not in self.kiosks:
            folder = self.folder / "sites" / name
            ticket = enrol.issue(self.hub, name, "it")
            join(folder, ticket.text(), self.answer, Watch(self.time), self.dice)
            self.kiosks[name] = Kiosk(self, name, folder)
            self.kiosks[name].sync()
        return self.kiosks[name]

    def pass_time(self, **span: float) -> None:
        """Let time pass: machines sync, the hub opens what came."""
        left = timedelta(**span)
        while left > timedelta(0):
            self.time.go(min(STEP, left))
            left -= STEP
            self.settle()

    def settle(self, rounds: int = 1) -> None:
        """Let every machine sync and the hub open what came."""
        for _ in range(rounds):
            for kiosk in self.kiosks.values():
                kiosk.sync()
            self.open()

    def close(self) -> None:
        """Switch everything off."""
        for kiosk in self.kiosks.values():
            kiosk.site.store.close()
        self.hub.store.close()


ITEMS = frozenset({
    *(f"CL-0{n}" for n in range(1, 6)), *(f"RS-0{n}" for n in range(1, 7)), *(f"SS-0{n}" for n in range(1, 5)),
    *(f"SW-0{n}" for n in range(1, 5)), *(f"{key}-0{n}" for key in ("GA", "GJ", "YB") for n in (1, 2)),
    "MZ-01", "MZ-02", "MZ-03", "BD-01", "QY-01"})
"""What this county publishes: every kind of question and of paper. A hundred more would only copy bytes, thousands of
times in the sweeps.
"""


def copy_database(path: Path, target: Path) -> None:
    """Copy a database with what its WAL holds, as a power cut would leave both."""
    for suffix in ("", "-wal"):
        source = path.with_name(path.name + suffix)
        if source.exists():
            shutil.copy2(source, target / source.name)


def replace_database(copy: Path, path: Path) -> None:
    """Put a copied database where another one lay."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    for source in copy.iterdir():
        shutil.copy2(source, path.parent / source.name)


@cache
def _founded(names: tuple[str, ...]) -> Path:
    """Return the folder of a county with these sites enrolled and ITEMS published, made once for each process."""
    whole = fast_folder()
    atexit.register(whole.cleanup)
    folder, time, dice = Path(whole.name), Time(START - timedelta(days=1)), Dice(0)
    hub = open_hub(folder / "hub", Watch(time), dice, create=True)
    catalogue = shipped_catalogue()
    publish.publish_county(hub, catalogue.county, "it")
    publish.publish_items(hub, (item for item in catalogue.items.values() if item.code in ITEMS), "it")

    def answer(path: str, message: bytes) -> bytes:
        return at_hub(hub, path, message)

    for name in names:
        ticket = enrol.issue(hub, name, "it").text()
        join(folder / "sites" / name, ticket, answer, Watch(time), dice, settle=True)
    hub.store.close()
    return folder


def refusal(problem: Problem) -> str:
    """Return the code of a refusal."""
    return problem.kind.code
