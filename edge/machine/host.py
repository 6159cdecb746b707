"""The machine itself: free disk."""

import shutil
from pathlib import Path
from typing import Protocol


class Host(Protocol):
    """What must be known of the machine."""

    def free_bytes(self) -> int:
        """Return the free bytes of the disk that holds the site's folder."""
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


class PretendHost:
    """A machine with as much room as a test says."""

    def __init__(self, free: int = 10**10) -> None:
        self.free = free

    def free_bytes(self) -> int:
        """Return what the test said."""
        return self.free
