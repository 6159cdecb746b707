"""The receipt on A4, for a machine whose only printer is an ordinary one: one black page as PDF.

The page is drawn with a font of this machine (`FONTS` of glyphs) and written as one picture of dots, so that no printer
needs letters of its own.
"""

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from edge.ground.problem import PRINTER_FAULT, Problem
from edge.machine.glyphs import FONTS, SIMPLIFIED
from edge.machine.slip import SlipText

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

DOTS_PER_MM = 8
WIDTH, HEIGHT = 210 * DOTS_PER_MM, 297 * DOTS_PER_MM
MARGIN = 20 * DOTS_PER_MM
QR_MM = 35
BODY, CODE, TITLE = 34, 64, 74
POINTS = (595, 842)


def render_sheet(slip: SlipText, fonts: Sequence[Path] = FONTS) -> bytes:
    """Return a PDF of one page: title, what it is not, code and QR, facts, what happens next.

    Raises:
        Problem: PRINTER_FAULT where this machine has no font for Chinese.
    """
    from PIL import Image, ImageDraw  # 10 MB that a machine without an A4 printer never needs

    picture = Image.new("1", (WIDTH, HEIGHT), 1)
    pen = ImageDraw.Draw(picture)
    font = next((one for one in fonts if one.is_file()), None)
    if font is None:
        raise Problem(PRINTER_FAULT, "no font for A4")
    y = _line(pen, MARGIN, slip.title, _face(font, TITLE))
    pen.rectangle((MARGIN, y, WIDTH - MARGIN, y + 80), fill=0)
    pen.text((MARGIN + 30, y + 16), slip.band, font=_face(font, BODY + 6), fill=1)
    y = _qr(pen, slip.qr, y + 120)
    y = _line(pen, y, slip.code, _face(font, CODE)) + 40
    for line in (*slip.facts, "", *slip.steps):
        y = _line(pen, y, line, _face(font, BODY))
    return _pdf(picture.tobytes())


def _face(font: Path, size: int) -> "FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(str(font), size, index=SIMPLIFIED if font.suffix == ".ttc" else 0)


def _line(pen: "ImageDraw", y: int, words: str, face: "FreeTypeFont") -> int:
    """Write words, in as many lines as they need; return where the next one begins."""
    step = int(face.size * 1.6)
    line = ""
    for letter in words:
        if pen.textlength(line + letter, font=face) > WIDTH - 2 * MARGIN:
            pen.text((MARGIN, y), line, font=face, fill=0)
            y, line = y + step, ""
        line += letter
    pen.text((MARGIN, y), line, font=face, fill=0)
    return y + step


def _qr(pen: "ImageDraw", text: str, y: int) -> int:
    import segno  # as above

    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    dot = -(-QR_MM * DOTS_PER_MM // len(rows))
    for down, row in enumerate(rows):
        for right, on in enumerate(row):
            if on:
                at = (MARGIN + right * dot, y + down * dot)
                pen.rectangle((*at, at[0] + dot - 1, at[1] + dot - 1), fill=0)
    return y + dot * len(rows) + 40


def _pdf(dots: bytes) -> bytes:
    """Return a PDF with one picture of 1 bit a dot that fills an A4 page."""
    packed = zlib.compress(dots)
    place = f"q {POINTS[0]} 0 0 {POINTS[1]} 0 0 cm /P Do Q".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {POINTS[0]} {POINTS[1]}]/Contents 4 0 R"
        "/Resources<</XObject<</P 5 0 R>>>>>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(place), place),
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/FlateDecode"
        b"/Length %d>>stream\n%s\nendstream" % (WIDTH, HEIGHT, len(packed), packed)]
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    return out + (b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
                  % (len(objects) + 1, table, len(objects) + 1, len(out)))
