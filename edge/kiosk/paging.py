"""What does not fit on one screen becomes the next one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One screenful; numbers count from 1."""

    rows: Sequence[Row]
    number: int
    count: int

    @property
    def before(self) -> int | None:
        """Return the number of the page before, or None."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """Return the number of the next page, or None."""
        return self.number + 1 if self.number < self.count else None


def cut(rows: Sequence[Row], size: int, wanted: str | int) -> Page[Row]:
    """Return the wanted page; a number that is none, or beyond the ends, becomes the nearest one."""
    count = max(1, -(-len(rows) // size))
    text = str(wanted)
    number = min(max(int(text), 1), count) if text.isascii() and text.isdigit() and len(text) < 5 else 1
    return Page(rows[(number - 1) * size : number * size], number, count)
