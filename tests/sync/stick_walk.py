"""What sticks do in a random walk: written, carried, torn, lost, read twice, brought home to whomever."""

import random
from pathlib import Path

from edge.ground.problem import FOR_ANOTHER_MACHINE, Problem
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.fakes.stick import Stick
from tests.sync.invariants import Witness


class Sticks:
    """The sticks of a walk. `sticks` are files of machines, wherever they lie; `homeward` the county's replies."""

    def __init__(self, county: County, witness: Witness) -> None:
        self.county, self.witness = county, witness
        self.sticks: list[Path] = []
        self.homeward: list[Path] = []

    def export(self, kiosk: Kiosk, dice: random.Random) -> None:
        """A machine writes a stick; the power may fail in the middle."""
        if dice.random() < 0.2:
            kiosk.dice.pull_plug_at(dice.randrange(1, 4))
        stick = Stick(self.county.folder / "sticks" / str(number_of(self.county.folder / "sticks")))
        stick.export(kiosk)
        kiosk.dice.forget_plans()
        self.sticks += stick.files()

    def carry(self, kiosk: Kiosk, dice: random.Random) -> None:
        """Some stick is read in at the county: in any order, perhaps again, perhaps torn; some are lost on the way."""
        if not self.sticks:
            return
        path = dice.choice(self.sticks)
        if dice.random() < 0.5:
            self.sticks.remove(path)
        if dice.random() < 0.1:
            return   # it lies in a gutter
        whole = path.read_bytes()
        if dice.random() < 0.3:
            path = path.with_name(f"torn{dice.getrandbits(30)}.ferry")
            path.write_bytes(whole[:dice.randrange(len(whole))])
        else:
            self.witness.check_file(path, lambda: Stick(path.parent).read_in(self.county, path))
            self.homeward += [one for one in Stick(path.parent).files(replies=True) if one not in self.homeward]
            return
        Stick(path.parent).read_in(self.county, path)

    def bring_home(self, kiosk: Kiosk, dice: random.Random) -> None:
        """Some reply is read at its machine, at a twin, or at another one; perhaps torn."""
        if not self.homeward:
            return
        path = dice.choice(self.homeward)
        if dice.random() < 0.4:
            self.homeward.remove(path)
        if dice.random() < 0.2:
            whole = path.read_bytes()
            path = path.with_name(f"half{dice.getrandbits(30)}R.ferry")
            path.write_bytes(whole[:dice.randrange(4, len(whole))])
        try:
            kiosk.hear_file(path)
        except Problem as problem:
            assert problem.kind is FOR_ANOTHER_MACHINE

    def read_in_the_rest(self) -> None:
        """Let the county read in what was not lost: some day it arrives."""
        for path in self.sticks:
            Stick(path.parent).read_in(self.county, path)


def number_of(folder: Path) -> int:
    """Return the number of the next stick."""
    return len(list(folder.iterdir())) if folder.exists() else 0
