"""One county with one machine for all journeys: real hub, real site, real pages; the line is a call."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page

from edge.desk.lodge import checked_answers
from edge.domain.catalogue import shipped_catalogue
from edge.domain.form import Item
from edge.kiosk import create_kiosk
from edge.machine.card_reader import PretendReader
from sync.hub import materials, publish, review
from sync.hub.tables.cases import Case
from tests.browser.chrome import Size, serving
from tests.fakes.county import ITEMS, County, fast_folder
from tests.fakes.kiosk import Kiosk

SITE = "柳河镇便民服务中心"
JPEG = b"\xff\xd8"
PATIENCE_MS = 60_000
"""A machine may be busy with ten other things; what takes this long is broken."""


@dataclass
class Hall:
    """A machine with a card reader, and the county behind it."""

    county: County
    machine: Kiosk
    reader: PretendReader
    app: Flask
    base: str
    browser: Browser

    def page(self, size: Size) -> Page:
        """Return a touch screen that nobody has touched."""
        context = self.browser.new_context(
            viewport={"width": size.width, "height": size.height}, has_touch=True, is_mobile=size.scrolls,
            locale="zh-CN", reduced_motion="reduce")
        context.set_default_timeout(PATIENCE_MS)
        return context.new_page()

    def case(self, receipt: str) -> tuple[Case, dict[str, Any]]:
        """Let the county hear of everything; return the case of a receipt and its answers, opened with its key."""
        self.county.settle()
        case = self.county.case(receipt)
        return case, dict(review.unshown(self.county.hub, case.id).answers)

    def photographed(self, case: Case) -> list[str]:
        """Return the papers of a case whose photos the county opens."""
        shown = review.case(self.county.hub, case.id, "reviewer").materials
        return [one.key for one in shown
                if materials.material(self.county.hub, case.id, "reviewer", one.blob)[0].startswith(JPEG)]

    def canonical(self, item: Item, given: dict[str, Any]) -> dict[str, Any]:
        """Return what must arrive when a citizen answers so."""
        return dict(checked_answers(item, given, shipped_catalogue(), self.machine.site.today()).answers)


@contextmanager
def opened_hall(browser: Browser) -> Iterator[Hall]:
    """Yield a machine that shows every item."""
    with fast_folder() as folder:
        county, reader = County(Path(folder), sites=[SITE]), PretendReader()
        items = (item for code, item in shipped_catalogue().items.items() if code not in ITEMS)
        publish.publish_items(county.hub, items, "it")
        county.settle(2)
        machine = county.kiosk(SITE)
        app = create_kiosk(machine.site, duty="李师傅（一楼服务台）", phone="0533-0000000", reader=reader)
        with serving(app) as base:
            yield Hall(county, machine, reader, app, base, browser)
        county.close()
