"""Bits in order, most significant first: what packed answers are written in. No alignment, no marks between values."""

GROUP = 4
"""Bits of a number in one group of a variable-length number; one more bit says whether another group follows."""


class BitWriter:
    """Collects numbers of known widths."""

    def __init__(self) -> None:
        self._value = 0
        self._width = 0

    def put(self, value: int, width: int) -> None:
        """Append `value` in `width` bits.

        Raises:
            ValueError: it does not fit.
        """
        if value < 0 or value >> width:
            raise ValueError(f"{value} does not fit into {width} bits")
        self._value = self._value << width | value
        self._width += width

    def put_number(self, value: int) -> None:
        """Append a number ≥ 0 of any size: groups of four bits, the lowest first, each after a bit that says "more"."""
        while True:
            group, value = value & ((1 << GROUP) - 1), value >> GROUP
            self.put((1 << GROUP if value else 0) | group, GROUP + 1)
            if not value:
                return

    def put_bytes(self, data: bytes) -> None:
        """Append the number of bytes, then the bytes."""
        self.put_number(len(data))
        self.put(int.from_bytes(data, "big"), 8 * len(data))

    def done(self) -> bytes:
        """Return what was written, filled up to a whole byte with zero bits."""
        spare = -self._width % 8
        return (self._value << spare).to_bytes((self._width + spare) // 8, "big")


class BitReader:
    """Reads what a `BitWriter` wrote; anything else raises ValueError."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "big")
        self._left = 8 * len(data)

    def take(self, width: int) -> int:
        """Return the next `width` bits."""
        if width > self._left:
            raise ValueError("the packed answers end too early")
        self._left -= width
        return self._value >> self._left & ((1 << width) - 1)

    def take_number(self, most: int = 64) -> int:
        """Return a variable-length number of at most `most` bits, written in as few groups as it needs."""
        value = shift = 0
        while True:
            group = self.take(GROUP + 1)
            low = group & ((1 << GROUP) - 1)
            value |= low << shift
            shift += GROUP
            if not group >> GROUP:
                if shift > GROUP and not low:
                    raise ValueError("a number in the packed answers is written longer than it is")
                return value
            if shift >= most:
                raise ValueError("a number in the packed answers is too large")

    def take_bytes(self) -> bytes:
        """Return the bytes that `put_bytes` wrote."""
        count = self.take_number(16)
        return self.take(8 * count).to_bytes(count, "big")

    def end(self) -> None:
        """Make sure that nothing but the filling of the last byte is left."""
        if self._left > 7 or self.take(self._left):
            raise ValueError("the packed answers hold more than the form")
