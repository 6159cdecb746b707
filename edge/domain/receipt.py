"""Receipt codes and the statement in a receipt's QR.

Ten letters from 31 without look-alikes: nine random (44.6 bits), one check letter. 31 is prime, so with weights 1 …
10 every single wrong letter and every swap of two neighbours is caught. Source: docs/protocol.md 3.
"""

from dataclasses import dataclass
from unicodedata import normalize

import msgspec

from edge.domain.envelope import UNREADABLE, Faulty
from edge.ground.clock import Chance
from edge.ground.keys import SigningKey, verify

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 10
SIGNATURE_BYTES = 64
_SIGNED = b"ferry1 receipt"
_PREFIX = "YZ1:"


def check_letter(body: str) -> str:
    """Return the check letter for a receipt body.

    Args:
        body: 9 letters of `ALPHABET`, without separators.

    Raises:
        ValueError: `body` holds a letter outside `ALPHABET`.
    """
    total = sum(weight * ALPHABET.index(letter) for weight, letter in enumerate(body, start=1))
    # (total + 10 * check) ≡ 0 (mod 31); 28 is the inverse of 10
    return ALPHABET[-total * 28 % 31]


def new_code(chance: Chance) -> str:
    """Return a fresh code, each letter equally likely: bytes of 248 and more are thrown away."""
    letters = ""
    while len(letters) < LENGTH - 1:
        letters += "".join(ALPHABET[byte % 31] for byte in chance(LENGTH) if byte < 248)
    body = letters[: LENGTH - 1]
    return body + check_letter(body)


def group(code: str) -> str:
    """Return the code in groups of 4, 3 and 3."""
    return f"{code[:4]} {code[4:7]} {code[7:]}"


def read_code(typed: str) -> str | None:
    """Return the code a person typed, or None when it cannot be one; spaces, hyphens and case do not matter."""
    code = "".join(letter for letter in normalize("NFKC", typed).upper() if letter not in " -\u2009\u3000·")
    if len(code) != LENGTH or any(letter not in ALPHABET for letter in code):
        return None
    return code if check_letter(code[:-1]) == code[-1] else None


class Statement(msgspec.Struct, array_like=True, frozen=True):
    """What the QR of a receipt says: this device took this envelope under this code, for this item, at this time."""

    device: bytes
    name: bytes
    code: str
    item: str
    at: int


def qr_text(key: SigningKey, statement: Statement) -> str:
    """Return the text of the QR: letters and digits only (upper-case hexadecimal packs densely in a QR)."""
    body = msgspec.msgpack.encode(statement)
    return _PREFIX + (body + key.sign(_SIGNED + body)).hex().upper()


@dataclass(frozen=True)
class Claim:
    """What a QR says, and a signature that nobody has looked at yet."""

    statement: Statement
    body: bytes
    signature: bytes

    def is_signed_by(self, public: bytes | None) -> bool:
        """Tell if the holder of this key signed it."""
        return public is not None and verify(public, self.signature, _SIGNED + self.body)


def open_qr(text: str) -> Claim:
    """Return what a QR claims to be; who believes it looks at the signature first.

    Raises:
        Faulty: this is no receipt.
    """
    if not text.startswith(_PREFIX):
        raise Faulty("no receipt")
    try:
        raw = bytes.fromhex(text.removeprefix(_PREFIX))
        body, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
        return Claim(msgspec.msgpack.decode(body, type=Statement), body, signature)
    except UNREADABLE as fault:
        raise Faulty("no receipt") from fault
