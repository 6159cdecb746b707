"""Manifest: what a backup holds, as it was read from the copy, signed by the hub. A backup without one is none."""

from pathlib import Path

import msgspec

from edge.domain.envelope import Faulty
from edge.domain.lane import Position
from edge.ground.ids import JSON
from edge.ground.keys import SigningKey
from sync.hub.signed import read_line, sign_line, to_json

_PURPOSE = b"ferry1 backup"
SUFFIX = ".manifest"


class Manifest(msgspec.Struct, frozen=True):
    """One backup. `heads`: [device, incarnation, n, chain], hexadecimal; `sha256` of the copied database."""

    hub: str
    id: str
    number: int
    made_at: int
    file: str
    size: int
    sha256: str
    cases: int
    envelopes: int
    keys: str                                       # file of the sealed keys beside it; "" when there is none
    heads: list[tuple[str, str, int, str]]
    version: int = 1

    def positions(self) -> list[tuple[bytes, Position]]:
        """Return (device, head) of every lane."""
        return [(bytes.fromhex(device), Position(bytes.fromhex(incarnation), n, bytes.fromhex(chain)))
                for device, incarnation, n, chain in self.heads]

    def in_short(self) -> dict[str, JSON]:
        """Return what people and programs are told of it."""
        return {"id": self.id, "number": self.number, "made_at": self.made_at, "file": self.file, "bytes": self.size,
                "cases": self.cases, "envelopes": self.envelopes, "lanes": len(self.heads), "keys": bool(self.keys)}


def write_manifest(manifest: Manifest, key: SigningKey) -> bytes:
    """Return the signed line."""
    return sign_line(_PURPOSE, to_json(manifest), key)


def read_manifest(line: bytes, public: bytes) -> Manifest:
    """Return the manifest in a signed line.

    Raises:
        Faulty: not signed by this hub, or no manifest.
    """
    found = read_line(_PURPOSE, line, public)
    if found is None:
        raise Faulty("the manifest is not signed by this hub")
    try:
        return msgspec.json.decode(found[0], type=Manifest)
    except (msgspec.DecodeError, ValueError) as fault:
        raise Faulty(f"no manifest: {fault}") from fault


def manifests_in(folder: Path, public: bytes) -> list[tuple[Path, Manifest]]:
    """Return (path of the manifest, manifest) of every backup of this hub in a folder, newest first."""
    found = []
    for path in folder.glob("*" + SUFFIX) if folder.is_dir() else ():
        try:
            found.append((path, read_manifest(path.read_bytes(), public)))
        except (Faulty, OSError):
            continue
    return sorted(found, key=lambda one: one[1].number, reverse=True)
