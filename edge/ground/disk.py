"""What must be known of the disk under a folder before something is promised on it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Disk:
    """Room in bytes; `free` is what a program without privileges may still use, so both together may be less than the
    disk.
    """

    used: int
    free: int
    read_only: bool = False

    @property
    def share_used(self) -> float:
        """Return how full it is, 0 to 1, as `df` counts; 0 where nothing is known."""
        return self.used / (self.used + self.free) if self.used + self.free else 0.0


UNKNOWN = Disk(0, 0)
"""Nobody asked the machine: no limit follows from it."""
