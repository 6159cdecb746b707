"""What a camera or a file brings becomes a photo that may be kept: decoded and written anew in a child with limits.

Pipes carry the content; it never touches the disk. One child for one photo, two at a time.
"""

import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, Protocol

import msgspec

from edge.ground.problem import (
    PHOTO_FAILED,
    PHOTO_MOVES,
    PHOTO_TOO_LARGE,
    PHOTO_TOO_SMALL,
    PHOTO_UNREADABLE,
    PHOTO_WRONG_KIND,
    Kind,
    Problem,
)
from edge.machine import photo_child
from edge.machine.photo_child import LARGEST_PHOTO_BYTES

MEDIA_TYPE = "image/jpeg"
LARGEST_CLEAN_BYTES = 1_500_000
TIMEOUT_SECONDS = 15.0
AT_ONCE = 2
KINDS: dict[int, Kind] = {
    photo_child.NO_PHOTO: PHOTO_UNREADABLE,
    photo_child.WRONG_KIND: PHOTO_WRONG_KIND,
    photo_child.TOO_MANY_PIXELS: PHOTO_TOO_LARGE,
    photo_child.TOO_SMALL: PHOTO_TOO_SMALL,
    photo_child.MOVES: PHOTO_MOVES,
    photo_child.TOO_HARD: PHOTO_FAILED,
}
"""How the child ended → what is said; whatever else it did is PHOTO_FAILED."""

Hint = Literal["dark", "glare", "blurry"]


class Told(msgspec.Struct, frozen=True):
    """What the child says of a photo: pixels, and what may be wrong with it (never a refusal by itself)."""

    width: int
    height: int
    hints: tuple[Hint, ...]


@dataclass(frozen=True)
class CleanPhoto:
    """A JPEG of pixels only, upright, at most 2000 pixels long."""

    content: bytes
    width: int
    height: int
    hints: tuple[Hint, ...] = ()


class Imaging(Protocol):
    """What makes a photo fit to keep."""

    def clean(self, raw: bytes) -> CleanPhoto:
        """Return the photo without anything but its pixels.

        Raises:
            Problem: PHOTO_WRONG_KIND, PHOTO_UNREADABLE, PHOTO_TOO_LARGE, PHOTO_TOO_SMALL, PHOTO_MOVES, PHOTO_FAILED.
        """
        ...


def own_command() -> list[str]:
    """Return how this program starts the child: the executable calls itself, a checkout runs the module's file."""
    if getattr(sys, "frozen", False):
        return [sys.executable, photo_child.WORD]
    # -I: no folder of the caller and no variable decides what the child imports
    return [sys.executable, "-I", str(Path(photo_child.__file__))]


class ChildImaging:
    """Looks into photos in children of their own."""

    def __init__(self, command: list[str] | None = None, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._command = command or own_command()
        self._timeout_seconds = timeout_seconds
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def clean(self, raw: bytes) -> CleanPhoto:
        """Return the photo without anything but its pixels."""
        if len(raw) > LARGEST_PHOTO_BYTES:
            raise Problem(PHOTO_TOO_LARGE)
        with self._free:
            ended, said = self._run(raw)
        if ended != photo_child.DONE:
            raise Problem(KINDS.get(ended, PHOTO_FAILED))
        head, _, content = said.partition(b"\n")
        try:
            told = msgspec.json.decode(head, type=Told)
        except msgspec.DecodeError as fault:
            raise Problem(PHOTO_FAILED, "the child did not say what it did") from fault
        if not only_pixels(content):
            raise Problem(PHOTO_FAILED, "the child gave something else than a plain JPEG")
        return CleanPhoto(content, told.width, told.height, told.hints)

    def _run(self, raw: bytes) -> tuple[int, bytes]:
        """Return how the child ended and what it wrote; one that hangs or floods is killed."""
        with subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as child:
            clock = threading.Timer(self._timeout_seconds, child.kill)
            clock.start()
            feeder = threading.Thread(target=_feed, args=(child.stdin, raw), daemon=True)
            feeder.start()
            try:
                said = child.stdout.read(LARGEST_CLEAN_BYTES + 1) if child.stdout else b""
                if len(said) > LARGEST_CLEAN_BYTES:
                    child.kill()
                ended = child.wait()
            finally:
                child.kill()
                clock.cancel()
                feeder.join()
        return ended, said


def _feed(to: IO[bytes] | None, raw: bytes) -> None:
    if to is None:
        return
    try:
        with to:
            to.write(raw)
    except OSError:
        pass  # it ended early: how it ended says why


PICTURE_PARTS = frozenset({0xC0, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD, 0xE0})
"""Baseline and progressive frames, tables, scans, restarts, the JFIF head: no comment, no EXIF, no colour profile."""
STUFFED = frozenset({0x00, *range(0xD0, 0xD8)})
"""What stands behind 0xFF inside a scan."""


def only_pixels(content: bytes) -> bool:
    """Tell if this is one whole JPEG that holds nothing but a picture."""
    if content[:2] != b"\xff\xd8" or content[-2:] != b"\xff\xd9" or content.count(b"\xff\xd8\xff") != 1:
        return False
    at = 2
    while at < len(content) - 2:
        if content[at] != 0xFF or content[at + 1] not in PICTURE_PARTS:
            return False
        scan = content[at + 1] == 0xDA
        at += 2 + int.from_bytes(content[at + 2:at + 4], "big")
        while scan and at < len(content) - 2 and (content[at] != 0xFF or content[at + 1] in STUFFED):
            at += 1
    return at == len(content) - 2


class PretendImaging:
    """Takes everything for a clean photo, and hints at what a test wants."""

    def __init__(self, hints: tuple[Hint, ...] = ()) -> None:
        self.hints = hints
        self.seen: list[bytes] = []

    def clean(self, raw: bytes) -> CleanPhoto:
        """Return the same bytes as a photo."""
        if not raw.startswith(b"\xff\xd8"):
            raise Problem(PHOTO_UNREADABLE)
        self.seen.append(raw)
        return CleanPhoto(raw, 1500, 1000, self.hints)
