"""Drawings of characters that a slip printer has no letters for: the rare ones of names, dot by dot.

A font of the machine draws them (`fonts-noto-cjk` has the rare ones that were tried); where none is found the character
is printed as an empty box of its size, which a person sees and asks about, instead of as two wrong letters.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

DOTS = 24
FONTS = (
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"),
    Path("C:/Windows/Fonts/simsunb.ttf"),
    Path("C:/Windows/Fonts/msyh.ttc"),
)
SIMPLIFIED = 2
"""Which face of a collection draws as in mainland China; a file with fewer faces has only its first."""

NOBODYS = "\U0010fffe"
"""A code that no font has a letter for."""

Columns = bytes
"""24 columns of 3 bytes, left to right; the highest bit of the first byte is the top dot."""


class Glyphs(Protocol):
    """What draws a character."""

    def draw(self, character: str) -> Columns | None:
        """Return the character in 24 × 24 dots, or None when nothing here can draw it."""
        ...


def box() -> Columns:
    """Return an empty box."""
    rows = [[2 <= x < DOTS - 2 and 2 <= y < DOTS - 2 and (x in (2, DOTS - 3) or y in (2, DOTS - 3))
             for x in range(DOTS)] for y in range(DOTS)]
    return columns(rows)


def columns(rows: list[list[bool]]) -> Columns:
    """Return rows of dots as the columns that a printer takes."""
    out = bytearray()
    for x in range(DOTS):
        for top in range(0, DOTS, 8):
            out.append(sum(1 << (7 - y) for y in range(8) if rows[top + y][x]))
    return bytes(out)


class FontGlyphs:
    """The fonts of this machine. Pillow is loaded at the first rare character, not before."""

    def __init__(self, fonts: tuple[Path, ...] = FONTS) -> None:
        self._fonts = tuple(font for font in fonts if font.is_file())

    def draw(self, character: str) -> Columns | None:
        """Return the character in 24 × 24 dots, or None when no font has it."""
        return next(filter(None, (_drawn(font, character) for font in self._fonts)), None)


@cache
def _drawn(font: Path, character: str) -> Columns | None:
    from PIL import ImageFont  # 10 MB that most slips never need

    try:
        face = ImageFont.truetype(str(font), DOTS - 2, index=SIMPLIFIED if font.suffix == ".ttc" else 0)
    except OSError:
        return None
    drawn, lacking = (_dots(face, one) for one in (character, NOBODYS))
    # a font draws what it lacks as the same box for all
    return None if drawn == lacking else columns(drawn)


def _dots(face: "FreeTypeFont", character: str) -> list[list[bool]]:
    from PIL import Image, ImageDraw  # as above

    picture = Image.new("1", (DOTS, DOTS))
    ImageDraw.Draw(picture).text((1, DOTS - 4), character, fill=1, font=face, anchor="ls")
    return [[bool(picture.getpixel((x, y))) for x in range(DOTS)] for y in range(DOTS)]
