"""The machine itself: its disk."""

import os
import shutil
from pathlib import Path
from typing import Protocol

from edge.ground.disk import Disk


class Host(Protocol):
    """What must be known of the machine."""

    def free_bytes(self) -> int:
        """Return the free bytes of the disk that holds the site's folder."""
        ...

    def disk(self) -> Disk | None:
        """Return how that disk stands; None when it does not answer."""
        ...


class LocalHost:
    """The machine this runs on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def free_bytes(self) -> int:
        """Return the free bytes; 0 when the disk does not answer."""
        try:
            return shutil.disk_usage(self._folder).free
        except OSError:
            return 0

    def disk(self) -> Disk | None:
        """Return how the disk stands; None when it does not answer."""
        try:
            room = shutil.disk_usage(self._folder)
            # Windows says only at a write that a disk is read-only
            flags = os.statvfs(self._folder).f_flag if hasattr(os, "statvfs") else 0
        except OSError:
            return None
        return Disk(room.used, room.free, bool(flags & getattr(os, "ST_RDONLY", 1)))


class PretendHost:
    """A machine with as much room as a test says."""

    def __init__(self, free: int = 10**10) -> None:
        self.free = free

    def free_bytes(self) -> int:
        """Return what the test said."""
        return self.free

    def disk(self) -> Disk | None:
        """Return a disk of 20 GB with that much room."""
        return Disk(20 * 10**9 - self.free, self.free)
