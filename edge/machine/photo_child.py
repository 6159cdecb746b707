"""The child that looks into a photo: raw bytes in on stdin, one clean JPEG out on stdout, then it ends.

Decoders are where hostile files bite, so they run here alone: little memory, few seconds, no file that can be written,
no core dump. The parent (`imaging.py`) starts one child for one photo. Nothing of `edge` is imported, so that the
start is quick; Pillow is imported nowhere else.
"""

import json
import sys
from io import BytesIO
from typing import Any

WORD = "reencode-photo"
"""What the packaged executable is called with to become this child."""
LARGEST_PHOTO_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 40_000_000
LEAST_SIDE, LONG_SIDE = 200, 2000
"""Shorter, nobody could read it; longer adds nothing: 2000 pixels along an A4 page are 171 dots an inch."""
WANTED_BYTES = 200_000
STEPS = ((2000, 62), (1800, 55), (1600, 50), (1600, 40))
"""(longest side, JPEG quality): the first that comes to WANTED_BYTES is sent. A page full of 12-point characters is
still read at the last one; fewer pixels harm it less than a lower quality."""
MEMORY_BYTES, CPU_SECONDS = 448 * 1024 * 1024, 8
KINDS = ("JPEG", "PNG", "WEBP")
GREY_SPREAD, COLOUR_SPREAD, COLOURED_PART = 14, 48, 0.001
"""How far apart a pixel's colours may lie on average, and how far they lie where there is a seal; the least part of a
page that a seal covers. Paper under warm light with black print counts as grey."""
JUDGED_SIDE = 1000
BLURRY_BELOW, DARK_BELOW, GLARE_ABOVE, BLOWN, WHITE = 17.0, 100, 0.02, 250, 235

DONE, NO_PHOTO, WRONG_KIND, TOO_MANY_PIXELS, TOO_SMALL, MOVES, TOO_HARD = 0, 10, 11, 12, 13, 14, 15
"""How the child ends; anything else means that it broke or was stopped."""


class Refused(Exception):
    """The photo will not do; the first argument is how the child ends."""


def main() -> int:
    """Read stdin, write the clean photo; return how it ended."""
    confine()
    raw = sys.stdin.buffer.read(LARGEST_PHOTO_BYTES + 1)
    try:
        told, content = clean(raw)
    except Refused as refused:
        return int(refused.args[0])
    except MemoryError:
        return TOO_HARD
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + content)
    sys.stdout.buffer.flush()
    return DONE


def confine() -> None:
    """Give up memory, time, files and a core dump before the first byte is read.

    Windows has no such limits: there the parent's clock and the caps on bytes and pixels stand alone.
    """
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    if sys.platform == "linux":
        _sever()


def _sever() -> None:
    """End with the parent, and leave no memory image: a core pattern that is a pipe heeds no limit."""
    import ctypes
    import signal

    end_with_parent, dumpable, no_new_rights = 1, 4, 38  # prctl(2)
    libc = ctypes.CDLL(None)
    libc.prctl(end_with_parent, signal.SIGKILL, 0, 0, 0)
    libc.prctl(dumpable, 0, 0, 0, 0)
    libc.prctl(no_new_rights, 1, 0, 0, 0)


def clean(raw: bytes) -> tuple[dict[str, Any], bytes]:
    """Return what was found out about a photo, and the photo as a JPEG of pixels only: upright, sized, without EXIF.

    Raises:
        Refused: with NO_PHOTO, WRONG_KIND, TOO_MANY_PIXELS, TOO_SMALL, MOVES or TOO_HARD.
    """
    from PIL import Image, ImageFile

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    if len(raw) > LARGEST_PHOTO_BYTES:
        raise Refused(TOO_HARD)
    photo = _open(raw)
    if photo.width * photo.height > MOST_PIXELS:
        raise Refused(TOO_MANY_PIXELS)
    if min(photo.size) < LEAST_SIDE:
        raise Refused(TOO_SMALL)
    if getattr(photo, "n_frames", 1) > 1 and photo.format != "MPO":
        raise Refused(MOVES)
    try:
        page = _upright(photo)
    except MemoryError:
        raise
    # a decoder may raise anything over what a stranger wrote: whatever it is, this is no photo
    except Exception as fault:
        raise Refused(NO_PHOTO) from fault
    grey = page.mode == "L" or _is_grey(page)
    found = hints(page.convert("L"))
    page = page.convert("L") if grey else page
    content = _encode(page)
    return {"width": page.width, "height": page.height, "hints": found}, content


