"""How long 500 forms that were taken without a link need to be held by the county, and how many bytes that takes."""

import shutil
import time
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import msgspec

from bench import baseline
from bench.accepts import send, warm_up
from bench.invented import Form, forms
from bench.programs import HOST, SOURCE, Places, baseline_running, enrolled, free_port, hub_running
from bench.shaper import GOOD, POOR, Line, shaped
from bench.table import Table, in_seconds
from edge.desk.lodge import lodge
from edge.ground.clock import SystemClock, system_chance
from sync.agent.hub_link import HubLink
from sync.agent.round import Agent
from sync.command.site_process import open_site

FORMS = 500
# one POST each would take minutes: some are sent, and the time for all is reckoned from them
SENT_PLAINLY = {GOOD: 50, POOR: 12}
AIMS = {GOOD: "≤ 1.5 s, ≤ 400 bytes", POOR: ""}


@dataclass(frozen=True)
class Drained:
    """What one drain came to."""

    seconds: float
    bytes_each: float
    messages: int


def measure(quick: bool, folder: Path) -> Table:
    """Return the time and the bytes of a drain over each line."""
    count = 50 if quick else FORMS
    table = Table(f"{count} waiting forms brought to the hub over a shaped line",
                  ("", "line", "time", "bytes each", "messages", "aim"))
    places = enrolled(SOURCE, folder / "drain")
    queued = forms(count)
    _queue(places.site, queued)
    for line in (GOOD, POOR):
        found = _drain(places, line, folder / f"drain-{line.bits_per_second}", count)
        table.rows.append(("yizhan, sealed and signed", line.name, in_seconds(found.seconds),
                           f"{found.bytes_each:.0f}", str(found.messages), AIMS[line] if count == FORMS else ""))
        plain = _post_each(queued, line, folder / f"plain-{line.bits_per_second}")
        table.rows.append(("plain POST each", line.name, in_seconds(plain.seconds), f"{plain.bytes_each:.0f}",
                           str(plain.messages), ""))
    table.notes += ["Bytes of both directions, without packet headers. The plain client's connection is open before;",
                    f"its time is reckoned from {SENT_PLAINLY[GOOD]} and {SENT_PLAINLY[POOR]} forms really sent."]
    return table


def _queue(site_folder: Path, queued: list[Form]) -> None:
    site = open_site(site_folder, SystemClock(), system_chance)
    for code, answers in queued:
        lodge(site, site.catalogue().item(code), answers, channel="kiosk")
    site.store.close()


def _drain(places: Places, line: Line, folder: Path, count: int) -> Drained:
    hub = Path(shutil.copytree(places.hub, folder / "hub"))
    site = open_site(Path(shutil.copytree(places.site, folder / "site")), SystemClock(), system_chance)
    port, near = free_port(), free_port()
    with hub_running(SOURCE, hub, port), shaped(line, near, port) as counted:
        link, rounds = HubLink(f"http://{HOST}:{near}"), 0
        agent = Agent(site, link)
        began = time.monotonic()
        while site.line().waiting:
            agent.round()   # without photos a round is one message
            rounds += 1
        found = Drained(time.monotonic() - began, counted.both() / count, rounds)
        link.close()
    site.store.close()
    return found


def _post_each(queued: list[Form], line: Line, folder: Path) -> Drained:
    sent = queued[:SENT_PLAINLY[line]]
    port, near = free_port(), free_port()
    with (baseline_running(folder, port), shaped(line, near, port) as counted,
          closing(HTTPConnection(HOST, near, timeout=60)) as connection):
        warm_up(connection)
        began, before = time.monotonic(), counted.both()
        for code, answers in sent:
            body = msgspec.json.encode({"item": code, "answers": answers})
            send(connection, "/submissions", body, baseline.TOKEN, {})
        seconds, size = time.monotonic() - began, counted.both() - before
    return Drained(seconds / len(sent) * len(queued), size / len(sent), len(queued))
