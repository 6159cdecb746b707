"""The sticks that are plugged in: a Protocol, the real ones of Linux and Windows, and pretend ones."""

import ctypes
import os
import re
import shutil
import string
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

MOUNTS = Path("/proc/mounts")
PLACES = ("/media/", "/run/media/", "/mnt/")
FILE_SYSTEMS = frozenset({"vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk", "ext2", "ext3", "ext4", "udf"})
ESCAPED = re.compile(r"\\([0-7]{3})")   # a space is \040 there
REMOVABLE = 2   # GetDriveTypeW


@dataclass(frozen=True)
class Stick:
    """One stick: what it is called, its folder, how much room it has."""

    name: str
    folder: Path
    free_bytes: int


class Sticks(Protocol):
    """What can be plugged in."""

    def plugged(self) -> list[Stick]:
        """Return the sticks that are there now, by name."""
        ...


class LinuxSticks:
    """What the system or the desktop has mounted where removable things go."""

    def __init__(self, mounts: Path = MOUNTS, places: tuple[str, ...] = PLACES) -> None:
        self._mounts, self._places = mounts, places

    def plugged(self) -> list[Stick]:
        """Return what is mounted from a device under one of the places."""
        try:
            lines = self._mounts.read_text("utf-8", "replace").splitlines()
        except OSError:
            return []
        return _seen(self._folder(line) for line in lines)

    def _folder(self, line: str) -> Path | None:
        parts = line.split()
        if len(parts) < 3 or parts[2] not in FILE_SYSTEMS or not parts[0].startswith("/dev/"):
            return None
        place = ESCAPED.sub(lambda found: chr(int(found[1], 8)), parts[1])
        return Path(place) if place.startswith(self._places) else None


class WindowsSticks:
    """Drive letters of removable drives."""

    def plugged(self) -> list[Stick]:
        """Return the removable drives."""
        kernel: Any = getattr(ctypes, "windll").kernel32   # noqa: B009 - mypy knows it on Windows only
        there: int = kernel.GetLogicalDrives()
        drives = [f"{letter}:\\" for at, letter in enumerate(string.ascii_uppercase) if there >> at & 1]
        return _seen(Path(drive) if kernel.GetDriveTypeW(drive) == REMOVABLE else None for drive in drives)


class PretendSticks:
    """Folders that a test plugs in and pulls out."""

    def __init__(self, *folders: Path) -> None:
        self.folders = list(folders)

    def plugged(self) -> list[Stick]:
        """Return those folders that are there."""
        return _seen(self.folders)


def sticks_here() -> Sticks:
    """Return what finds sticks on this machine."""
    return WindowsSticks() if os.name == "nt" else LinuxSticks()


def _seen(folders: Iterable[Path | None]) -> list[Stick]:
    found = []
    for folder in folders:
        try:
            if folder is not None:
                found.append(Stick(folder.name or str(folder), folder, shutil.disk_usage(folder).free))
        except OSError:
            continue   # it was pulled out in this moment
    # a person chooses by name: two sticks of one name must not be taken for each other
    names = Counter(one.name for one in found)
    told_apart = [replace(one, name=str(one.folder)) if names[one.name] > 1 else one for one in found]
    return sorted(told_apart, key=lambda one: one.name)
