"""The executable as `make package` builds it."""

import fcntl
import subprocess
from pathlib import Path

import pytest

from tests.executable.program import FOLDER, ROOT, Yizhan


@pytest.fixture(scope="session")
def yizhan() -> Yizhan:
    """The folder build; built now where it has not been."""
    if not FOLDER.exists():
        (ROOT / "build").mkdir(exist_ok=True)
        with Path(ROOT / "build" / "package.lock").open("w") as only_one:
            fcntl.flock(only_one, fcntl.LOCK_EX)
            subprocess.run(["make", "package"], cwd=ROOT, check=True, capture_output=True)
    return Yizhan(FOLDER)
