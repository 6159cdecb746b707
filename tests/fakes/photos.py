"""Photos of papers that nobody owns: drawn, never taken."""

import random
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFilter


def page(width: int = 1240, height: int = 1754, *, seal: bool = False, seed: int = 1) -> Image.Image:
    """Return a page of print on cream paper: blocks where characters stand, a red seal if wanted."""
    chance = random.Random(seed)
    paper = Image.new("RGB", (width, height), (228, 226, 218))
    pen = ImageDraw.Draw(paper)
    size = max(6, width // 60)
    for top in range(size * 3, height - size * 3, size * 2):
        for left in range(size * 3, width - chance.randrange(size * 3, width // 2), size + 3):
            for _ in range(4):   # strokes of one character
                ends = [(left + chance.randrange(size), top + chance.randrange(size)) for _ in range(2)]
                pen.line(ends, fill=(30, 28, 26), width=2)
    if seal:
        across = width // 4
        box = (width - 2 * across, height - 2 * across, width - across, height - across)
        pen.ellipse(box, outline=(200, 30, 30), width=max(3, across // 14))
    return paper


def blurred(paper: Image.Image) -> Image.Image:
    """Return it as a hand that shook sees it."""
    return paper.filter(ImageFilter.GaussianBlur(paper.width / 300))


def glaring(paper: Image.Image) -> Image.Image:
    """Return it with the lamp's reflection on it."""
    lit = paper.copy()
    spot = (paper.width // 3, paper.height // 3, paper.width * 2 // 3, paper.height // 2)
    ImageDraw.Draw(lit).ellipse(spot, fill=(255, 255, 255))
    return lit


def dark(paper: Image.Image) -> Image.Image:
    """Return it as taken in the evening."""
    return paper.point(lambda value: value * 0.3)


def written(picture: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    """Return the file."""
    out = BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def read(content: bytes) -> Image.Image:
    """Return the picture in a file, decoded."""
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture
