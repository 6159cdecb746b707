"""Mirror: who this machine is, kept once more beside its key. A damaged page must not make it a stranger."""

from pathlib import Path

import msgspec

from edge.desk.site import SiteIdentity
from edge.ground.keys import write_durably
from edge.ground.sealing import digest

MIRROR = Path("keys") / "site.mirror"
HASH_BYTES = 32


class Mirror(msgspec.Struct, array_like=True, frozen=True):
    """What salvage cannot do without."""

    identity: SiteIdentity
    key_set: bytes


def read_mirror(folder: Path) -> Mirror | None:
    """Return what is mirrored in a site's folder, or None where nothing is or its hash does not fit."""
    path = folder / MIRROR
    raw = path.read_bytes() if path.exists() else b""
    if digest(raw[HASH_BYTES:]) != raw[:HASH_BYTES]:
        return None
    return msgspec.msgpack.decode(raw[HASH_BYTES:], type=Mirror)


def keep_mirror(folder: Path, mirror: Mirror) -> None:
    """Write the mirror, unless it says the same already."""
    raw = msgspec.msgpack.encode(mirror)
    whole = digest(raw) + raw
    path = folder / MIRROR
    if not path.exists() or path.read_bytes() != whole:
        write_durably(path, whole)
