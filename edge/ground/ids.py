"""Names for rows: random, sortable by creation within one machine, safe in a URL."""

from base64 import b32encode

from edge.ground.clock import Chance, Clock

JSON = None | bool | int | float | str | list["JSON"] | dict[str, "JSON"]
"""What JSON can say."""


def new_id(clock: Clock, chance: Chance) -> str:
    """Return 26 lower-case letters and digits: 48 bits of milliseconds, then 80 random bits.

    The time part only keeps an index compact; order is never read from it.
    """
    milliseconds = int(clock.now().timestamp() * 1000) & 0xFFFF_FFFF_FFFF
    raw = milliseconds.to_bytes(6, "big") + chance(10)
    return b32encode(raw).decode("ascii").rstrip("=").lower()
