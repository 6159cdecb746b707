"""I4, I16, I22: what no machine holds any more stands in the hub and in every backup that may be restored; what was
erased is erased everywhere; the black book never shrinks.
"""

from contextlib import closing
from pathlib import Path

from sync.hub.book import Kind
from sync.hub.tables import book
from sync.hub.tables.copying import open_still
from tests.fakes.county import County


class Keeper:
    """Looks at a county's backups and its black book, and remembers what may not fall."""

    def __init__(self, county: County) -> None:
        self.county = county
        self._names: dict[Path, set[bytes]] = {}
        self._lines: set[tuple[str, bytes]] = set()

    def faults(self, here: set[bytes], excused: set[bytes]) -> list[str]:
        """Return what does not hold.

        Args:
            here: names of all envelopes on the machines' disks.
            excused: names that were destroyed with a disk.
        """
        gone = {told.name for told in self.county.told.values()} - here - excused
        lacking = [path.name for path in self.county.backups() if gone - self._names_in(path)]
        return [*(f"I4 {name} lacks what was deleted" for name in lacking), *self._erased(), *self._shrunk()]

    def _names_in(self, path: Path) -> set[bytes]:
        if path not in self._names:
            with closing(open_still(path)) as db:
                self._names[path] = {row["name"] for row in db.execute(
                    "SELECT name FROM envelopes WHERE payload IS NOT NULL")}
        return self._names[path]

    def _erased(self) -> list[str]:
        db = self.county.hub.store.read()
        rows = db.execute("SELECT name FROM envelopes WHERE payload IS NOT NULL").fetchall()
        return [f"I16 {row['name'].hex()[:8]} was erased and is readable" for row in rows
                if book.has(db, Kind.ERASED, row["name"])]

    def _shrunk(self) -> list[str]:
        lines = {(line.kind, line.subject) for line in book.every(self.county.hub.store.read())}
        on_disk = {(line.kind, line.subject) for line in self.county.hub.book.read(self.county.hub.book.path)}
        missing = [f"I22 {kind} {subject.hex()[:8]} vanished from the black book"
                   for kind, subject in self._lines - (lines & on_disk)]
        self._lines |= lines
        return missing
