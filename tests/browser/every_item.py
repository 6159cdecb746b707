"""Walk every question of every item and list what does not fit: `python -m tests.browser.every_item`.

Part of `make soak`: a hundred items take hours. `make test` walks the few that hold every kind of page.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from edge.domain.catalogue import shipped_catalogue
from edge.kiosk import create_kiosk
from tests.browser.chrome import EXECUTABLE, SIZES, Size, chromium, new_page, serving
from tests.browser.gallery import turn
from tests.browser.look import faults_of
from tests.browser.story import Story
from tests.fakes.one_site import make_site

LOOKS: tuple[tuple[str, ...], ...] = ((), ("large",), ("lang",), ("lang", "large"))


def walk_items(
    browser: Browser, size: Size, looks: tuple[str, ...], codes: list[str], pictures: Path | None = None
) -> Iterator[tuple[str, list[str]]]:
    """Fill these items with their examples; yield what is wrong, by item and page, as it is found."""
    with tempfile.TemporaryDirectory() as folder:
        site, _clock = make_site(Path(folder))
        page = new_page(browser, size)
        found: dict[str, list[str]] = {}

        def look(name: str) -> None:
            faults = faults_of(page, size, axe=False)
            if faults:
                found[name] = faults
                if pictures is not None:
                    page.screenshot(path=pictures / f"{code}-{name}-{size.name}-{'-'.join(looks)}.png")

        with serving(create_kiosk(site, duty="李师傅（一楼服务台）", phone="0533-0000000")) as base:
            turn(page, base, list(looks))
            story = Story(page, base, site, look, camera=False)
            for code in codes:
                found.clear()
                story.fill_and_hand_in(code, looks=True)
                yield from ((f"{code} {name}", faults) for name, faults in found.items())
        page.context.close()
        site.store.close()


def main() -> int:
    """Walk, and say what was found."""
    parser = argparse.ArgumentParser(description="Walk every question of every item, at two sizes and in all looks.")
    parser.add_argument("codes", nargs="*", help="these items only")
    parser.add_argument("--size", choices=[size.name for size in SIZES], help="this size only")
    parser.add_argument("--look", choices=["plain", "large", "lang", "lang-large"], help="this look only")
    parser.add_argument("--pictures", type=Path, help="folder for a picture of each page with a fault")
    args = parser.parse_args()
    codes = args.codes or list(shipped_catalogue().items)
    looks = LOOKS if args.look is None else (tuple(word for word in args.look.split("-") if word != "plain"),)
    faults = 0
    with chromium(EXECUTABLE) as browser:
        for size in (one for one in SIZES if args.size in (None, one.name) and (args.size or not one.scrolls)):
            for look in looks:
                for place, told in walk_items(browser, size, look, codes, args.pictures):
                    faults += len(told)
                    sys.stdout.write(f"{size.name} {'-'.join(look) or 'plain'} {place}: {'; '.join(told)}\n")
                    sys.stdout.flush()
    sys.stdout.write(f"{len(codes)} items, {faults} faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
