"""Figures side by side, as plain text."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Table:
    """One figure of each thing measured, a row each, with the baseline and the aim beside it."""

    title: str
    columns: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Return the table, the first column left and the others right."""
        lines = [tuple(self.columns), *(tuple(row) for row in self.rows)]
        widths = [max(_width(line[at]) for line in lines) for at in range(len(self.columns))]
        rule = "  ".join("-" * width for width in widths)
        shown = [_line(line, widths) for line in lines]
        return "\n".join([self.title, "", shown[0], rule, *shown[1:], *(f"  {note}" for note in self.notes), ""])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [" " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)]
    first = cells[0] + padded[0]
    return "  ".join([first, *(space + cell for cell, space in zip(cells[1:], padded[1:], strict=True))]).rstrip()


def _width(cell: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in cell)


def milliseconds(seconds: float) -> str:
    """Return 12.3 ms."""
    return f"{seconds * 1000:.1f} ms"


def in_seconds(seconds: float) -> str:
    """Return 1.23 s, or 83 s where tenths say nothing."""
    return f"{seconds:.2f} s" if seconds < 20 else f"{seconds:.0f} s"


def megabytes(size: float) -> str:
    """Return 46 MB."""
    return f"{size / 1_000_000:.0f} MB"
