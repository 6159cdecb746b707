"""Walk every question of every item and list what does not fit: `python -m tests.browser.every_item`.

A citizen walks behind the screen, where a page takes milliseconds. The browser draws each page once, however many
items have it in common: with its mistakes, all its options, and the keys that it has. Part of `make soak`; `make test`
walks the few items that hold every kind of page, with a finger.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from playwright.sync_api import Browser

from edge.domain.catalogue import shipped_catalogue
from edge.domain.form_walk import form_fields
from edge.kiosk import create_kiosk
from edge.kiosk.guard import COOKIE
from tests.browser.chrome import SIZES, Size, chromium, new_page, serving
from tests.browser.look import faults_of
from tests.fakes.one_site import make_site
from tests.kiosk.citizen import Citizen

LOOKS: tuple[tuple[str, ...], ...] = ((), ("large",), ("lang",), ("lang", "large"))
TWIN = re.compile(
    r'(?s)<title>.*?</title>|<p class="now".*?</p>|<div class="progress".*?</div>|data-csrf="\w+"'
    r'|name="csrf" value="\w+"|/(?:fill|rows|item)/[\w/.-]+')
"""What a page does not share with its twin in another item, and what does not decide whether it fits."""


class Walked(Citizen):
    """A citizen behind the screen who goes wrong everywhere once; `look` is called wherever a page leads."""

    def __init__(self, client: FlaskClient, look: Callable[["Walked"], None]) -> None:
        self.look = look
        self.wrong: set[str] = set()
        self.asked: set[str] = set()
        super().__init__(client)

    def go(self, path: str) -> "Walked":
        """Open a page, and look at it."""
        super().go(path)
        self.look(self)
        return self

    def reply(self, value: Any, go: str = "next") -> "Citizen":
        """Turn through what the page offers, forget to answer, then answer."""
        at = self.at
        if at not in self.wrong and not at.endswith("/photo"):
            self.wrong.add(at)
            self.turn_over(at)
            if at in self.asked:
                self.send(at, go="next")
            if self.at != at:
                self.go(at)
        return super().reply(value, go)

    def turn_over(self, at: str) -> None:
        """See all options of a long list, and the way to find one."""
        number = 2
        while f'value="page{number}"' in self.page:
            self.send(at, go=f"page{number}")
            number += 1
        if 'value="find"' in self.page:
            self.send(at, go="find").send(at, go="next")

    def walk(self, code: str) -> None:
        """Fill an item with its example and hand it in, forgetting the tick."""
        self.asked = {f"/fill/{one.key}" for one in form_fields(shipped_catalogue().item(code)) if not one.optional}
        self.fill(code)
        for number in range(1, 9):
            self.go(f"/check?page={number}")
        self.send("/check").send("/check", agree="yes")
        if self.at != "/receipt":
            raise AssertionError(f"{code} ends at {self.at}: {self.title}")


def walk_items(
    browser: Browser, size: Size, looks: tuple[str, ...], codes: list[str], pictures: Path | None = None
) -> Iterator[tuple[str, list[str]]]:
    """Fill these items with their examples; yield what is wrong, by item and page."""
    drawn: set[str] = set()
    found: list[tuple[str, list[str]]] = []
    with tempfile.TemporaryDirectory() as folder:
        site, _clock = make_site(Path(folder))
        app = create_kiosk(site, duty="李师傅（一楼服务台）", phone="0533-0000000")
        page = new_page(browser, size)

        with serving(app) as base:

            def look(citizen: Walked) -> None:
                twin = TWIN.sub("", citizen.page)
                if twin in drawn:
                    return
                drawn.add(twin)
                cookie = citizen.client.get_cookie(COOKIE)
                if cookie is not None:
                    page.context.add_cookies([{"name": COOKIE, "value": cookie.value, "url": base}])
                page.goto(base + citizen.at)
                faults = faults_of(page, size, axe=False)
                if faults:
                    found.append((f"{citizen.item} {citizen.at}", faults))
                    if pictures is not None:
                        name = "-".join((citizen.item, citizen.at, size.name, *looks, str(len(drawn))))
                        page.screenshot(path=pictures / (re.sub(r"\W+", "-", name) + ".png"))

            for code in codes:
                citizen = Walked(app.test_client(), look)
                for word in looks:
                    citizen.go("/help").send("/comfort", go=word)
                citizen.walk(code)
                yield from found
                found.clear()
        page.context.close()
        site.store.close()


def main() -> int:
    """Walk, and say what was found."""
    parser = argparse.ArgumentParser(description="Walk every question of every item, at all sizes and in all looks.")
    parser.add_argument("codes", nargs="*", help="these items only")
    parser.add_argument("--size", choices=[size.name for size in SIZES], help="this size only")
    parser.add_argument("--look", choices=["plain", "large", "lang", "lang-large"], help="this look only")
    parser.add_argument("--pictures", type=Path, help="folder for a picture of each page with a fault")
    args = parser.parse_args()
    codes = args.codes or list(shipped_catalogue().items)
    looks = LOOKS if args.look is None else (tuple(word for word in args.look.split("-") if word != "plain"),)
    faults = 0
    with chromium() as browser:
        for size in (one for one in SIZES if args.size in (None, one.name)):
            for look in looks:
                for place, told in walk_items(browser, size, look, codes, args.pictures):
                    faults += len(told)
                    sys.stdout.write(f"{size.name} {'-'.join(look) or 'plain'} {place}: {'; '.join(told)}\n")
                    sys.stdout.flush()
    sys.stdout.write(f"{len(codes)} items, {faults} faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
