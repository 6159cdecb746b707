"""The shipped files as one file that opens in milliseconds; reading 30 items as YAML takes most of a second.

`make install` writes it beside the files (`install/compile_catalogue.py`), and it travels in the executable. It is
only believed while the files are those that it was made from; without it, or after a change, the files are read.
"""

from hashlib import blake2b

import msgspec

from edge.domain.catalogue_files import Source
from edge.domain.county import County
from edge.domain.form import Item

NAME = "shipped.json"
FOLDERS = ("", "items", "calendar")


class Compiled(msgspec.Struct, frozen=True):
    """All shipped items and the sample county, and what they were made from."""

    made_from: str
    county: County
    items: tuple[Item, ...]


_COMPILED = msgspec.json.Decoder(Compiled)


def fingerprint(folder: Source) -> str:
    """Return a name of all files of a catalogue folder that changes when one of them does."""
    found = blake2b(digest_size=16)
    for sub in FOLDERS:
        inside = folder / sub if sub else folder
        for file in sorted((one for one in inside.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name):
            data = file.read_bytes()
            found.update(f"{sub}/{file.name} {len(data)}\n".encode() + data)
    return found.hexdigest()


def read_compiled(folder: Source) -> Compiled | None:
    """Return what was compiled from the files of a folder as they stand, or None."""
    try:
        compiled = _COMPILED.decode((folder / NAME).read_bytes())
    except (OSError, ValueError):
        return None
    return compiled if compiled.made_from == fingerprint(folder) else None


def compiled_bytes(compiled: Compiled) -> bytes:
    """Return the one byte form of it."""
    return msgspec.json.encode(compiled, order="sorted")
