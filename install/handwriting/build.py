"""Build what the writing box knows: `python -m install.handwriting.build`, a minute; the output is committed.

Fetches the pinned stroke data, compares its digest; `learn.mjs` makes `static/kiosk/data/handwriting.bin` of it.
Needs npm and Node 20; neither is needed to run the product.
"""

import json
import subprocess
import tempfile
from pathlib import Path

from install import vendor

HERE = Path(__file__).resolve().parent
OUTPUT = vendor.ROOT / "static" / "kiosk" / "data" / "handwriting.bin"
PINYIN = vendor.ROOT / "edge" / "kiosk" / "data" / "pinyin.txt"
STROKES = "hanzi-writer-data"


def stroke_archive(folder: Path) -> Path:
    """Fetch the archive of stroke data into a folder and return where it is.

    Raises:
        SystemExit: what came is not what is pinned.
    """
    packages: list[vendor.Package] = json.loads(vendor.PINS.read_text("utf-8"))["packages"]
    (package,) = (one for one in packages if one["name"] == STROKES)
    found = vendor.integrity(vendor.fetch(package, folder))
    if found != package["integrity"]:
        raise SystemExit(f"{STROKES}: the archive is {found}, pinned is {package['integrity']}")
    (archive,) = folder.glob("*.tgz")
    return archive


if __name__ == "__main__":
    OUTPUT.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as box:
        subprocess.run(["node", HERE / "learn.mjs", stroke_archive(Path(box)), PINYIN, OUTPUT], check=True)
