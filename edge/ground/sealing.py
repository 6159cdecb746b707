"""Sealing: what the machine writes down it cannot read back.

HPKE (RFC 9180) with X25519, HKDF-SHA256, AES-256-GCM is suite 1. The library's HPKE takes `info` but no `aad`, so
everything that must be bound stands in `info`. Source: docs/protocol.md, "Sealing".
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from edge.ground.clock import Chance
from edge.ground.keys import SealingKey

PAD = 16
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_NONCE_BYTES = 12

# The code has 44.6 random bits that stand nowhere in clear: they carry the strength, and 8 MiB make each guess cost
# milliseconds (ADR 0005). A county-wide salt, because the citizen may ask at any site.
_TRACK_SALT = b"yizhan track 1  "
_TRACK_KIB = 8 * 1024
# The C library keeps these 8 MiB for each thread that ever asked for them: eight web threads would hold 64 MiB.
_ONE_AT_A_TIME = ThreadPoolExecutor(1, "argon2")


class CannotOpen(Exception):
    """The box was sealed to another key, for another purpose, or was changed."""


def seal(public: bytes, info: bytes, plain: bytes) -> bytes:
    """Return `plain`, padded to a multiple of 16, sealed to the 32-byte X25519 key `public`; 48 bytes longer than the
    padded text.

    Args:
        info: bound to the box; opening needs the same bytes.
    """
    return _SUITE.encrypt(pad(plain), X25519PublicKey.from_public_bytes(public), info)


def open_sealed(private: SealingKey, info: bytes, box: bytes) -> bytes:
    """Return what was sealed into `box`.

    Raises:
        CannotOpen: another key, another `info`, or damaged.
    """
    try:
        return unpad(_SUITE.decrypt(box, private.private, info))
    except (InvalidTag, ValueError) as fault:
        raise CannotOpen("the box cannot be opened with this key") from fault


def pad(plain: bytes) -> bytes:
    """Return `plain`, the byte 0x80 and zeros, a multiple of 16 long: lengths tell less."""
    return plain + b"\x80" + b"\0" * (-(len(plain) + 1) % PAD)


def unpad(padded: bytes) -> bytes:
    """Return what `pad` was given.

    Raises:
        ValueError: no padding there.
    """
    end = padded.rstrip(b"\0")
    if not end.endswith(b"\x80"):
        raise ValueError("no padding")
    return end[:-1]


@dataclass(frozen=True)
class TrackKey:
    """The citizen's own key, made anew from receipt code and ID tail each time both are typed."""

    key: SealingKey

    @property
    def public(self) -> bytes:
        """The 32-byte half that travels with the submission; verdicts are sealed to it."""
        return self.key.public

    @classmethod
    def derive(cls, code: str, tail: str) -> "TrackKey":
        """Return the key for a receipt `code` (10 letters) and the last four of the ID number; costs some
        milliseconds by intent.
        """
        secret = f"{code}\n{tail.upper()}".encode()
        kdf = Argon2id(salt=_TRACK_SALT, length=32, iterations=1, lanes=1, memory_cost=_TRACK_KIB)
        return cls(SealingKey(_ONE_AT_A_TIME.submit(kdf.derive, secret).result()))


def key_from(secret: bytes, purpose: str) -> bytes:
    """Return a 32-byte key for one purpose out of a secret of any length with enough chance in it (HKDF-SHA256)."""
    return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(secret)


def lock(key: bytes, plain: bytes, chance: Chance) -> bytes:
    """Return `plain` under the 32-byte `key`: nonce, then AES-256-GCM."""
    nonce = chance(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, None)


def unlock(key: bytes, box: bytes) -> bytes:
    """Return what `lock` was given.

    Raises:
        CannotOpen: another key, or damaged.
    """
    try:
        return AESGCM(key).decrypt(box[:_NONCE_BYTES], box[_NONCE_BYTES:], None)
    except (InvalidTag, ValueError) as fault:
        raise CannotOpen("the box cannot be opened with this key") from fault


def lock_part(key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
    """Return `plain` under a key that is used for the parts of one thing only, AES-256-GCM; 16 bytes longer.

    Args:
        nonce: 12 bytes, another for each part.
        bound: what the part is bound to; opening needs the same bytes.
    """
    return AESGCM(key).encrypt(nonce, plain, bound)


def unlock_part(key: bytes, nonce: bytes, box: bytes, bound: bytes) -> bytes:
    """Return what `lock_part` was given.

    Raises:
        CannotOpen: another key, another part, or damaged.
    """
    try:
        return AESGCM(key).decrypt(nonce, box, bound)
    except (InvalidTag, ValueError) as fault:
        raise CannotOpen("the part cannot be opened with this key") from fault


def digest(*parts: bytes) -> bytes:
    """Return the SHA-256 of all parts one after another (suite 1's H)."""
    whole = sha256()
    for part in parts:
        whole.update(part)
    return whole.digest()
