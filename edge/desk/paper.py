"""The paper bridge: forms printed ahead under reserved numbers, typed in later under the number on the paper.

A number is written down before it is printed, so that no receipt of this machine ever gets it, and only as a mark: who
carries the disk away must not find half of what opens a citizen's record.
"""

from dataclasses import dataclass
from datetime import date, datetime

from edge.desk.site import Site
from edge.domain import receipt
from edge.domain.form import Item
from edge.ground.clock import moment
from edge.ground.problem import TOO_MANY_PAPERS, Problem
from edge.ground.sealing import TrackKey
from edge.records import audit, papers

PAPER = "paper"
MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Numbered:
    """A paper that is being typed in: the number printed on it, and the day on which it was handed in, as it says."""

    code: str
    handed_in: date


@dataclass(frozen=True)
class Known:
    """What this machine knows of a number: for which form it was printed here, and when it was typed in before."""

    mark: bytes
    item: str = ""
    typed_at: tuple[datetime, ...] = ()

    @property
    def own(self) -> bool:
        """Whether the number was printed here."""
        return bool(self.item)


def reserve(site: Site, item: Item, count: int) -> list[str]:
    """Return fresh numbers for paper forms of an item; they are durable when this returns.

    Raises:
        Problem: TOO_MANY_PAPERS.
    """
    if not 1 <= count <= MOST_AT_ONCE:
        raise Problem(TOO_MANY_PAPERS, str(count))
    codes = [receipt.new_code(site.chance) for _ in range(count)]
    marks = [_mark(code) for code in codes]   # costly by intent, so outside the transaction
    at = site.now()
    with site.store.write() as db:
        for mark in marks:
            papers.reserve(db, mark, item.code, item.version, at)
        audit.note(db, at, PAPER, "reserve", item.code, {"count": count})
    return codes


def look(site: Site, code: str) -> Known:
    """Return what this machine knows of the number on a paper."""
    mark, db = _mark(code), site.store.read()
    reserved = papers.get(db, mark)
    return Known(mark, reserved.item if reserved else "", tuple(moment(at) for at in papers.typed(db, mark)))


def _mark(code: str) -> bytes:
    """Return what stands for a number on the disk: it costs as much to try one as to open a citizen's record."""
    return TrackKey.derive(code, PAPER).public
