"""Build what the writing box knows: `python -m install.handwriting.build`, a minute; the output is committed.

Fetches the pinned stroke data, compares its digest; `learn.mjs` makes `static/kiosk/data/handwriting.bin` of it.
Needs npm and Node 20; neither is needed to run the product.
"""

import subprocess
import tempfile
from pathlib import Path

from install import vendor

HERE = Path(__file__).resolve().parent
OUTPUT = vendor.ROOT / "static" / "kiosk" / "data" / "handwriting.bin"
PINYIN = vendor.ROOT / "edge" / "kiosk" / "data" / "pinyin.txt"
STROKES = "hanzi-writer-data"


if __name__ == "__main__":
    OUTPUT.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as box:
        subprocess.run(["node", HERE / "learn.mjs", vendor.pinned(STROKES, Path(box)), PINYIN, OUTPUT], check=True)
