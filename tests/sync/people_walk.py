"""What citizens and reviewers do in a random walk, and who pretends to be one."""

import random
from contextlib import suppress

from edge.ground.problem import CASE_INCOMPLETE, Problem
from tests.fakes.kiosk import Kiosk
from tests.fakes.snaps import picture
from tests.sync import photos_kept, strangers
from tests.sync.copies_walk import Copies
from tests.sync.invariants import must


class People(Copies):
    """Whoever stands at a machine, and whoever decides."""

    def lodge(self, kiosk: Kiosk, dice: random.Random) -> None:
        """A citizen hands in a form. By a wrong clock somebody may seem too young: refused, and told so."""
        with suppress(Problem):
            kiosk.lodge(dice.choice(["RS-01", "MZ-01"]))

    def photos(self, kiosk: Kiosk, dice: random.Random) -> None:
        """A citizen hands in a form with photos: of one chunk, of several, and twice the same."""
        with suppress(Problem):
            kiosk.lodge("RS-01", photos=[picture(dice.choice([2, 40, 90])) for _ in range(dice.choice([1, 2]))])

    def decide(self, kiosk: Kiosk, dice: random.Random) -> None:
        """A reviewer decides some case."""
        rows = [case for case in self.county.case_rows() if case.state in ("held", "accepted")]
        if rows:
            case = dice.choice(rows)
            word = "finish" if case.state == "accepted" else dice.choice(["accept", "return", "return", "reject"])
            asks = [("name", "看不清")] if word == "return" else []
            try:
                self.county.decide(case.code, word, asks=asks)   # type: ignore[arg-type]  # one of the words
            except Problem as refused:
                must(refused.kind is CASE_INCOMPLETE and photos_kept.waits(self.county, case), str(refused))

    def amend(self, kiosk: Kiosk, dice: random.Random) -> None:
        """A citizen brings what was asked for, at this machine or another."""
        words = kiosk.words()
        waiting = [told for told in self.county.told.values() if words.get(told.name, (0, ""))[1] == "needs_correction"]
        if waiting:
            told = dice.choice(waiting)
            if kiosk.track(told.receipt) == "needs_correction":
                kiosk.amend(told.receipt)

    def inquire(self, kiosk: Kiosk, dice: random.Random) -> None:
        """A citizen asks at any machine."""
        if self.county.told:
            kiosk.inquire(dice.choice(sorted(self.county.told)))

    def squat(self, kiosk: Kiosk, dice: random.Random) -> None:
        """A machine sends rubbish under a receipt code that another one printed."""
        if self.county.told:
            told = self.county.told[dice.choice(sorted(self.county.told))]
            strangers.rubbish_under(kiosk, told.receipt)
