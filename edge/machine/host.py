"""The machine itself: its disk, and which machine it is."""

import os
import shutil
from pathlib import Path

from edge.ground.disk import Disk
from edge.machine.fingerprint import Facts, stable_facts


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

    def stable_facts(self) -> Facts:
        """Return what makes this machine this one; what cannot be read is left out."""
        return stable_facts()
