"""The receipt slip as ESC/POS bytes for 58 and 80 mm paper.

Chinese goes as GBK, which such printers have letters for; a rarer character (㐱 𠮷) goes as a drawing of 24 × 24 dots
in its place, since printers print the four bytes that GB18030 has for it as nothing or as something else.
"""

from dataclasses import dataclass

from edge.machine.glyphs import DOTS, FontGlyphs, Glyphs, box

INIT, CHINESE = b"\x1b@", b"\x1c&"
BOLD_ON, BOLD_OFF = b"\x1bE\x01", b"\x1bE\x00"
DOUBLE, NORMAL = b"\x1d!\x11", b"\x1d!\x00"
WHITE_ON_BLACK, BLACK_ON_WHITE = b"\x1dB\x01", b"\x1dB\x00"
CENTRE, LEFT = b"\x1ba\x01", b"\x1ba\x00"
CUT = b"\n\n\n\n\x1dV\x01"
QR_MODULE_DOTS = 5


@dataclass(frozen=True)
class SlipText:
    """The finished lines of a slip; `qr` is upper-case letters and digits."""

    title: str
    band: str
    code: str
    facts: list[str]
    steps: list[str]
    qr: str


def render(slip: SlipText, glyphs: Glyphs | None = None) -> bytes:
    """Return the slip: title, the band that says what it is not, code, QR, facts, what happens next; then it is cut.

    `glyphs` draws what the printer has no letters for; by default a font of this machine.
    """
    rare = glyphs or FontGlyphs()
    return b"".join((
        INIT, CHINESE, CENTRE, DOUBLE, _line(slip.title, rare), NORMAL,
        WHITE_ON_BLACK, _line(f"  {slip.band}  ", rare), BLACK_ON_WHITE, b"\n",
        BOLD_ON, DOUBLE, _line(slip.code, rare), NORMAL, BOLD_OFF, b"\n", _qr(slip.qr), b"\n",
        LEFT, *(_line(fact, rare) for fact in slip.facts), _line("-" * 32, rare),
        *(_line(step, rare) for step in slip.steps), CUT))


def _line(words: str, glyphs: Glyphs) -> bytes:
    return b"".join(_letter(one, glyphs) for one in words) + b"\n"


def _letter(character: str, glyphs: Glyphs) -> bytes:
    code = character.encode("gb18030")
    if len(code) <= 2:
        return code
    # ESC * 33: a bit image of 24 dots' height that stands in the line like a letter
    return b"\x1b*\x21" + DOTS.to_bytes(2, "little") + (glyphs.draw(character) or box())


def _qr(text: str) -> bytes:
    data = text.encode("ascii")
    size = len(data) + 3

    def command(function: int, *rest: int) -> bytes:
        return b"\x1d(k" + (2 + len(rest)).to_bytes(2, "little") + bytes((49, function, *rest))

    store = b"\x1d(k" + size.to_bytes(2, "little") + bytes((49, 80, 48)) + data
    return command(65, 50, 0) + command(67, QR_MODULE_DOTS) + command(69, 49) + store + command(81, 48)
