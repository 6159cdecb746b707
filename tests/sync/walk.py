"""A random walk through a county: thousands of small plans of what may happen, each ending in a healing.

    python -m tests.sync.walk --minutes 30          # new plans until the time is over
    python -m tests.sync.walk --seed 4711           # one plan, and when it breaks its shortest form

A plan is a list of (operation, random number), so a plan that breaks something can be shrunk by leaving operations out.
"""

import argparse
import random
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from edge.ground.problem import REVOKED, Problem
from edge.records import facts, lane
from sync.hub import aside
from tests.fakes.county import County, fast_folder
from tests.fakes.kiosk import MOST_ROUNDS, Kiosk
from tests.fakes.wire import PulledPlug
from tests.sync import strangers
from tests.sync.copies_walk import SITES
from tests.sync.invariants import Broken, Witness, must
from tests.sync.line_walk import Lines

Plan = list[tuple[str, int]]

MIX: dict[str, float] = {
    "lodge": 20, "photos": 5, "ask": 14, "deliver": 16, "hear": 14, "round": 12, "open": 6, "decide": 8, "amend": 4,
    "inquire": 1, "crash": 3, "plug": 2, "wrong_clock": 1, "copy_hub": 4, "restore_hub": 4, "image": 2,
    "restore_image": 2, "clone": 1, "die": 1, "revoke": 0.4, "squat": 1, "unknown_kind": 1, "time": 2,
    "backup": 4, "restore": 3, "prune": 4, "export": 3, "carry": 3, "bring_home": 3}
SOMETIMES = ("restore_hub", "restore", "restore_image", "clone", "revoke", "squat", "wrong_clock", "plug", "export")


def plan(seed: int) -> Plan:
    """Return the plan of this seed. Each seed loves other faults."""
    dice = random.Random(seed)
    length = dice.choice([15, 30, 30, 60])
    off = {name for name in SOMETIMES if dice.random() < 0.4}
    off |= {"restore_hub"} if dice.random() < 0.6 else {"prune"}   # a copy that is on no list holds what it holds
    names = [name for name in MIX if name not in off]
    much = {name: dice.choice([1, 1, 1, 6]) if MIX[name] < 6 else 1 for name in names}
    weights = [MIX[name] * much[name] for name in names]
    return list(zip(dice.choices(names, weights, k=length), (dice.getrandbits(30) for _ in range(length)), strict=True))


class Walk(Lines):
    """One plan being walked."""

    def __init__(self, folder: Path, seed: int) -> None:
        county = County(folder, seed, SITES)
        super().__init__(county, Witness(county))

    def step(self, name: str, number: int) -> None:
        """Do one operation and look at everything."""
        dice = random.Random(number)
        machines = list(self.county.kiosks.values())
        try:
            OPERATIONS[name](self, machines[number % len(machines)], dice)
        except PulledPlug:
            self._all_off_and_on()
        except Problem as refused:
            must(refused.kind is REVOKED and machines[number % len(machines)].device in self.revoked, str(refused))
        self.witness.check()

    def _all_off_and_on(self) -> None:
        self.county.dice.forget_plans()
        for kiosk in self.county.kiosks.values():
            kiosk.dice.forget_plans()
            kiosk.restart()
        self.county.restart_hub()

    # --- operations

    def open(self, kiosk: Kiosk, dice: random.Random) -> None:
        """The hub opens what came; the power may fail in the middle."""
        if dice.random() < 0.3:
            self.county.dice.pull_plug_at(dice.randrange(1, 12))
        self.county.open()
        self.county.dice.forget_plans()

    def crash(self, kiosk: Kiosk, dice: random.Random) -> None:
        """A process ends and starts again."""
        if dice.random() < 0.3:
            self.county.restart_hub()
        else:
            kiosk.restart()

    def plug(self, kiosk: Kiosk, dice: random.Random) -> None:
        """The plug is pulled somewhere inside a citizen's form or an exchange."""
        owner = kiosk.dice if dice.random() < 0.5 else self.county.dice
        owner.pull_plug_at(dice.randrange(1, 9))
        with suppress(Problem):
            kiosk.lodge()
        self.round(kiosk, dice)
        owner.forget_plans()

    def wrong_clock(self, kiosk: Kiosk, dice: random.Random) -> None:
        """A clock jumps by years."""
        kiosk.set_clock_wrong(days=dice.choice([-3650, -30, 0, 30, 3650]))

    def time(self, kiosk: Kiosk, dice: random.Random) -> None:
        """Hours pass."""
        self.county.pass_time(minutes=dice.choice([10, 20]))

    def unknown_kind(self, kiosk: Kiosk, dice: random.Random) -> None:
        """A newer machine and a newer hub say what this version does not know."""
        strangers.of_unknown_kind(kiosk)
        strangers.down_of_unknown_kind(self.county, kiosk)

    # --- healing

    def heal(self) -> None:
        """All lines are up, every clock is right, what was held back arrives, a person decides what must be decided."""
        county = self.county
        county.dice.forget_plans()
        for kiosk in county.kiosks.values():
            kiosk.dice.forget_plans()
            kiosk.link.forget_plans()
            kiosk.set_clock_wrong()
        for _, question in self.under_way:
            county.answer("/ferry/v1/sync", question)
        self.read_in_the_rest()
        self._settle()
        for kiosk in county.kiosks.values():   # a revoked lane has drained as well; now a person releases it
            if kiosk.device in self.revoked:
                aside.release(county.hub, kiosk.device, "it", "查清了，是本县的机器")
        self.witness.barred.clear()
        self._settle()
        for case in county.case_rows():
            if case.state in ("held", "needs_correction"):
                county.decide(case.code, "reject")
        self._settle()
        self.witness.check_healed()

    def _settle(self) -> None:
        for _ in range(5):
            self.county.pass_time(minutes=10)
            for kiosk in self.county.kiosks.values():
                if kiosk.device in self.revoked:
                    _read_disk(kiosk)
            self.county.open()
            self.witness.check()
            if all(_idle(kiosk) for kiosk in self.county.kiosks.values()):
                break


