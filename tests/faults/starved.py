"""A process that runs out of something while it takes forms, and gets it back: one after another.

    python -m tests.faults.starved FOLDER

Says `told ID RECEIPT TAIL` or `refused KIND` for each form, `starved WHAT` before a limit is set and `fed WHAT` once it
is lifted again.
"""

import resource
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from edge.desk.lodge import lodge
from edge.desk.site import Site
from edge.ground import sealing
from edge.ground.clock import system_chance
from edge.ground.problem import Problem
from tests.fakes.kiosk import open_site
from tests.fakes.time_and_chance import Time, Watch
from tests.faults.driver import ITEM, SITE, say

TRIES = 4
STACK_BYTES = 512 * 2**20   # of a new thread: more than is left


def work(site: Site) -> None:
    """Hand in one form and say what came of it."""
    try:
        item = site.catalogue().item(ITEM)
        tail = str(item.example[item.applicant.id_number])[-4:]
        lodged = lodge(site, item, dict(item.example), channel="kiosk")
    except Problem as problem:
        say("refused", problem.kind.code)
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is no receipt
        say("refused", type(fault).__name__)
    else:
        say("told", lodged.id, lodged.receipt, tail)


class Clerk:
    """A thread that takes forms, as those of the kiosk's server do: started while there was enough of everything.

    A thread that is started in want of memory may die before it says so, and whoever started it waits for ever.
    """

    def __init__(self, site: Site) -> None:
        self._asked, self._done = threading.Semaphore(0), threading.Semaphore(0)
        self._site = site
        threading.Thread(target=self._serve, daemon=True).start()

    def take(self) -> None:
        """Have one form taken."""
        self._asked.release()
        self._done.acquire()

    def _serve(self) -> None:
        while True:
            self._asked.acquire()
            work(self._site)
            self._done.release()


def take_afresh(site: Site) -> None:
    """Take one form in a new thread, or say that none could be started."""
    thread = threading.Thread(target=work, args=(site,))
    try:
        thread.start()
    except (RuntimeError, MemoryError) as fault:
        say("refused", type(fault).__name__)
    else:
        thread.join()


@contextmanager
def limited(limit: int, to: int) -> Iterator[None]:
    """Allow no more than this."""
    soft, hard = resource.getrlimit(limit)
    resource.setrlimit(limit, (to, hard))
    try:
        yield
    finally:
        resource.setrlimit(limit, (soft, hard))


def in_use() -> int:
    """Return how many bytes of addresses this process has."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()


def without_handles(site: Site, _clerk: Clerk) -> None:
    """No file can be opened any more, then one, then two; a new thread opens its own connection."""
    for spare in range(TRIES):
        with limited(resource.RLIMIT_NOFILE, max(int(one.name) for one in Path("/proc/self/fd").iterdir()) + spare):
            take_afresh(site)


def without_file_size(site: Site, clerk: Clerk) -> None:
    """No file may become longer than the WAL is now."""
    wal = site.store.path.with_name(site.store.path.name + "-wal")
    with limited(resource.RLIMIT_FSIZE, wal.stat().st_size + 4096):
        for _ in range(TRIES):
            clerk.take()


def without_memory(site: Site, clerk: Clerk) -> None:
    """A form's track key needs more than there is."""
    sealing._TRACK_KIB = 256 * 1024
    with limited(resource.RLIMIT_AS, in_use() + 64 * 2**20):
        for _ in range(TRIES):
            clerk.take()
    sealing._TRACK_KIB = 8


def without_threads(site: Site, _clerk: Clerk) -> None:
    """No thread can be started any more."""
    threading.stack_size(STACK_BYTES)
    with limited(resource.RLIMIT_AS, in_use() + 64 * 2**20):
        for _ in range(TRIES):
            take_afresh(site)
    threading.stack_size(0)


HUNGERS: dict[str, Callable[[Site, Clerk], None]] = {
    "handles": without_handles, "file-size": without_file_size, "memory": without_memory, "threads": without_threads}


def main(folder: Path) -> None:
    """Take forms with too little of something, then with enough."""
    sealing._TRACK_KIB = 8
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)   # as Python does; a write then fails
    site = open_site(folder / "sites" / SITE, Watch(Time()), system_chance)
    clerk = Clerk(site)
    clerk.take()
    for what, starve in HUNGERS.items():
        say("starved", what)
        starve(site, clerk)
        say("fed", what)
        clerk.take()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
