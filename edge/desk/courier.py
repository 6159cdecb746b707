"""What the desk knows of the courier: a stick goes out with what the county lacks, and comes back with its reply.

The conversation itself is not the desk's business; whoever puts the machine together plugs one in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

Tell = Callable[[int, int], None]
"""Called with (done, total) envelopes."""


@dataclass(frozen=True)
class Exported:
    """What was written: the names of the files, in order, and how many envelopes and bytes they hold."""

    names: tuple[str, ...]
    envelopes: int
    size: int


@dataclass(frozen=True)
class Heard:
    """What a reply file brought: how far the receipt rose, how many envelopes came down, which file it answers."""

    held: int = 0
    came: int = 0
    answers: str = ""    # the name of the file that it answers; "" when this machine wrote none such
    torn: bool = False
    again: bool = False  # read before


class Courier(Protocol):
    """What carries the conversation on a stick."""

    def export(self, folder: Path, tell: Tell) -> Exported:
        """Write all that the county does not hold yet; when this returns, the stick may be pulled out.

        Raises:
            Problem: STICK_GONE, STICK_FULL, STICK_READ_ONLY, STICK_SPOILT, BUSY.
        """
        ...

    def replies(self, folder: Path) -> list[Path]:
        """Return the files on a stick that the county wrote."""
        ...

    def hear(self, path: Path) -> Heard:
        """Take over what a reply brings.

        Raises:
            Problem: STICK_GONE, NO_FERRY_FILE, FILE_TOO_LARGE, FOR_THE_OTHER_SIDE, FOR_ANOTHER_MACHINE, BUSY.
        """
        ...
