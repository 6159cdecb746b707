"""Signed lines: JSON that a person can read and a program can check, with the hub's signature behind it."""

import msgspec

from edge.ground.keys import SIGNATURE_BYTES, SigningKey, verify

_SPACE = b" "


def sign_line(purpose: bytes, content: bytes, key: SigningKey) -> bytes:
    """Return `content ‖ space ‖ signature in hexadecimal`; `content` holds no line break."""
    return content + _SPACE + key.sign(purpose + content).hex().encode()


def read_line(purpose: bytes, line: bytes, public: bytes) -> tuple[bytes, bytes] | None:
    """Return (content, signature) of a line that the owner of `public` signed for this purpose, else None."""
    content, _, written = line.strip().rpartition(_SPACE)
    try:
        signature = bytes.fromhex(written.decode("ascii"))
    except ValueError:
        return None
    if len(signature) != SIGNATURE_BYTES or not verify(public, signature, purpose + content):
        return None
    return content, signature


def to_json(value: msgspec.Struct) -> bytes:
    """Return the one spelling of a value that is signed."""
    return msgspec.json.encode(value, order="sorted")
