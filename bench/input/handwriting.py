"""How often a recogniser finds what was drawn: `python -m bench.input.handwriting --kanjivg FOLDER [--others]`.

Prints the rows of docs/input.md. FOLDER holds KanjiVG's SVG files (the package `kanjivg`; its drawings were never
learned from). `--others` also measures the candidates that were not taken, where they are installed: `dinkit`, and
libzinnia with the model of `tegaki-zinnia-simplified-chinese`.
"""

import argparse
import ctypes
import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from install import vendor
from install.handwriting.build import STROKES

HERE = Path(__file__).parent
MODEL = Path("/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model")
BOX = 1000
Strokes = list[list[tuple[int, int]]]
Finds = Callable[[Strokes], list[str]]


def drawings(folder: Path, kanjivg: Path) -> Path:
    """Write the drawings that all are measured on and return the file."""
    words, inks = folder / "words.txt", folder / "inks.json"
    lines = (HERE / "words.txt").read_text("utf-8").splitlines()
    words.write_text("\n".join(line for line in lines if line[:1] not in ("#", "[")), "utf-8")
    subprocess.run(["node", HERE / "inks.mjs", vendor.pinned(STROKES, folder), kanjivg, words, inks], check=True)
    return inks


def dinkit() -> Finds:
    """Return the recogniser of the package `dinkit`, a library without sources."""
    engine = import_module("dinkit").Recognizer()
    return lambda strokes: [text for text, _ in sorted(engine.recognize(strokes, 10).items(), key=lambda one: one[1])]


def zinnia() -> Finds:
    """Return zinnia with tegaki's model, through its C interface."""
    lib = ctypes.CDLL("libzinnia.so.0")
    pointer, size = ctypes.c_void_p, ctypes.c_size_t

    def function(name: str, result: Any, *given: Any) -> Any:
        found = getattr(lib, f"zinnia_{name}")
        found.restype, found.argtypes = result, given
        return found

    engine, ink = function("recognizer_new", pointer)(), function("character_new", pointer)()
    function("recognizer_open", ctypes.c_int, pointer, ctypes.c_char_p)(engine, str(MODEL).encode())
    clear, add = function("character_clear", None, pointer), function("character_add", ctypes.c_int, pointer, size,
                                                                    ctypes.c_int, ctypes.c_int)
    sides = [function(f"character_set_{side}", None, pointer, size) for side in ("width", "height")]
    classify, count = function("recognizer_classify", pointer, pointer, pointer, size), function("result_size", size,
                                                                                                 pointer)
    value, drop = function("result_value", ctypes.c_char_p, pointer, size), function("result_destroy", None, pointer)

    def find(strokes: Strokes) -> list[str]:
        clear(ink)
        for side in sides:
            side(ink, BOX)
        for number, stroke in enumerate(strokes):
            for x, y in stroke:
                add(ink, number, x, y)
        found = classify(engine, ink, 10)
        texts = [value(found, place).decode() for place in range(count(found))] if found else []
        if found:
            drop(found)
        return texts

    return find


def measured(find: Finds, inks: Path) -> Iterator[dict[str, Any]]:
    """Yield a row for each set and case, as `ours.mjs` prints them."""
    for row in json.loads(inks.read_text("utf-8")):
        began = time.perf_counter()
        found = [(text, find(strokes)) for text, strokes in row["inks"]]
        each = (time.perf_counter() - began) / len(found) * 1000
        places = [texts.index(text) + 1 if text in texts else 0 for text, texts in found]
        yield {"set": row["set"], "case": row["case"], "places": places, "ms": each}


def line(name: str, row: dict[str, Any]) -> str:
    """Return a row of the table: top 1, top 5, top 10 in per cent, milliseconds each."""
    places = row["places"]
    shares = [100 * sum(0 < place <= most for place in places) / len(places) for most in (1, 5, 10)]
    return f"| {name} | {row['set']} ({len(places)}) | {row['case']} | " + " | ".join(
        f"{share:.0f}" for share in shares) + f" | {row['ms']:.0f} ms |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure recognisers of handwriting.")
    parser.add_argument("--kanjivg", type=Path, required=True, help="folder with KanjiVG's SVG files")
    parser.add_argument("--others", action="store_true", help="also the candidates that are installed here")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as box:
        inks = drawings(Path(box), asked.kanjivg)
        ours = subprocess.run(["node", HERE / "ours.mjs", inks], check=True, capture_output=True, text=True).stdout
        for row in map(json.loads, ours.splitlines()):
            print(line("ours", row), flush=True)
        others = {"dinkit": (dinkit, find_spec("dinkit") is not None), "zinnia": (zinnia, MODEL.is_file())}
        for name, (make, stands) in others.items():
            for row in measured(make(), inks) if asked.others and stands else ():
                print(line(name, row), flush=True)


if __name__ == "__main__":
    main()
