"""Pictures of every console page in three sizes: `python -m tests.browser.console_gallery --to DIR [--english]`."""

import argparse
import tempfile
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.chrome import EXECUTABLE, Size, chromium, new_page, serving
from tests.browser.console_story import CONSOLE_SIZES, ConsoleStory
from tests.console.sample import make_sample


def draw_console(to: Path, sizes: Iterable[Size] = CONSOLE_SIZES, *, english: bool = False, only: str = "") -> int:
    """Write `console-<page>-<width>.png` of every page whose name holds `only`; return how many."""
    drawn = 0
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder, chromium(EXECUTABLE) as browser:
            sample = make_sample(Path(folder))
            with serving(sample.app) as base:
                page = new_page(browser, size)
                ending = f"{size.name}-lang" if english else size.name
                drawn += _walk(page, base, to, ending, english, only)
                page.context.close()
            sample.hub.store.close()
    return drawn


def _walk(page: Page, base: str, to: Path, ending: str, english: bool, only: str) -> int:
    names: list[str] = []

    def look(name: str) -> None:
        if only in name:
            names.append(name)
            page.screenshot(path=to / f"console-{name}-{ending}.png", full_page=True)

    ConsoleStory(page, base, look, english).walk()
    return len(names)


def main() -> None:
    """Draw what the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a picture of every console page in three sizes.")
    parser.add_argument("--to", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--size", choices=[size.name for size in CONSOLE_SIZES], help="this size only")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--english", action="store_true", help="English")
    asked = parser.parse_args()
    asked.to.mkdir(parents=True, exist_ok=True)
    sizes = [size for size in CONSOLE_SIZES if asked.size in (None, size.name)]
    draw_console(asked.to, sizes, english=asked.english, only=asked.only)


if __name__ == "__main__":
    main()