def _read_disk(kiosk: Kiosk) -> None:
    """Read in the disk of a machine that was struck off: it stops at each answer."""
    for _ in range(MOST_ROUNDS):
        kiosk.lift()
        outcome = kiosk.sync(most=1)
        if outcome is None or not outcome.more:
            break


def _idle(kiosk: Kiosk) -> bool:
    db = kiosk.site.store.read()
    return lane.head(db).n == lane.acked(db)[0] and facts.get(db, "echo_owed", bytes) is None


OPERATIONS: dict[str, Callable[[Walk, Kiosk, random.Random], None]] = {name: getattr(Walk, name) for name in MIX}


def play(steps: Plan, seed: int) -> str | None:
    """Walk a plan and heal; return what broke, or None."""
    with fast_folder() as folder:
        walk = Walk(Path(folder) / "county", seed)
        try:
            for name, number in steps:
                walk.step(name, number)
            walk.heal()
        except Broken as broken:
            return str(broken)
        except Exception as fault:  # noqa: BLE001 - whatever the product raises here, it raises at a county
            return f"{type(fault).__name__}: {traceback.format_exc(limit=-3)}"
        finally:
            walk.county.close()
    return None


def shrink(steps: Plan, seed: int, what: str) -> Plan:
    """Return a shorter plan that breaks the same invariant."""
    size = len(steps) // 2
    while size:
        at = 0
        while at < len(steps):
            shorter = steps[:at] + steps[at + size:]
            if (play(shorter, seed) or "")[:3] == what[:3]:
                steps = shorter
            else:
                at += size
        size //= 2
    return steps


def main() -> int:
    """Walk plans and print what broke."""
    words = argparse.ArgumentParser(prog="python -m tests.sync.walk", description="Random walks through a county.")
    words.add_argument("--minutes", type=float, default=1.0, help="how long to look for new plans")
    words.add_argument("--first", type=int, default=1000, help="the first seed")
    words.add_argument("--seed", type=int, help="walk this one plan only")
    given = words.parse_args()
    end, seed, broken = time.monotonic() + given.minutes * 60, given.first, 0
    while given.seed is not None or time.monotonic() < end:
        at = given.seed if given.seed is not None else seed
        what = play(plan(at), at)
        if what:
            broken += 1
            short = shrink(plan(at), at, what)
            print(f"seed {at}: {what}\n    " + " ".join(f"{name}:{number}" for name, number in short), flush=True)  # noqa: T201 - a command
        if given.seed is not None:
            break
        seed += 1
    print(f"walked {seed - given.first if given.seed is None else 1} plans, {broken} broke something")  # noqa: T201 - a command
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
