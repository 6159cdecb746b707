"""How many items a machine can carry: opening the catalogue, the first page, a list, a search.

Thousands of items in dozens of departments are what the largest cities offer (1,488 items of 34 departments in one of
them). The shipped items are copied under invented names until there are as many; questions, conditions and texts are as
heavy as real ones. The pages are asked of the kiosk's application itself, without a browser and without a network.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import msgspec
from flask.testing import FlaskClient

from bench.programs import SOURCE, enrolled
from bench.table import Table, milliseconds
from edge.desk.site import Site
from edge.domain.catalogue import county_to_bytes, item_to_bytes, shipped_catalogue
from edge.domain.county import County, Department
from edge.domain.form import Item
from edge.domain.text import Text
from edge.ground.clock import SystemClock, system_chance
from edge.kiosk import create_kiosk
from edge.records import published
from sync.command.site_folder import open_site

MANY, MANY_DEPARTMENTS = 1488, 34
NEWER = 1000   # above every version that a hub of this folder has published
SYLLABLES = "安北城东方高和江林明南平青山石双泰西新阳永云"
QUERIES = ("养老", "shb", "证", "补贴", "y", "公司", "kd", "没有这件事", "insurance", "医保 登记")


def measure(quick: bool, folder: Path) -> Table:
    """Return the times of a profile of an outlet, of all shipped items, and of very many."""
    times, openings = (3, 3) if quick else (20, 5)
    table = Table("Items on one machine", ("", "items", "departments", "opened", "first page p95", "list p95",
                                           "search p50", "search p95", "aim"))
    shipped = shipped_catalogue()
    outlet = next(one for one in shipped.county.profiles if one.key == "outlet")
    chosen = [item for item in shipped.items.values() if outlet.shows(item.code)]
    for name, items, county in (
        ("outlet profile", chosen, shipped.county),
        ("all shipped", list(shipped.items.values()), shipped.county),
        ("very many", *very_many(list(shipped.items.values()), shipped.county)),
    ):
        with kiosk(folder / name.replace(" ", "-"), items, county) as (site, browser):
            opened = _seconds(partial(_open, site), openings)
            first, listed = (_seconds(partial(_page, browser, path), times)
                             for path in ("/", f"/department/{items[-1].department}"))
            found = [one for query in QUERIES for one in _seconds(partial(_search, browser, query), times)]
            table.rows.append((name, str(len(items)), str(len({item.department for item in items})),
                               milliseconds(statistics.median(opened)), *(milliseconds(_p95(one)) for one in
                               (first, listed)), milliseconds(statistics.median(found)), milliseconds(_p95(found)),
                               "search p95 ≤ 200 ms"))
    table.notes += [f"Opened: from the site's database to the items in memory, the middle of {openings}.",
                    f"Search: {len(QUERIES)} questions by words, initials and letters, each {times} times,",
                    "with the page on which they are typed."]
    return table


def very_many(items: list[Item], county: County) -> tuple[list[Item], County]:
    """Return MANY items of MANY_DEPARTMENTS departments under invented names, and the county that has them."""
    chance = random.Random(1488)
    keys = [f"x{number:02d}" for number in range(MANY_DEPARTMENTS)]
    departments = {key: Department(name=Text(zh=f"第{number + 1}局", en=f"Bureau {number + 1}"),
                                   short=Text(zh=f"{number + 1}局", en=f"Bureau {number + 1}"))
                   for number, key in enumerate(keys)}
    made = []
    for number, item in enumerate(islice(cycle(items), MANY)):
        word = "".join(chance.sample(SYLLABLES, 3))
        name = Text(zh=word + item.name.zh, en=f"{item.name.en} {number}")
        made.append(msgspec.structs.replace(
            item, code=f"{chr(65 + number % MANY_DEPARTMENTS // 26)}{chr(65 + number % MANY_DEPARTMENTS % 26)}"
            f"-{number // MANY_DEPARTMENTS:03d}", name=name, department=keys[number % MANY_DEPARTMENTS],
            initials="".join(chance.choices("bcdghjlmnpqstxyz", k=8)), version=1))
    return made, msgspec.structs.replace(county, departments=departments, profiles=())


@contextmanager
def kiosk(folder: Path, items: list[Item], county: County) -> Iterator[tuple[Site, FlaskClient]]:
    """Yield a site that has exactly these items, and someone at its kiosk."""
    site = open_site(enrolled(SOURCE, folder).site, SystemClock(), system_chance)
    with site.store.write() as db:
        db.execute("DELETE FROM published WHERE kind IN ('item', 'county')")
        published.add(db, "county", "", NEWER, county_to_bytes(msgspec.structs.replace(county, version=NEWER)), 0)
        for item in items:
            published.add(db, "item", item.code, item.version, item_to_bytes(item), 0)
    try:
        yield site, create_kiosk(site).test_client()
    finally:
        site.store.close()


def _open(site: Site) -> None:
    site.__dict__["_catalogue"] = None
    site.catalogue()


def _page(browser: FlaskClient, path: str) -> str:
    answer = browser.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return answer.get_data(as_text=True)


def _search(browser: FlaskClient, words: str) -> None:
    page = _page(browser, "/search")
    token = page.partition('name="csrf" value="')[2].partition('"')[0]
    answer = browser.post("/search", data={"csrf": token, "words": words}, follow_redirects=True)
    if answer.status_code != 200:
        raise RuntimeError(f"search {words}: {answer.status_code}")


def _seconds(act: Callable[[], object], times: int) -> list[float]:
    act()
    found = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        found.append(time.perf_counter() - began)
    return found


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20, method="inclusive")[-1]
