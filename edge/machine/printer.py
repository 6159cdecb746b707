"""The printer of receipts. A receipt never touches our disk: it goes to a device or a queue, or nowhere."""

import os
import stat
import subprocess  # nosec B404 - lp, with words of our own
from pathlib import Path
from typing import Protocol

from edge.ground.problem import NO_PRINTER, PRINTER_FAULT, Problem
from edge.machine.sheet import render_sheet
from edge.machine.slip import SlipText, render

LONGEST_SECONDS = 30


class Printer(Protocol):
    """What prints a receipt."""

    def draw(self, text: SlipText) -> bytes:
        """Return the receipt as this printer takes it: ESC/POS, or a page of A4."""
        ...

    def put(self, slip: bytes) -> None:
        """Print what `draw` returned.

        Raises:
            Problem: NO_PRINTER, or PRINTER_FAULT when paper, power or cable is missing.
        """
        ...


class DevicePrinter:
    """A thermal printer behind a device file such as /dev/usb/lp0."""

    def __init__(self, device: Path) -> None:
        self._device = device

    def draw(self, text: SlipText) -> bytes:
        """Return the slip as ESC/POS."""
        return render(text)

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


class QueuePrinter:
    """An A4 printer behind a queue of CUPS."""

    def __init__(self, queue: str, lp: str = "lp") -> None:
        self._queue, self._lp = queue, lp

    def draw(self, text: SlipText) -> bytes:
        """Return the receipt as a page of A4, a PDF."""
        return render_sheet(text)

    def put(self, slip: bytes) -> None:
        """Hand the page to the queue; its title names nobody."""
        asked = [self._lp, "-s", "-d", self._queue, "-t", "receipt", "-o", "media=A4", "-"]
        try:
            said = subprocess.run(  # nosec B603 - a list of our own words, no shell
                asked, input=slip, capture_output=True, timeout=LONGEST_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as fault:
            raise Problem(PRINTER_FAULT, type(fault).__name__) from fault
        if said.returncode:
            raise Problem(PRINTER_FAULT, f"lp ended with {said.returncode}")


class NoPrinter:
    """A machine without a printer says so at once; the code on the screen is as good as paper."""

    def draw(self, text: SlipText) -> bytes:
        """Return nothing: drawing for nobody would only slow down those who hand in meanwhile."""
        return b""

    def put(self, slip: bytes) -> None:
        """Refuse."""
        raise Problem(NO_PRINTER)


class PretendPrinter:
    """Keeps what was printed, for tests; `out_of_paper` makes it fail."""

    def __init__(self) -> None:
        self.slips: list[bytes] = []
        self.out_of_paper = False

    def draw(self, text: SlipText) -> bytes:
        """Return the slip as ESC/POS."""
        return render(text)

    def put(self, slip: bytes) -> None:
        """Keep the slip."""
        if self.out_of_paper:
            raise Problem(PRINTER_FAULT, "out of paper")
        self.slips.append(slip)


def printer_at(setting: str) -> Printer:
    """Return the printer of a setting: a device file, `lp:QUEUE` for A4, or nothing."""
    if setting.startswith("lp:"):
        return QueuePrinter(setting.removeprefix("lp:"))
    return DevicePrinter(Path(setting)) if setting else NoPrinter()
