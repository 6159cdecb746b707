"""A photo from outside: what comes out holds pixels and nothing else, whatever went in; what will not do is said."""

import io
import os
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import pytest
from PIL import Image

from edge.ground.problem import (
    PHOTO_FAILED,
    PHOTO_MOVES,
    PHOTO_TOO_LARGE,
    PHOTO_TOO_SMALL,
    PHOTO_UNREADABLE,
    PHOTO_WRONG_KIND,
    Kind,
    Problem,
)
from edge.machine.imaging import LARGEST_CLEAN_BYTES, ChildImaging, CleanPhoto, only_pixels, own_command
from edge.machine.photo_child import LARGEST_PHOTO_BYTES, LONG_SIDE, MEMORY_BYTES, WANTED_BYTES
from tests.fakes.photos import blurred, dark, glaring, page, read, written

SECRET = b"37030419400101002X"


def clean(raw: bytes) -> CleanPhoto:
    return ChildImaging().clean(raw)


def refusal(raw: bytes) -> Kind:
    with pytest.raises(Problem) as refused:
        clean(raw)
    return refused.value.kind


def png_head(width: int, height: int, depth: int = 8, colour: int = 2) -> bytes:
    """Return a PNG that claims a size and holds almost nothing."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"\0" * 100)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def python(words: str) -> str:
    """Return what a fresh Python prints."""
    run = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, timeout=120, check=False,
                         env={**os.environ, "PYTHONPATH": str(Path.cwd())})
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


# ---------------------------------------------------------------- what comes out


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_kind_becomes_a_jpeg_of_pixels_only(kind: str) -> None:
    photo = clean(written(page(seal=True), kind))

    assert only_pixels(photo.content)
    assert read(photo.content).format == "JPEG"
    assert (photo.width, photo.height) == read(photo.content).size


def test_nothing_that_a_camera_wrote_beside_the_pixels_stays() -> None:
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()                                        # maker
    exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 48.0, 0.0), 3: "E", 4: (118.0, 0.0, 0.0)})   # GPS
    raw = written(page(), exif=exif.tobytes(), comment=SECRET, icc_profile=SECRET * 40)
    assert SECRET in raw and read(raw).getexif().get_ifd(0x8825)

    photo = clean(raw)

    assert only_pixels(photo.content) and SECRET not in photo.content
    assert not read(photo.content).getexif()


def test_a_photo_taken_sideways_stands_upright() -> None:
    paper = page(900, 600)
    exif = Image.Exif()
    exif[0x0112] = 6

    photo = clean(written(paper, exif=exif.tobytes()))

    turned = read(photo.content).convert("L")
    wanted = paper.convert("L").rotate(-90, expand=True)
    assert (photo.width, photo.height) == (600, 900)
    assert sum(abs(a - b) for a, b in zip(turned.tobytes(), wanted.tobytes(), strict=True)) / len(turned.tobytes()) < 12


def test_an_a4_page_is_sized_to_what_a_reviewer_needs() -> None:
    photo = clean(written(page(2480, 3508, seal=True), quality=92))

    assert 1600 <= max(photo.width, photo.height) <= LONG_SIDE
    assert 60_000 < len(photo.content) <= WANTED_BYTES


def test_black_on_cream_paper_is_kept_grey_and_a_red_seal_red() -> None:
    assert read(clean(written(page())).content).mode == "L"
    assert read(clean(written(page(seal=True))).content).mode == "RGB"
    assert read(clean(written(dark(page(seal=True)))).content).mode == "RGB"


@pytest.mark.parametrize("mode", ["CMYK", "L", "RGB"])
def test_jpegs_of_every_colour_space_are_read(mode: str) -> None:
    photo = clean(written(page().convert(mode)))

    corner = read(photo.content).convert("L").crop((0, 0, 9, 9)).tobytes()
    assert min(corner) > 180, "paper is light"


@pytest.mark.parametrize("mode", ["1", "P", "LA", "RGBA", "I;16"])
def test_pngs_of_every_depth_are_read(mode: str) -> None:
    paper = page(800, 600)
    if mode == "I;16":
        deep = b"".join(struct.pack("<H", value * 257) for value in paper.convert("L").tobytes())
        picture = Image.frombytes("I;16", paper.size, deep)
    else:
        picture = paper.convert(mode)

    photo = clean(written(picture, "PNG"))

    light = read(photo.content).convert("L").histogram()
    assert sum(light[200:]) > 0.5 * 800 * 600 and sum(light[:90]) > 0.01 * 800 * 600, "paper is light, print is dark"


def test_what_shines_through_becomes_paper() -> None:
    clear = Image.new("RGBA", (400, 400), (0, 0, 0, 0))

    assert min(read(clean(written(clear, "PNG")).content).convert("L").tobytes()) > 250


def test_the_same_photo_twice_gives_the_same_bytes() -> None:
    raw = written(page(seal=True))

    assert clean(raw).content == clean(raw).content


# ---------------------------------------------------------------- hints


def test_a_sharp_page_needs_no_hint() -> None:
    assert clean(written(page())).hints == ()
    assert clean(written(page(2480, 3508))).hints == ()


def test_shaking_darkness_and_glare_are_hinted_at_and_taken_all_the_same() -> None:
    assert clean(written(blurred(page()))).hints == ("blurry",)
    assert "dark" in clean(written(dark(page()))).hints
    assert clean(written(glaring(page()))).hints == ("glare",)


# ---------------------------------------------------------------- what is refused


def test_a_photo_that_breaks_off_is_refused() -> None:
    raw = written(page(), quality=90)
    for size in (4, 300, len(raw) // 2, len(raw) - len(raw) // 8):
        assert refusal(raw[:size]) is PHOTO_UNREADABLE, size


@pytest.mark.parametrize(("width", "height"), [(50_000, 50_000), (8_000, 8_000), (60_000, 1_000)])
def test_a_bomb_is_refused_by_its_head(width: int, height: int) -> None:
    assert refusal(png_head(width, height)) is PHOTO_TOO_LARGE


def test_a_line_of_60000_pixels_is_too_small() -> None:
    assert refusal(written(Image.new("L", (60_000, 1), 255), "PNG")) is PHOTO_TOO_SMALL


def test_the_largest_photo_below_the_cap_needs_less_than_300_megabytes(tmp_path: Path) -> None:
    for name, mode in (("clear.png", "RGBA"), ("colour.png", "RGB"), ("palette.png", "P")):
        plain = Image.new(mode, (6_300, 6_300))   # 39.7 megapixels, some 150 kB
        tmp_path.joinpath(name).write_bytes(written(plain, "PNG"))

        told = python("import resource, sys; from edge.machine.imaging import ChildImaging; from pathlib import Path\n"
                      f"ChildImaging().clean(Path({str(tmp_path / name)!r}).read_bytes())\n"
                      "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")

        assert int(told) * 1024 < 300 * 1024 * 1024 < MEMORY_BYTES, (name, told)


def test_what_moves_is_no_photo() -> None:
    frames = [page(300, 300, seed=n) for n in range(3)]
    assert refusal(written(frames[0], "WEBP", save_all=True, append_images=frames[1:])) is PHOTO_MOVES
    assert refusal(written(frames[0], "PNG", save_all=True, append_images=frames[1:])) is PHOTO_MOVES
    assert refusal(written(frames[0], "GIF", save_all=True, append_images=frames[1:])) is PHOTO_WRONG_KIND


@pytest.mark.parametrize("raw", [
    b"", b"hello", b"%PDF-1.7\n", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"PK\x03\x04" + b"\0" * 100,
    b"\0\0\0\x18ftypheic" + b"\0" * 200, b"II*\0" + b"\0" * 100, b"%!PS-Adobe-3.0 EPSF-3.0\n",
], ids=["empty", "text", "pdf", "svg", "zip", "heic", "tiff", "eps"])
def test_what_is_no_jpeg_png_or_webp_is_refused_whatever_its_name(raw: bytes) -> None:
    assert refusal(raw) is PHOTO_WRONG_KIND


def test_a_file_that_is_a_photo_and_an_archive_keeps_only_the_photo() -> None:
    raw = written(page()) + b"PK\x03\x04" + SECRET * 50 + b"<script>alert(1)</script>"

    photo = clean(raw)

    assert only_pixels(photo.content)
    assert SECRET not in photo.content and b"<script>" not in photo.content and b"PK\x03\x04" not in photo.content


def test_too_many_bytes_are_refused_without_a_child() -> None:
    with pytest.raises(Problem) as refused:
        ChildImaging(["/nothing/here"]).clean(b"\xff\xd8\xff" + b"\0" * LARGEST_PHOTO_BYTES)

    assert refused.value.kind is PHOTO_TOO_LARGE


# ---------------------------------------------------------------- a child that misbehaves

HANGS = """import sys, time; raw = sys.stdin.buffer.read(); time.sleep(30)   # then all would be well
sys.stdout.buffer.write(b'{"width": 1, "height": 1, "hints": []}\\n' + raw)"""
FLOODS = "import sys\nwhile True: sys.stdout.buffer.write(b'x' * 65536)"
DIES = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
LIES = "import sys; sys.stdin.buffer.read(); sys.stdout.write('{}\\n<html>')"
SMUGGLES = """import sys; raw = sys.stdin.buffer.read()
sys.stdout.buffer.write(b'{"width": 1, "height": 1, "hints": []}\\n' + raw)"""


@pytest.mark.parametrize("does", [HANGS, FLOODS, DIES, LIES], ids=["hangs", "floods", "dies", "lies"])
def test_a_child_that_misbehaves_is_ended_and_the_photo_refused(does: str) -> None:
    imaging = ChildImaging([sys.executable, "-c", does], timeout_seconds=1.0)

    with pytest.raises(Problem) as refused:
        imaging.clean(written(page()))

    assert refused.value.kind is PHOTO_FAILED
    assert LARGEST_CLEAN_BYTES < 2 * 1024 * 1024


def test_a_child_that_was_taken_over_can_smuggle_nothing_beside_the_pixels() -> None:
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    imaging = ChildImaging([sys.executable, "-c", SMUGGLES])

    with pytest.raises(Problem):
        imaging.clean(written(page(), exif=exif.tobytes()))
    with pytest.raises(Problem):
        imaging.clean(written(page()) + SECRET)


def test_the_child_can_use_little_memory_and_write_no_file(tmp_path: Path) -> None:
    child = Path(own_command()[-1])
    greedy = f"""import runpy, sys
