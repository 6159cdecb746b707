"""The machine itself: its disk, and which machine it is."""

import os
import shutil
from pathlib import Path
from typing import Protocol

from edge.ground.disk import Disk
from edge.machine.fingerprint import Facts, stable_facts


class Host(Protocol):
    """What must be known of the machine."""

    def free_bytes(self) -> int:
        """Return the free bytes of the disk that holds the site's folder."""
        ...

    def disk(self) -> Disk | None:
        """Return how that disk stands; None when it does not answer."""
        ...

    def stable_facts(self) -> Facts:
        """Return what makes this machine this one."""
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

    def stable_facts(self) -> Facts:
        """Return what makes this machine this one; what cannot be read is left out."""
        return stable_facts()


class PretendHost:
    """A machine with as much room as a test says, and such hardware."""

    def __init__(self, free: int = 10**10, facts: Facts | None = None) -> None:
        self.free, self.facts = free, facts or {}

    def stable_facts(self) -> Facts:
        """Return what the test said."""
        return self.facts

    def free_bytes(self) -> int:
        """Return what the test said."""
        return self.free

    def disk(self) -> Disk | None:
        """Return a disk of 20 GB with that much room."""
        return Disk(20 * 10**9 - self.free, self.free)
