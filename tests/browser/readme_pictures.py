"""The pictures of the README, drawn anew: `make pictures`."""

import shutil
import tempfile
from pathlib import Path

from tests.browser.chrome import SIZES
from tests.browser.console_gallery import draw_console
from tests.browser.console_story import CONSOLE_SIZES
from tests.browser.gallery import draw

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
KIOSK = {"home": "kiosk-home", "check-1": "kiosk-check", "receipt": "kiosk-receipt"}
CONSOLE = {"case": "console-case"}


def main() -> None:
    """Draw the few pages that the README shows and put them where it looks for them."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    kiosk = next(size for size in SIZES if size.name == "1080")
    console = next(size for size in CONSOLE_SIZES if size.name == "1440")
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder)
        draw(drawn, [kiosk], [])   # the story must be walked anyway; it is the same with fewer pictures
        for page, name in KIOSK.items():
            shutil.copy(drawn / f"{page}-{kiosk.name}.png", PICTURES / f"{name}.png")
        for page, name in CONSOLE.items():
            draw_console(drawn, [console], only=page)
            shutil.copy(drawn / f"console-{page}-{console.name}.png", PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
