"""Two citizens in a row at one machine: whatever the first one wrote is nowhere when the second one sits down.

    python -m tests.browser.journeys.two_citizens --rounds 100

The browser keeps its profile through all rounds, and a profile on a disk: less careful than the machine's own session.
The last line is `two citizens: rounds=… handed_in=… left=0`; the exit code is 0 when nothing was left.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page

from edge.domain.catalogue import shipped_catalogue
from edge.domain.identity import id_check_character
from edge.kiosk.visit import Visits
from tests.browser.chrome import EXECUTABLE, FLAGS, SIZES, chromium
from tests.browser.journeys.glass import STORED, AtTheGlass
from tests.browser.journeys.hall import PATIENCE_MS, Hall, opened_hall
from tests.browser.journeys.hands import Finger
from tests.executable.raw_scan import traces

ITEM = shipped_catalogue().item("MZ-01")
NAMES = ("欧阳春兰", "欧阳秀英", "欧阳国庆", "欧阳建华")
DOOR = "西头第九十七号"
BORN, MOBILE, CARD = "11010519390612", "1390013", "62284800001122"
GROUPED = ("1939 06 12", "139 0013", "6228 4800 0011 22")
"""The same numbers as the keys on the screen write them into their boxes."""
MARKS = {*NAMES, DOOR, BORN, MOBILE, CARD, *GROUPED}
"""What everybody's answers hold: each of them stands in the answers of all rounds or of every fourth."""
ENDINGS = ("handed in", "left in the middle", "walked away", "looked the case up")
UNFINISHED = {"left in the middle": "mobile", "walked away": "bank_card"}
"""Ending → the question that is not answered any more."""
BACKS, FORWARDS = 8, 2
ADDRESSES = ("/fill", "/fill/name", "/fill/id_number", "/check", "/receipt", "/track/case", "/track/next", "/again")
SHOWN = """() => document.documentElement.outerHTML
  + [...document.querySelectorAll("input, textarea")].map(field => field.value).join("")"""
KEPT = """async () => { """ + STORED + """
  return [...stored.flat(), document.cookie, ...await caches.keys(),
    ...(await indexedDB.databases()).map(one => one.name)].filter(String); }"""


def person(number: int) -> dict[str, Any]:
    """Return what the citizen of a round answers; no two have the same."""
    born = f"{BORN}{number % 1000:03d}"
    return {
        **ITEM.example, "name": NAMES[number % len(NAMES)], "id_number": born + id_check_character(born),
        "home": ["370399001201", DOOR], "mobile": f"{MOBILE}{number % 10_000:04d}",
        "bank_card": luhn(f"{CARD}{number % 10_000:04d}"),
    }


