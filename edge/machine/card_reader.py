"""Card readers: what lies on the reader goes to whoever waits for it, and nowhere else.

A reader that types like a keyboard (HID) writes into the page, which hands the line over. Every other make has a small
program of its vendor, the adapter, that sends lines over TCP on this machine or over a serial port. The line frame
stands in docs/devices.md. Nothing that is read is written down or logged.
"""

import base64
import binascii
import re
import threading
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from edge.machine.card_channels import Channel, SerialChannel, TcpChannel

LONGEST_LINE = 512
TYPED_ID = re.compile(r"[0-9]{17}[0-9X]")


class CardKind(StrEnum):
    """What lay on the reader."""

    ID = "id"
    BANK = "bank"
    SOCIAL = "social"


@dataclass(frozen=True)
class Card:
    """One card; `name` is empty where the reader tells none."""

    kind: CardKind
    number: str
    name: str = ""


class ReaderGone(Exception):
    """The reader does not answer: not plugged in, or its adapter does not run."""


class CardReader(Protocol):
    """What reads a card."""

    typed: bool
    """The reader types like a keyboard: what it typed is handed over with `take`."""

    def clear(self) -> None:
        """Forget what was read before: the card of whoever stood here before is nobody's."""
        ...

    def take(self, typed: str = "") -> Card | None:
        """Return the last card read since `clear`, once; None while there is none. Never waits for a person.

        Raises:
            ReaderGone: it cannot be asked.
        """
        ...

    def close(self) -> None:
        """Let the reader go."""
        ...


def frame(card: Card) -> bytes:
    """Return the line that an adapter sends for a card."""
    name = base64.b64encode(card.name.encode()).decode() or "-"
    body = f"CARD {card.kind} {card.number} {name}"
    return f"{body} {zlib.crc32(body.encode()):08X}\n".encode()


def read_frame(line: bytes) -> Card | None:
    """Return the card of one line; None for every line that is torn, wrong or of another sort."""
    try:
        body, checksum = line.decode("ascii").strip().rsplit(" ", 1)
        word, kind, number, name = body.split(" ")
        if word != "CARD" or int(checksum, 16) != zlib.crc32(body.encode()) or not number.isalnum():
            return None
        told = "" if name == "-" else base64.b64decode(name, validate=True).decode()
        return Card(CardKind(kind), number.upper(), told)
    except (ValueError, binascii.Error):
        return None


class TypingReader:
    """A reader that types the number of an ID card like a keyboard, or a whole frame."""

    typed = True

    def clear(self) -> None:
        """Nothing is kept between two pages."""

    def take(self, typed: str = "") -> Card | None:
        """Return the card that was typed into the page."""
        line = typed.strip()[:LONGEST_LINE]
        if TYPED_ID.fullmatch(line.upper()):
            return Card(CardKind.ID, line.upper())
        return read_frame(line.encode("ascii", "replace"))

    def close(self) -> None:
        """Nothing is held."""


class FrameReader:
    """A reader behind its vendor's adapter."""

    typed = False

    def __init__(self, connect: Callable[[], Channel]) -> None:
        self._connect = connect
        self._channel: Channel | None = None
        self._begun = b""
        self._lock = threading.Lock()

    def clear(self) -> None:
        """Read what has come and throw it away."""
        with self._lock, suppress(ReaderGone):
            self._hear()
            self._begun = b""

    def take(self, typed: str = "") -> Card | None:
        """Return the card of the last whole line that has come."""
        with self._lock:
            *lines, self._begun = (self._begun + self._hear()).split(b"\n")
            self._begun = self._begun[-LONGEST_LINE:]
        cards = [card for line in lines if (card := read_frame(line)) is not None]
        return cards[-1] if cards else None

    def close(self) -> None:
        """Hang up; the next call connects again."""
        with self._lock:
            self._hang_up()

    def _hear(self) -> bytes:
        try:
            if self._channel is None:
                self._channel = self._connect()
            return self._channel.read()
        except OSError as fault:
            self._hang_up()
            raise ReaderGone from fault

    def _hang_up(self) -> None:
        if self._channel is not None:
            self._channel.close()
        self._channel, self._begun = None, b""


class PretendReader:
    """A reader on which a test lays cards; `gone` pulls it out."""

    typed = False

    def __init__(self) -> None:
        self.cards: list[Card] = []
        self.gone = False

    def clear(self) -> None:
        """Forget the cards that were laid on."""
        self.cards.clear()

    def take(self, typed: str = "") -> Card | None:
        """Return the card laid on last."""
        if self.gone:
            raise ReaderGone
        card = self.cards[-1] if self.cards else None
        self.cards.clear()
        return card

    def close(self) -> None:
        """Nothing is held."""


def reader_at(setting: str) -> CardReader | None:
    """Return the reader of a setting: `hid`, `tcp:PORT`, `serial:DEVICE`, or nothing.

    Raises:
        ValueError: it is none of these.
    """
    kind, _, where = setting.partition(":")
    if kind == "tcp" and where.isdecimal() and 0 < int(where) < 2**16:
        return FrameReader(lambda: TcpChannel(int(where)))
    if kind == "serial" and where:
        return FrameReader(lambda: SerialChannel(Path(where)))
    if setting == "hid":
        return TypingReader()
    if setting:
        raise ValueError(f"{setting}: hid, tcp:PORT or serial:DEVICE")
    return None
