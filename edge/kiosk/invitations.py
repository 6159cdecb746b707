"""The codes that let phones in: shown on the machine's own screen, each good for one phone and a few minutes.

A code is 128 bits of chance, kept in memory only and spent by whoever uses it first. A photographed old one opens
nothing, and one that was used says so.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from edge.ground.clock import Chance
from edge.ground.problem import CODE_OLD, CODE_SPENT, PHONES_FULL, Problem
from edge.kiosk.allowance import Allowance

CODE_BYTES = 16
GOOD_SECONDS = 180.0
FRESH_SECONDS = 60.0
"""A screen shows a code for a minute; who scanned it in the last second still has two."""
REMEMBERED_SECONDS = 1800.0
MOST_CODES = 256
MOST_PHONES_AT_ONCE = 20.0
PHONES_A_SECOND = 60 / 3600
"""How many phones may come in one after the other, and how many an hour after that."""

Begun = TypeVar("Begun")


@dataclass
class Invitation:
    """A code, when it was made, how the page looks that shows it, and whether a phone has used it."""

    code: str
    made: float
    lang: str = "zh"
    large: bool = False
    dark: bool = False
    spent: bool = False


class Invitations:
    """All codes of this machine. Safe to use from many threads."""

    def __init__(self, monotonic: Callable[[], float], chance: Chance) -> None:
        self._monotonic = monotonic
        self._chance = chance
        self._known: dict[str, Invitation] = {}
        self._pace = Allowance(monotonic, MOST_PHONES_AT_ONCE, PHONES_A_SECOND)
        self._lock = threading.Lock()

    def make(self, lang: str = "zh", *, large: bool = False, dark: bool = False) -> Invitation:
        """Return a new code; the oldest is forgotten when there are too many."""
        made = Invitation(self._chance(CODE_BYTES).hex(), self._monotonic(), lang, large, dark)
        with self._lock:
            for code in [one.code for one in self._known.values() if made.made - one.made > REMEMBERED_SECONDS]:
                del self._known[code]
            while len(self._known) >= MOST_CODES:
                del self._known[next(iter(self._known))]
            self._known[made.code] = made
        return made

    def is_fresh(self, one: Invitation) -> bool:
        """Tell if a screen may go on showing a code."""
        return self._monotonic() - one.made < FRESH_SECONDS

    def check(self, code: str) -> Invitation:
        """Return the invitation of a code that a phone may still use.

        Raises:
            Problem: CODE_SPENT, CODE_OLD.
        """
        found = self._known.get(code)
        if found is None:
            raise Problem(CODE_OLD)
        if found.spent:
            raise Problem(CODE_SPENT)
        if self._monotonic() - found.made >= GOOD_SECONDS:
            raise Problem(CODE_OLD)
        return found

    def spend(self, code: str, begin: Callable[[Invitation], Begun | None]) -> Begun:
        """Return what `begin` made for the first phone that brings the code; where it makes nothing, nothing is spent.

        Raises:
            Problem: CODE_SPENT, CODE_OLD, PHONES_FULL.
        """
        with self._lock:
            found = self.check(code)
            begun = begin(found) if self._pace.has() else None
            if begun is None:
                raise Problem(PHONES_FULL)
            self._pace.take()
            found.spent = True
        return begun
