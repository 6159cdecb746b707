"""docs/gallery.md: every page of the kiosk and the console on one page, small, at each size: `make gallery`."""

import tempfile
from pathlib import Path

from PIL import Image

from tests.browser.chrome import SIZES
from tests.browser.console_gallery import draw_console
from tests.browser.console_story import CONSOLE_SIZES
from tests.browser.gallery import draw

PAGE = Path(__file__).resolve().parents[2] / "docs" / "gallery.md"
FOLDER = PAGE.with_suffix("")
WIDTHS = {"1080": 300, "1366": 560, "390": 200, "1440": 560}
QUALITY = 60
HEAD = """# Every page

As a citizen meets them, then as the county's people do; a standing kiosk (1080 × 1920), an old PC (1366 × 768), a
phone (390 wide, drawn to its end). Drawn by `make gallery` with invented people; each page is checked at each size by
`tests/browser/test_pages.py` and `tests/browser/test_console_pages.py`. Full size: `make screenshots`.
"""


def main() -> None:
    """Draw every page, make the pictures small, and write the page that shows them."""
    for old in FOLDER.glob("*.webp"):
        old.unlink()
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder)
        draw(drawn, list(SIZES), [])
        draw_console(drawn)
        files = sorted(drawn.glob("*.png"), key=lambda one: one.stat().st_mtime_ns)
        for file in files:
            shrink(file)
    kiosk = [one.stem for one in files if not one.stem.startswith("console-")]
    console = [one.stem for one in files if one.stem.startswith("console-")]
    PAGE.write_text(HEAD + table("The kiosk", kiosk, [size.name for size in SIZES])
                    + table("The console", console, [size.name for size in CONSOLE_SIZES]), "utf-8")


def shrink(file: Path) -> None:
    """Write a picture as wide as its size has it in the gallery."""
    width = WIDTHS[file.stem.rsplit("-", 1)[1]]
    with Image.open(file) as picture:
        height = round(picture.height * width / picture.width)
        small = picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
        small.save(FOLDER / f"{file.stem}.webp", quality=QUALITY, method=6)


def table(title: str, stems: list[str], sizes: list[str]) -> str:
    """Return a section with a row for each page and a column for each size."""
    names = list(dict.fromkeys(stem.rsplit("-", 1)[0] for stem in stems))
    rows = [f"| {name.removeprefix('console-')} | " + " | ".join(
        f"![{name}, {size}](gallery/{name}-{size}.webp)" if f"{name}-{size}" in stems else "" for size in sizes) + " |"
        for name in names]
    head = ["| page | " + " | ".join(sizes) + " |", "|---" * (len(sizes) + 1) + "|"]
    return "\n".join(["", f"## {title}", "", *head, *rows, ""])


if __name__ == "__main__":
    main()
