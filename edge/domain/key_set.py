"""The county's key set: who may be sealed to, whose receipts are genuine, which key the hub signs with.

Signed by the county's root key, whose hash stands on the enrolment ticket; its version never falls. Source:
docs/protocol.md 5.
"""

import msgspec

from edge.domain.envelope import UNREADABLE, Faulty
from edge.ground.keys import verify
from edge.ground.sealing import digest

_SIGNED = b"ferry1 key set"
KEY_ID_BYTES = 8


class DepartmentKey(msgspec.Struct, array_like=True, frozen=True):
    """An X25519 key of a department. A retired one is not sealed to any more, but still opens."""

    key_id: bytes
    department: str
    public: bytes
    retired: bool = False


class DeviceKey(msgspec.Struct, array_like=True, frozen=True):
    """A device of the county: its Ed25519 key, with which its receipts can be checked at any site."""

    device: bytes
    public: bytes
    site: str
    label: str
    revoked_at: int = 0   # seconds since 1970 by the hub's clock; 0: it was never struck off


class KeySet(msgspec.Struct, array_like=True, frozen=True):
    """One version of the key set."""

    version: int
    root: bytes
    hub: bytes                               # the hub's Ed25519 key: replies, certificates, verdicts
    departments: tuple[DepartmentKey, ...]
    devices: tuple[DeviceKey, ...] = ()

    def department_key(self, department: str) -> DepartmentKey | None:
        """Return the key that content for a department is sealed to now."""
        live = [key for key in self.departments if key.department == department and not key.retired]
        return live[-1] if live else None

    def device_publics(self) -> dict[bytes, bytes]:
        """Return device → public key."""
        return {entry.device: entry.public for entry in self.devices}


class SignedKeySet(msgspec.Struct, array_like=True, frozen=True):
    """The bytes of a key set and the root's signature over them."""

    content: bytes
    signature: bytes


def key_id(public: bytes) -> bytes:
    """Return the 8-byte id of a key."""
    return digest(public)[:KEY_ID_BYTES]


def to_sign(content: bytes) -> bytes:
    """Return what the root signs."""
    return _SIGNED + content


def root_hash(root: bytes) -> bytes:
    """Return the hash of a root key; its first 60 bits stand on a ticket."""
    return digest(b"ferry1 root", root)


def open_key_set(raw: bytes, root: bytes | None = None) -> KeySet:
    """Return the key set in `raw` (an encoded `SignedKeySet`).

    Args:
        root: the pinned root key; None to take the one inside, which the caller compares with the ticket.

    Raises:
        Faulty: not signed by that root.
    """
    try:
        signed = msgspec.msgpack.decode(raw, type=SignedKeySet)
        keys = msgspec.msgpack.decode(signed.content, type=KeySet)
    except UNREADABLE as fault:
        raise Faulty("no key set") from fault
    if root is not None and keys.root != root:
        raise Faulty("another county's key set")
    if not verify(keys.root, signed.signature, to_sign(signed.content)):
        raise Faulty("the root's signature does not fit")
    return keys
