"""Fetch the Mandarin voice for `make voice`: `python -m install.voice_style FILE`, from the pinned npm package."""

import json
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
    packages: list[vendor.Package] = json.loads(vendor.PINS.read_text("utf-8"))["packages"]
    (package,) = (one for one in packages if one["name"] == PACKAGE)
    with tempfile.TemporaryDirectory() as folder:
        found = vendor.integrity(vendor.fetch(package, Path(folder)))
        if found != package["integrity"]:
            raise SystemExit(f"{PACKAGE}: the archive is {found}, pinned is {package['integrity']}")
        (archive,) = Path(folder).glob("*.tgz")
        return vendor.unpack(archive, VOICE)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(voice_style())