def luhn(digits: str) -> str:
    """Return a card number: the digits and the one that makes its sum even."""
    doubled = [int(one) * (2 - at % 2) for at, one in enumerate(reversed(digits))]
    return digits + str(-sum(one // 10 + one % 10 for one in doubled) % 10)


@dataclass
class Rounds:
    """One browser through all rounds; `left` is what was found of somebody, `handed_in` (receipt, answers)."""

    hall: Hall
    page: Page
    profile: Path
    left: list[str] = field(default_factory=list)
    handed_in: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def play(self, number: int) -> None:
        """Let one citizen come and go as the round wants, and the next one sit down and look around."""
        answers, ending = person(number), ENDINGS[number % len(ENDINGS)]
        wrote = {str(answers[key]) for key in ("name", "id_number", "mobile", "bank_card")} | {DOOR}
        cookie = self.visit(answers, ending, wrote)
        self.note(f"round {number}, {ending}", self.look_around(wrote, cookie))
        self.sit_down(number)

    def visit(self, answers: dict[str, Any], ending: str, wrote: set[str]) -> str:
        """Do what the first citizen does; return their cookie."""
        citizen = AtTheGlass(self.page, self.hall.base, Finger(self.page))
        citizen.arrive()
        citizen.find(ITEM, "event:elder")
        citizen.begin("self")
        citizen.fill(ITEM, answers, stop_at=UNFINISHED.get(ending, ""))
        if ending in ("handed in", "looked the case up"):
            citizen.read_through()
            receipt = citizen.hand_in()
            self.handed_in.append((receipt, answers))
            wrote.add(receipt)
        self.note(ending, [*citizen.found, *citizen.wrong, *self.kept()])
        if ending == "looked the case up":
            citizen.leave()
            citizen.turn(self.page.locator('a[href="/track"]'))
            for typed in (receipt, str(answers["id_number"])[-4:]):
                citizen.hand.number(typed)
                citizen.go_on()
        cookie = next(one["value"] for one in self.page.context.cookies() if one["name"] == "visit")
        if ending == "walked away":
            self.page.clock.fast_forward(91_000)
            self.page.clock.fast_forward(61_000)
            self.page.wait_for_url(self.hall.base + "/")
        else:
            citizen.leave()
        return cookie

    def look_around(self, wrote: set[str], cookie: str) -> list[str]:
        """Go back and forth, open addresses, look into all stores; return where something of the first one stands."""
        page, found = self.page, []
        steps = [page.go_back] * BACKS + [page.go_forward] * FORWARDS
        for step in steps:
            if step(wait_until="domcontentloaded") is not None:
                found += [f"history, {page.url}: {one}" for one in self.shown(wrote)]
        for path in ADDRESSES:
            page.goto(self.hall.base + path, wait_until="domcontentloaded")
            found += [f"{path}: {one}" for one in self.shown(wrote)]
        found += self.kept()
        found += ["the cookie" for one in page.context.cookies() if one["value"] == cookie]
        visits: Visits = self.hall.app.extensions["visits"]
        return found + ["the program's memory" for one in list(visits._open.values()) if one.holds_something]

    def sit_down(self, number: int) -> None:
        """Let the second citizen begin the same matter: every field is empty; then they leave."""
        citizen = AtTheGlass(self.page, self.hall.base, Finger(self.page))
        citizen.arrive()
        citizen.find(ITEM, "event:elder")
        citizen.begin("self")
        citizen.fill(ITEM, person(number + 5000), stop_at="local_household")
        self.note(f"round {number}, the second citizen", citizen.found)
        citizen.leave()

    def shown(self, wrote: set[str]) -> list[str]:
        """Return what of it the page shows, or holds in its fields."""
        seen = re.sub(r"[\s-]", "", self.page.evaluate(SHOWN))
        return [one for one in wrote if one in seen]

    def kept(self) -> list[str]:
        """Return what a script could read in the browser's stores: nothing may stand there, in no shape."""
        return [f"storage: {one}" for one in self.page.evaluate(KEPT)]

    def note(self, where: str, found: list[str]) -> None:
        """Note what was left somewhere."""
        self.left += [f"{where}: {one}" for one in found]

    def end(self) -> None:
        """Switch the browser off; look at every byte on both disks, and at every case of the county."""
        self.page.context.close()
        for receipt, answers in self.handed_in:
            case, told = self.hall.case(receipt)
            if told != self.hall.canonical(ITEM, answers):
                self.left.append(f"case {case.code} holds something else")
        if len(self.hall.county.case_rows()) != len(self.handed_in):
            self.left.append("not one case for each form")
        self.left += traces(self.profile, MARKS) + traces(self.hall.county.folder, MARKS)


@contextmanager
def begun(hall: Hall) -> Iterator[Rounds]:
    """Yield rounds in a browser with a profile of its own."""
    size = SIZES[0]
    with TemporaryDirectory(prefix="yizhan-profile-") as profile:
        context = hall.browser.browser_type.launch_persistent_context(
            profile, executable_path=EXECUTABLE, args=FLAGS, viewport={"width": size.width, "height": size.height},
            has_touch=True, locale="zh-CN", reduced_motion="reduce")
        context.set_default_timeout(PATIENCE_MS)
        page = context.pages[0]
        page.clock.install()
        yield Rounds(hall, page, Path(profile))


def main() -> int:
    """Play rounds and say what was left."""
    words = argparse.ArgumentParser(prog="python -m tests.browser.journeys.two_citizens",
                                    description="Two citizens in a row, again and again: nothing is left.")
    words.add_argument("--rounds", type=int, default=100, help="how many (100)")
    asked = words.parse_args().rounds
    with chromium() as browser, opened_hall(browser) as hall, begun(hall) as rounds:
        for number in range(asked):
            rounds.play(number)
            if number % 10 == 9:
                print(f"{number + 1} rounds, {len(rounds.left)} left", flush=True)  # noqa: T201 - a command
        rounds.end()
        for one in rounds.left:
            print(one)  # noqa: T201 - a command
        print(f"two citizens: rounds={asked} handed_in={len(rounds.handed_in)} left={len(rounds.left)}")  # noqa: T201 - a command
        return 1 if rounds.left else 0


if __name__ == "__main__":
    sys.exit(main())
