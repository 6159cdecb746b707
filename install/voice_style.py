"""Fetch the Mandarin voice for `make voice`: `python -m install.voice_style FILE`, from the pinned npm package."""

import sys
import tempfile
from pathlib import Path

from install import vendor

PACKAGE, VOICE = "kokoro-js", "package/voices/zf_xiaoxiao.bin"


def voice_style() -> bytes:
    """Return the voice.

    Raises:
        SystemExit: what came is not what is pinned.
    """
    with tempfile.TemporaryDirectory() as folder:
        return vendor.unpack(vendor.pinned(PACKAGE, Path(folder)), VOICE)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(voice_style())
