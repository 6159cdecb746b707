"""Pictures of every page in three sizes: `python -m tests.browser.gallery --to DIR [--dark] [--large] [--english]`."""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from edge.kiosk import create_kiosk
from tests.browser.chrome import EXECUTABLE, SIZES, Size, chromium, new_page, serving
from tests.browser.console_gallery import draw_console
from tests.browser.story import Story
from tests.fakes.one_site import make_site
from tests.fakes.staffed import plugged


def draw(to: Path, sizes: list[Size], looks: list[str], only: str = "") -> int:
    """Write the pictures of one set of looks; return how many."""
    drawn = 0
    with chromium(EXECUTABLE) as browser:
        for size in sizes:
            with tempfile.TemporaryDirectory() as folder:
                site, _clock = make_site(Path(folder))
                app = create_kiosk(site, duty="李师傅（一楼服务台）", phone="0533-0000000", **plugged(Path(folder)))
                with serving(app) as base:
                    page = new_page(browser, size)
                    names: list[str] = []

                    def look(name: str, page: Page = page, size: Size = size, names: list[str] = names) -> None:
                        names.append(name)
                        if only not in name or (name.startswith("phone-") and not size.scrolls):
                            return
                        suffix = "-".join([size.name, *looks])
                        page.screenshot(path=to / f"{name}-{suffix}.png", full_page=size.scrolls)

                    turn(page, base, looks)
                    Story(page, base, site, look).walk()
                    drawn += len(names)
                    page.context.close()
                site.store.close()
    return drawn


def turn(page: Page, base: str, looks: list[str]) -> None:
    """Press the dock's buttons for these looks: large, dark, lang."""
    page.goto(base + "/")
    for look in looks:
        page.locator(f'.dock button[value="{look}"]').click()
        page.wait_for_load_state()


def main() -> None:
    """Draw what the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a picture of every kiosk and console page in three sizes.")
    parser.add_argument("--to", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--size", choices=[size.name for size in SIZES], help="this size only")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    for look, words in (("large", "large type"), ("dark", "dark ground"), ("lang", "English")):
        parser.add_argument(f"--{look}", action="store_true", help=words)
    asked = parser.parse_args()
    asked.to.mkdir(parents=True, exist_ok=True)
    looks = [look for look in ("large", "dark", "lang") if getattr(asked, look)]
    sizes = [size for size in SIZES if asked.size in (None, size.name)]
    draw(asked.to, sizes, looks, asked.only)
    # the console has neither large type nor a dark ground; its own three widths are drawn with the plain pictures
    if not asked.large and not asked.dark and not asked.size:
        draw_console(asked.to, english=asked.lang, only=asked.only)


if __name__ == "__main__":
    main()