module = runpy.run_path({str(child)!r})
module['confine']()
try:
    bytearray(600 * 1024 * 1024)
    print('memory')
except MemoryError:
    pass
try:
    with open({str(tmp_path / "kept")!r}, 'wb') as kept:
        kept.write(b'x' * 100)
    print('file')
except OSError:
    pass
"""
    # the signal of the file limit would end it before it can say more: heeded as an error here
    assert python("import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n" + greedy) == ""
    assert not (tmp_path / "kept").exists() or (tmp_path / "kept").stat().st_size == 0


def test_no_photo_is_left_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    clean(written(page(2480, 3508), quality=95))

    assert list(tmp_path.iterdir()) == []


def test_pillow_is_imported_by_the_child_alone() -> None:
    told = python("import sys, edge.kiosk, edge.machine.imaging, sync.command.cli\n"
                  "print([name for name in sys.modules if name.startswith('PIL')])")

    assert told == "[]"


def test_only_pixels_knows_what_is_more() -> None:
    content = written(page(300, 300), progressive=True)
    assert only_pixels(content)
    comment = written(page(300, 300), comment=b"hello")
    for raw in (comment, content + b"\xff\xd9", content[:-2], b"", content[:40], io.BytesIO(content).read() + content):
        assert not only_pixels(raw)
