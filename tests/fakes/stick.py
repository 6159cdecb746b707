"""A stick and the courier who carries it, between the simulated county's machines and its hub."""

from pathlib import Path

import pytest

from edge.desk.courier import Exported, Heard
from sync.agent import courier as outward
from sync.hub import courier as inward
from sync.hub.courier import Tally
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk


@pytest.fixture(name="kiosk")
def without_line(county: County) -> Kiosk:
    """A machine without a line."""
    machine = county.kiosk("柳河镇")
    machine.link.up = False
    return machine


class Stick:
    """A folder that comes and goes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def export(self, kiosk: Kiosk) -> Exported:
        """Let a machine write what the county does not hold yet."""
        return outward.export(kiosk.site, self.folder)

    def files(self, *, replies: bool = False) -> list[Path]:
        """Return the questions on it, or the replies, in the order of their names."""
        return [path for path in sorted(self.folder.glob("*.ferry")) if (path.stem[-1] in "R23456789" and "R" in
                                                                        path.stem.rpartition("_")[2]) is replies]

    def read_in(self, county: County, path: Path) -> Tally:
        """Let the county read one file in and put the reply beside it."""
        with path.open("rb") as file:
            tally, replies = inward.take(county.hub, file.read)
        if replies:
            inward.write_reply(self.folder, path.stem, replies)
        return tally

    def there(self, county: County) -> list[Tally]:
        """Let the county read all questions in."""
        return [self.read_in(county, path) for path in self.files()]

    def back(self, kiosk: Kiosk) -> list[Heard]:
        """Let a machine read all replies."""
        return [kiosk.hear_file(path) for path in self.files(replies=True)]
