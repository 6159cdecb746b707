"""What the staff's pages stand on in tests: a courier that writes nothing, and sticks that are folders."""

from pathlib import Path
from typing import TypedDict

from edge.desk.courier import Courier, Exported, Heard, Tell
from edge.ground.problem import STICK_FULL, Problem
from edge.machine.card_reader import CardReader, PretendReader
from edge.machine.sticks import PretendSticks, Sticks

PIN = "482915"


class PretendCourier:
    """A courier that writes what a test says."""

    def __init__(self) -> None:
        self.full = False
        self.asked: list[Path] = []

    def export(self, folder: Path, tell: Tell) -> Exported:
        """Write three forms, unless the stick is full."""
        self.asked.append(folder)
        if self.full:
            raise Problem(STICK_FULL)
        tell(3, 3)
        return Exported(("yizhan_柳河镇便民服务中心-2号机_7.ferry",), 3, 4000)

    def replies(self, folder: Path) -> list[Path]:
        """Return what is called a reply."""
        return sorted(folder.glob("*R.ferry"))

    def hear(self, path: Path) -> Heard:
        """Hear that three forms are held and two words came."""
        return Heard(3, 2, path.name.replace("R.", "."))


class Plugged(TypedDict):
    """What `create_kiosk` is told."""

    courier: Courier
    sticks: Sticks
    reader: CardReader


def plugged(folder: Path) -> Plugged:
    """Return a courier, one stick in a folder with the county's reply on it, and a card reader."""
    stick = folder / "KINGSTON"
    stick.mkdir()
    (stick / "yizhan_柳河镇便民服务中心-2号机_7R.ferry").write_bytes(b"\x10")
    return Plugged(courier=PretendCourier(), sticks=PretendSticks(stick), reader=PretendReader())
