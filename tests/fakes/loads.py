"""What came to the hub's port in loads, and a machine that sends them."""

from collections import Counter
from collections.abc import Callable

from sync.agent.hub_link import CHUNKS
from sync.agent.pace import Pace
from sync.protocol.cargo import Chunk
from sync.protocol.exchange import take_apart
from sync.protocol.loose import read_load
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk

SITE = "柳河镇"
CUT_OFTEN = Pace().failed(alive_seconds=3.0)


class Port:
    """The hub's port, which notes what came to it: loads as their chunks, questions as None."""

    def __init__(self, county: County) -> None:
        self.county, self.came, self.real = county, list[list[Chunk] | None](), county.answer
        self.before_load: Callable[[], object] = lambda: None

    @classmethod
    def at(cls, county: County) -> "Port":
        """Stand between the county's machines and its hub from now on."""
        port = cls(county)
        county.answer = port.answer  # type: ignore[method-assign]  # the very seam that the simulator is made with
        return port

    def answer(self, path: str, message: bytes) -> bytes:
        """Note a message and answer it."""
        self.came.append(read_load(take_apart(message)) if path == CHUNKS else None)
        if path == CHUNKS:
            self.before_load()
        return self.real(path, message)

    @property
    def loads(self) -> list[list[Chunk]]:
        """The loads in their order."""
        return [one for one in self.came if one is not None]

    def brought(self) -> Counter[tuple[bytes, int]]:
        """How often each item came."""
        return Counter((chunk.blob, chunk.item) for load in self.loads for chunk in load)


def cut_often(county: County) -> Kiosk:
    """Return a machine that knows what its hub takes, on a line that was cut a moment ago."""
    kiosk = county.kiosk(SITE)
    kiosk.sync()
    kiosk.agent.pace = CUT_OFTEN
    return kiosk
