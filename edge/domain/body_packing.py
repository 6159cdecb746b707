"""A form's body in fewer bytes: what every body says in the same way is said by its place, not by its name.

    u8 channel (3 bits, low) and length of the item's code (5 bits) ‖ item ‖ receipt code in 6 bytes ‖ track key in 32 ‖
    MessagePack array of version, answers and what follows the channel, without its trailing defaults

The receipt code is the number that its nine letters spell; the check letter is computed. Never to be changed: another
form gets another mark in `submission.to_payload`. Source: docs/protocol.md 3.
"""

from typing import Any

import msgspec

from edge.domain.envelope import Faulty
from edge.domain.receipt import ALPHABET, LENGTH, check_letter, read_code

CHANNELS = ("kiosk", "api", "paper")
"""Their places are written down; a channel that is not here travels in the long form."""
BEHIND: tuple[Any, ...] = ("", 0, [], None)   # defaults of helper, answers_step, attachments, paper and what may come
CODE_BYTES, TRACK_BYTES, LONGEST_ITEM = 6, 32, 31


def shorten(body: bytes) -> bytes | None:
    """Return the short form of an encoded `Body`, or None when it has none."""
    try:
        short = _write(msgspec.msgpack.decode(body))
        return short if lengthen(short) == body else None
    except (msgspec.DecodeError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def _write(parts: Any) -> bytes:
    item, version, code, track, answers, channel, *behind = parts
    name: bytes = item.encode("ascii")
    if read_code(code) != code or len(track) != TRACK_BYTES or len(name) > LONGEST_ITEM:
        raise ValueError("a body of its own kind")
    while behind and len(behind) <= len(BEHIND) and behind[-1] == BEHIND[len(behind) - 1]:
        behind.pop()
    number = 0
    for letter in code[:-1]:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    head = bytes((CHANNELS.index(channel) | len(name) << 3,)) + name + number.to_bytes(CODE_BYTES, "big")
    return head + bytes(track) + msgspec.msgpack.encode([version, answers, *behind])


def lengthen(short: bytes) -> bytes:
    """Return the encoded `Body` of a short form.

    Raises:
        Faulty: there is none.
    """
    try:
        channel, length = CHANNELS[short[0] & 7], short[0] >> 3
        code_at, track_at = 1 + length, 1 + length + CODE_BYTES
        tail_at = track_at + TRACK_BYTES
        number, letters = int.from_bytes(short[code_at:track_at], "big"), ""
        for _ in range(LENGTH - 1):
            number, place = divmod(number, len(ALPHABET))
            letters = ALPHABET[place] + letters
        version, answers, *behind = msgspec.msgpack.decode(short[tail_at:])
        behind += BEHIND[len(behind):]
        track = short[track_at:tail_at]
        if number or len(track) != TRACK_BYTES:
            raise ValueError("cut off")
        item, code = short[1:code_at].decode("ascii"), letters + check_letter(letters)
        return msgspec.msgpack.encode([item, version, code, track, answers, channel, *behind])
    except (msgspec.DecodeError, ValueError, TypeError, IndexError, OverflowError, RecursionError) as fault:
        raise Faulty("no body") from fault