def _open(raw: bytes) -> Any:
    """Return the opened photo; only its head is read yet."""
    import warnings

    from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

    if raw[4:8] == b"ftyp" or not raw.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")):
        raise Refused(WRONG_KIND)
    del JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # imported to be known
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return Image.open(BytesIO(raw), formats=KINDS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise Refused(TOO_MANY_PIXELS) from fault
    except MemoryError:
        raise
    # a decoder may raise anything over what a stranger wrote: whatever it is, this is no photo
    except Exception as fault:
        raise Refused(NO_PHOTO) from fault


def _upright(photo: Any) -> Any:
    """Return the pixels as RGB or L, at most LONG_SIDE long, turned as the camera was held."""
    from PIL import Image, ImageOps

    turn = photo.getexif().get(0x0112, 1)
    photo.draft("RGB", (LONG_SIDE, LONG_SIDE))  # a JPEG is then decoded small: less memory, less time
    photo.load()
    if photo.width * photo.height > MOST_PIXELS // 2 and photo.mode not in ("RGB", "L", "CMYK", "YCbCr"):
        # no camera writes these so large, and converting them whole would double what they need
        photo = photo.resize((photo.width // 2, photo.height // 2), Image.Resampling.NEAREST)
    if photo.mode.startswith("I;16"):
        photo = photo.point(lambda value: value / 256).convert("L")
    elif photo.mode in ("P", "1", "I", "F", "PA"):
        photo = photo.convert("RGBA" if "transparency" in photo.info or photo.mode == "PA" else "RGB")
    photo.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if "A" in photo.getbands():
        ground = Image.new("RGBA", photo.size, "white")  # what shines through is paper
        ground.alpha_composite(photo.convert("RGBA"))
        photo = ground
    photo = photo if photo.mode == "L" else photo.convert("RGB")
    photo.info.clear()
    if isinstance(turn, int) and 2 <= turn <= 8:
        marked = Image.Exif()
        marked[0x0112] = turn
        photo.info["exif"] = marked.tobytes()
        photo.getexif()[0x0112] = turn
        photo = ImageOps.exif_transpose(photo)
    return photo


def _is_grey(page: Any) -> bool:
    """Tell if a page has no colour worth a third of its bytes: a red seal must stay red, also in bad light."""
    from PIL import ImageChops

    small = page.copy()
    small.thumbnail((400, 400))
    red, green, blue = small.split()
    highest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    spread = ImageChops.subtract(highest, ImageChops.darker(ImageChops.darker(red, green), blue)).histogram()
    total = sum(spread)
    light = min(1.0, _percentile(highest.histogram(), total, 0.9) / 200)
    mean = sum(value * count for value, count in enumerate(spread)) / total
    return mean <= GREY_SPREAD and sum(spread[int(COLOUR_SPREAD * light):]) < COLOURED_PART * total


def _encode(page: Any) -> bytes:
    """Return the JPEG of the first of STEPS that comes to WANTED_BYTES, of the last one if none does."""
    from PIL import Image

    content = b""
    for side, quality in STEPS:
        page.thumbnail((side, side), Image.Resampling.LANCZOS)
        out = BytesIO()
        page.save(out, "JPEG", quality=quality, optimize=True, progressive=True, subsampling="4:2:0")
        content = out.getvalue()
        if len(content) <= WANTED_BYTES:
            break
    return content


def hints(grey: Any) -> list[str]:
    """Return what may be wrong: `dark`, `glare`, `blurry`. The page in the browser judges by the same figures.

    Sharpness is the mean of the strongest edges (Laplacian), one pixel in fifty, in percent of the paper's light.
    """
    from PIL import ImageFilter

    judged = grey.copy()
    judged.thumbnail((JUDGED_SIDE, JUDGED_SIDE))
    counts = judged.histogram()
    total = sum(counts)
    paper = _percentile(counts, total, 0.8)
    found = []
    if paper < DARK_BELOW:
        found.append("dark")
    # where the paper itself is white, white says nothing
    if paper < WHITE and sum(counts[BLOWN:]) / total > GLARE_ABOVE:
        found.append("glare")
    laplace = ImageFilter.Kernel((3, 3), (0, -1, 0, -1, 4, -1, 0, -1, 0), 1, 128)
    edges = judged.filter(laplace).crop((1, 1, judged.width - 1, judged.height - 1)).histogram()
    strengths = [0] * 129
    for value, count in enumerate(edges):
        strengths[abs(value - 128)] += count
    if 100.0 * _top(strengths, total // 50) / max(paper, 60) < BLURRY_BELOW:
        found.append("blurry")
    return found


def _percentile(counts: list[int], total: int, part: float) -> int:
    seen = 0
    for value, count in enumerate(counts):
        seen += count
        if seen >= part * total:
            return value
    return len(counts) - 1


def _top(strengths: list[int], most: int) -> float:
    """Return the mean of the `most` highest values of a histogram."""
    left, whole = most, 0
    for value in range(len(strengths) - 1, -1, -1):
        taken = min(left, strengths[value])
        whole, left = whole + taken * value, left - taken
        if not left:
            break
    return whole / max(1, most - left)


if __name__ == "__main__":
    sys.exit(main())
