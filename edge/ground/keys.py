"""Keys in files: Ed25519 to sign, X25519 to be sealed to.

A key file holds 32 raw bytes with mode 0600 and is written once: temporary name, flushed, renamed, folder flushed.
"""

import os
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from edge.ground.clock import Chance

SEED_BYTES = 32
SIGNATURE_BYTES = 64


class SigningKey:
    """An Ed25519 key that signs."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public: bytes = self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature of `message`."""
        return self._key.sign(message)


class SealingKey:
    """An X25519 key that opens what was sealed to its public half."""

    def __init__(self, seed: bytes) -> None:
        self.private = X25519PrivateKey.from_private_bytes(seed)
        self.public: bytes = self.private.public_key().public_bytes_raw()


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Return whether `signature` over `message` was made by the owner of the 32-byte `public` key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def load_or_create(path: Path, chance: Chance) -> bytes:
    """Return the 32-byte seed kept in `path`, made with `chance` when the file does not exist yet.

    Raises:
        ValueError: the file is damaged.
    """
    if not path.exists():
        write_durably(path, chance(SEED_BYTES))
    return load(path)


def load(path: Path) -> bytes:
    """Return the 32-byte seed kept in `path`.

    Raises:
        ValueError: the file is damaged.
    """
    seed = path.read_bytes()
    if len(seed) != SEED_BYTES:
        raise ValueError(f"key file {path.name} holds {len(seed)} bytes instead of {SEED_BYTES}")
    return seed


def load_fitting(path: Path, fits: Callable[[bytes], bool]) -> bytes:
    """Return the seed kept in `path` whose public half fits; one flipped bit in the file is put right.

    Args:
        fits: whether a seed belongs to what is known of the key's public half.

    Raises:
        ValueError: the file is damaged beyond that.
    """
    seed = load(path)
    if fits(seed):
        return seed
    for at, byte in enumerate(seed):
        for bit in range(8):
            turned = seed[:at] + bytes((byte ^ 1 << bit,)) + seed[at + 1:]
            if fits(turned):
                write_durably(path, turned)
                return turned
    raise ValueError(f"key file {path.name} does not belong to its public half")


def write_durably(path: Path, content: bytes) -> None:
    """Write a private file so that after a power cut it holds either the old bytes or the new."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(path.name + ".new")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    # not os.write: where room runs out it writes a part and says so by a number, and half a file would be renamed
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(handle)
    temporary.replace(path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make what was renamed or made in a folder durable."""
    # without this the rename itself may be lost; Windows has no handle for folders and needs none
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
