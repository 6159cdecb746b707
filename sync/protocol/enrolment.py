"""Enrolment: a ticket, a transcript, a certificate. Source: docs/protocol.md 5.

The ticket pins the hub's root key by 60 bits of its hash, so a man in the middle is stopped without a certificate
authority and without a clock.
"""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

import msgspec

from edge.domain.envelope import UNREADABLE, Faulty
from edge.domain.receipt import ALPHABET
from edge.ground.clock import Chance
from edge.ground.keys import verify
from edge.ground.sealing import digest

PUBLIC_LETTERS, SECRET_LETTERS, ROOT_LETTERS = 6, 13, 13
GROUP = 4
KEY_BYTES = 32
_CERTIFICATE = b"ferry1 certificate"
Key = Annotated[bytes, msgspec.Meta(min_length=KEY_BYTES, max_length=KEY_BYTES)]
"""A device's Ed25519 key."""
_TRANSCRIPT = b"ferry1 enroll"
_ANSWER = b"ferry1 enrolled"


@dataclass(frozen=True)
class Ticket:
    """What the county prints: a public id, a secret (64 bits), the beginning of the root key's hash, a check letter."""

    public: str
    secret: str
    root: str

    def text(self) -> str:
        """Return the ticket in groups of four letters."""
        body = self.public + self.secret + self.root
        whole = body + last_letter(body)
        return "-".join(whole[at:at + GROUP] for at in range(0, len(whole), GROUP))


def letters(raw: bytes, count: int) -> str:
    """Return `count` letters of the 31-letter alphabet out of the number that `raw` spells."""
    number, out = int.from_bytes(raw, "big"), ""
    for _ in range(count):
        number, place = divmod(number, len(ALPHABET))
        out += ALPHABET[place]
    return out


def root_letters(root_hash: bytes) -> str:
    """Return the letters on the ticket that pin the hub's root key: 64 bits of its hash."""
    return letters(root_hash, ROOT_LETTERS)


def new_ticket(root_hash: bytes, chance: Chance) -> Ticket:
    """Return a fresh ticket for the hub with this root key hash."""
    return Ticket(letters(chance(16), PUBLIC_LETTERS), letters(chance(16), SECRET_LETTERS), root_letters(root_hash))


def read_ticket(typed: str) -> Ticket:
    """Return the ticket a person typed; hyphens, spaces and case do not matter.

    Raises:
        Faulty: a wrong letter, or one too many or too few.
    """
    body = "".join(letter for letter in typed.upper() if letter not in "- \u3000\n\t")
    if len(body) != PUBLIC_LETTERS + SECRET_LETTERS + ROOT_LETTERS + 1 or any(one not in ALPHABET for one in body):
        raise Faulty("a ticket has 33 letters, in groups of four")
    if last_letter(body[:-1]) != body[-1]:
        raise Faulty("one letter of the ticket is wrong")
    secret = PUBLIC_LETTERS + SECRET_LETTERS
    return Ticket(body[:PUBLIC_LETTERS], body[PUBLIC_LETTERS:secret], body[secret:-1])


def last_letter(body: str) -> str:
    """Return the letter that follows a long code of `ALPHABET`, so that a wrong one in it is noticed."""
    # weights 1 … 30 are units mod 31: every single wrong letter is caught
    return ALPHABET[sum((at % 30 + 1) * ALPHABET.index(letter) for at, letter in enumerate(body)) % 31]


class Request(msgspec.Struct, frozen=True):
    """What a device posts: its key, and a proof that it holds the ticket's secret."""

    ticket: str              # the public id
    public: Key
    label: str
    software: str
    proof: bytes


class Certificate(msgspec.Struct, array_like=True, frozen=True):
    """Who a device is, in the hub's words."""

    device: bytes
    public: bytes
    site: str
    label: str
    hub: str
    issued_at: int


class Answer(msgspec.Struct, frozen=True):
    """What the hub answers: certificate and key set, and a proof that it holds the ticket's secret too."""

    certificate: bytes       # encoded `Certificate`
    signature: bytes         # the hub's
    key_set: bytes           # encoded `SignedKeySet`
    proof: bytes


def transcript(public: bytes, label: str, software: str) -> bytes:
    """Return what the request's proof covers."""
    return _TRANSCRIPT + digest(public, label.encode(), b"\n", software.encode())


def proof(secret: str, message: bytes) -> bytes:
    """Return the HMAC-SHA256 of `message` under a ticket's secret."""
    return hmac.new(secret.encode(), message, sha256).digest()


def answer_transcript(request: Request, certificate: bytes, key_set: bytes) -> bytes:
    """Return what the answer's proof covers."""
    return _ANSWER + digest(request.proof, certificate, key_set)


def proves(secret: str, message: bytes, given: bytes) -> bool:
    """Return whether `given` is the proof, compared in constant time."""
    return hmac.compare_digest(proof(secret, message), given)


def certificate_to_sign(content: bytes) -> bytes:
    """Return what the hub signs for a certificate."""
    return _CERTIFICATE + content


def open_certificate(content: bytes, signature: bytes, hub: bytes) -> Certificate:
    """Return a certificate that the hub signed.

    Raises:
        Faulty: not its signature, or no certificate.
    """
    if not verify(hub, signature, certificate_to_sign(content)):
        raise Faulty("the certificate is not signed by the hub")
    try:
        return msgspec.msgpack.decode(content, type=Certificate)
    except UNREADABLE as fault:
        raise Faulty("no certificate") from fault
