"""What only the packaged executable must see to: its libraries are for itself, and its two halves end together."""

import os
import signal
import sys
from pathlib import Path

LIBRARIES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, prctl(2)


def settle() -> None:
    """Put the surroundings right; does nothing for a program that was not packaged."""
    unpacked = getattr(sys, "_MEIPASS", None)
    if unpacked is None:
        return
    for name in LIBRARIES:
        _give_back(name)
    if Path(unpacked).name.startswith("_MEI") and sys.platform == "linux":
        _end_with_parent()


def _give_back(name: str) -> None:
    """Restore a search path that the start of the executable changed: a browser that we open must find its own."""
    before = os.environ.pop(f"{name}_ORIG", None)
    if before is not None:
        os.environ[name] = before
    else:
        os.environ.pop(name, None)


def _end_with_parent() -> None:
    """Let the half that serves be killed with the half that unpacked it, or it would hold ports and folder for ever."""
    import ctypes

    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    if os.getppid() == 1:
        os.kill(os.getpid(), signal.SIGKILL)  # it was gone before we asked
