"""The slip printer. A slip never touches the disk: it goes to a device or nowhere."""

import os
import stat
from pathlib import Path
from typing import Protocol

from edge.ground.problem import NO_PRINTER, PRINTER_FAULT, Problem


class Printer(Protocol):
    """What prints a slip."""

    def put(self, slip: bytes) -> None:
        """Print `slip`, ESC/POS bytes.

        Raises:
            Problem: NO_PRINTER, or PRINTER_FAULT when paper, power or cable is missing.
        """
        ...


class DevicePrinter:
    """A thermal printer behind a device file such as /dev/usb/lp0."""

    def __init__(self, device: Path) -> None:
        self._device = device

    def put(self, slip: bytes) -> None:
        """Write the slip to the device; a regular file is refused, as the slip names a person."""
        try:
            if stat.S_ISREG(self._device.stat().st_mode):
                raise Problem(PRINTER_FAULT, f"{self._device.name} is a file, not a printer")
            handle = os.open(self._device, os.O_WRONLY | os.O_NOCTTY)
        except OSError as fault:
            raise Problem(PRINTER_FAULT, type(fault).__name__) from fault
        try:
            while slip:
                slip = slip[os.write(handle, slip):]
        except OSError as fault:
            raise Problem(PRINTER_FAULT, type(fault).__name__) from fault
        finally:
            os.close(handle)


class NoPrinter:
    """A machine without a printer says so at once; the code on the screen is as good as paper."""

    def put(self, slip: bytes) -> None:
        """Refuse."""
        raise Problem(NO_PRINTER)


class PretendPrinter:
    """Keeps what was printed, for tests; `out_of_paper` makes it fail."""

    def __init__(self) -> None:
        self.slips: list[bytes] = []
        self.out_of_paper = False

    def put(self, slip: bytes) -> None:
        """Keep the slip."""
        if self.out_of_paper:
            raise Problem(PRINTER_FAULT, "out of paper")
        self.slips.append(slip)
