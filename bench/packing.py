"""How many bytes a form takes by each way of writing it: what ADR 4 and 10 rest on. No clock, no network, no machine.

Each way is measured on forms of other people than those whose samples trained its dictionary; both are invented, the
samples from the definitions of the shipped items alone. The bytes are those of a whole envelope: frame, header, key
and padding with it.
"""

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from bench.invented import ITEMS, forms
from bench.scattered import scattered
from bench.table import Table
from edge.domain import envelope
from edge.domain.body_packing import shorten
from edge.domain.catalogue import shipped_catalogue
from edge.domain.envelope import Header
from edge.domain.form import Item
from edge.domain.packing import pack_answers
from edge.domain.receipt import new_code
from edge.domain.submission import Body
from edge.ground.sealing import pad

SEAL_BYTES, FRAME_BYTES, MARK = 48, 4, b"\1"
TRAINED_SEED, MEASURED_SEED = 4711, 2026
DICTIONARY_BYTES, DICTIONARY_ID_BYTES = 14 * 1024, 3
WAYS = (
    "JSON", "JSON zlib", "JSON zlib+dict", "JSON zstd+dict", "packed", "today", "today zlib+dict", "today zstd+dict")
Write = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Sample:
    """A form's body with its answers as JSON, with them packed, and the short form of that."""

    as_json: bytes
    packed: bytes
    short: bytes


def measure(quick: bool, folder: Path) -> Table:
    """Return the mean bytes of a whole envelope for each item and each way, for both kinds of invented people."""
    each = 40 if quick else 400
    items = [shipped_catalogue().item(code) for code in ITEMS]
    table = Table("Bytes of one form on the wire, sealed and framed", ("item", *WAYS))
    for label, make in (("alike", _alike), ("scattered", _scattered)):
        trained, measured = _scattered(each, TRAINED_SEED), make(each, MEASURED_SEED)
        sums = [0.0] * len(WAYS)
        for item in items:
            found = _ways(_samples(item, trained[item.code]), _samples(item, measured[item.code]))
            sums = [total + (found.get(way) or 0.0) for total, way in zip(sums, WAYS, strict=True)]
            table.rows.append((f"{item.code}, {label}", *(f"{found[way]:.0f}" if way in found else "" for way in WAYS)))
        table.rows.append((f"mean, {label}", *(f"{total / len(items):.0f}" if total else "" for total in sums)))
    table.notes += [f"{each} forms an item. Dictionaries of at most {DICTIONARY_BYTES // 1024} KiB, trained on answers",
                    "made from the definition of the item alone, as a county could when it publishes it.",
                    "today: what travels, answers and body packed, deflated only where that is shorter.",
                    "alike: people who differ in names and numbers only; scattered: in everything.",
                    "zstd: where the package zstandard is installed."]
    return table


def _alike(each: int, seed: int) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for code, answers in forms(each * len(ITEMS), seed):
        found.setdefault(code, []).append(answers)
    return found


def _scattered(each: int, seed: int) -> dict[str, list[dict[str, Any]]]:
    chance = Random(seed)
    return {code: [scattered(shipped_catalogue().item(code), chance) for _ in range(each)] for code in ITEMS}


def _samples(item: Item, made: list[dict[str, Any]]) -> list[Sample]:
    chance, found = Random(str(len(made)) + repr(made[0])), []
    for answers in made:
        receipt, track = new_code(chance.randbytes), chance.randbytes(32)
        words = json.dumps(answers, ensure_ascii=False, separators=(",", ":")).encode()
        whole, packed = (msgspec.msgpack.encode(Body(item.code, item.version, receipt, track, content))
                         for content in (words, pack_answers(item, answers)))
        found.append(Sample(whole, packed, shorten(packed) or packed))
    return found


def _ways(trained: list[Sample], measured: list[Sample]) -> dict[str, float]:
    """Return way → mean bytes on the wire."""
    whole, packed, short = ([getattr(one, which) for one in measured] for which in ("as_json", "packed", "short"))
    whole_before, short_before = ([getattr(one, which) for one in trained] for which in ("as_json", "short"))
    found = {
        "JSON": _mean(whole, bytes),
        "JSON zlib": _mean(whole, _deflate(b"")),
        "JSON zlib+dict": _mean(whole, _deflate(_preset(whole_before))),
        "packed": _mean(packed, _shorter(_deflate(b""))),
        "today": _mean(short, _shorter(_deflate(b""))),
        "today zlib+dict": _mean(short, _shorter(_deflate(_preset(short_before)), DICTIONARY_ID_BYTES)),
    }
    by_json, by_short = _zstd(whole_before), _zstd(short_before)
    if by_json and by_short:
        found["JSON zstd+dict"] = _mean(whole, by_json)
        found["today zstd+dict"] = _mean(short, _shorter(by_short, DICTIONARY_ID_BYTES))
    return found


def _zstd(samples: list[bytes]) -> Write | None:
    try:
        zstandard = import_module("zstandard")   # no library of the product: ADR 10
    except ImportError:
        return None
    dictionary = zstandard.train_dictionary(DICTIONARY_BYTES, samples)
    made: Write = zstandard.ZstdCompressor(
        level=19, dict_data=dictionary, write_content_size=False, write_dict_id=False, write_checksum=False).compress
    return made


def _deflate(dictionary: bytes) -> Write:
    def write(body: bytes) -> bytes:
        maker = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, dictionary)
        return maker.compress(body) + maker.flush()
    return write


def _shorter(write: Write, id_bytes: int = 0) -> Write:
    return lambda body: min(bytes(id_bytes) + write(body), body, key=len)


def _preset(samples: list[bytes]) -> bytes:
    """Return the samples that fit, the last one nearest: zlib finds what is near with fewer bits."""
    kept, size = [], 0
    for one in samples:
        if size + len(one) > DICTIONARY_BYTES:
            break
        kept.append(one)
        size += len(one)
    return b"".join(kept)


def _mean(bodies: list[bytes], write: Write) -> float:
    return sum(_on_the_wire(write(body)) for body in bodies) / len(bodies)


def _on_the_wire(written: bytes) -> int:
    header = Header(1, "sub", 1, bytes(8), b"", bytes(12), 1_800_000_000, 100_000, bytes(4))
    sealed = bytes(SEAL_BYTES) + pad(MARK + written)
    return FRAME_BYTES + len(envelope.make(header, sealed).to_bytes())
