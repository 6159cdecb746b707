"""Photos and forms over bad lines, beside what one plain TCP stream does with the same bytes in the same run."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from random import Random

import msgspec
from filelock import FileLock

from bench import baseline
from bench.accepts import send
from bench.invented import forms
from bench.programs import HOST, SOURCE, Places, baseline_running, enrolled, free_port, hub_running
from bench.shaper import GOOD, POOR, Counted, Line, shaped
from bench.table import Table, in_seconds
from edge.desk.attach import Photo
from edge.desk.lodge import lodge
from edge.desk.site import Site
from edge.ground.clock import SystemClock, system_chance
from edge.records import lane, submissions
from sync.agent.hub_link import HubLink
from sync.agent.keep_talking import Conversation
from sync.agent.round import Agent
from sync.agent.telling import pieces_left
from sync.command.site_process import open_site
from sync.hub.examine import examine
from sync.hub.hub import open_hub
from sync.hub.open import open_waiting
from sync.hub.tables import cases

PHOTO_BYTES = 80_000
FLAPS = Line("2 Mbit/s, up and down every 2-5 s", 2_000_000, 0.060, spells=(2.0, 5.0), seed=3)
PATIENCE_SECONDS = 900.0
LOOK_SECONDS = 0.02


@dataclass(frozen=True)
class Task:
    """Forms to be brought to the county over a line. `photos`: each so many-th form has one; 0 for none."""

    name: str
    line: Line
    forms: int
    photos: int
    aim: str


TASKS = (
    Task("200 forms, 60 photos", GOOD, 200, 3, "≤ 1.05 ×"),
    Task("20 forms, 6 photos", POOR, 20, 3, "≤ 1.08 ×"),
    Task("100 forms", POOR, 100, 0, "≤ 5 s"),
    Task("200 forms, 60 photos", FLAPS, 200, 3, "≤ 1.3 × up-time"),
)


def measure(quick: bool, folder: Path) -> Table:
    """Return how long each task takes, as a multiple of one plain stream of the same bytes."""
    table = Table("Forms and photos over bad lines, beside one plain TCP stream of as many bytes",
                  ("", "line", "time", "plain stream", "ratio", "POST each", "messages", "aim"))
    places = enrolled(SOURCE, folder / "links")
    for at, task in enumerate(TASKS):
        count = max(6, task.forms // 10) if quick else task.forms
        table.rows.append(_row(task, count, places, folder / str(at)))
    table.notes += ["The stream's bytes are photos and sealed forms; photos are random bytes.",
                    "Up-time: the seconds that the flapping line was whole until the last receipt; its stream is",
                    "measured on the same line without a cut. POST each: the plain program, one form and its photo",
                    "after another, what a cut broke sent again. That every form is a case once and every photo",
                    "complete is looked at afterwards, at the hub."]
    return table


def _row(task: Task, count: int, places: Places, folder: Path) -> tuple[str, ...]:
    site = open_site(Path(shutil.copytree(places.site, folder / "site")), SystemClock(), system_chance)
    payload = queue(site, count, task.photos)
    whole = Line(task.line.name, task.line.bits_per_second, task.line.round_trip_seconds)
    stream = plain_stream(whole, payload)
    found = drain(site, Path(shutil.copytree(places.hub, folder / "hub")), task.line)
    site.store.close()
    mine = found.up_seconds if task.line.spells else found.seconds
    posted = _post_each(task, count, folder / "plain")
    return (task.name, task.line.name, in_seconds(found.seconds), in_seconds(stream), f"{mine / stream:.2f} ×",
            in_seconds(posted), str(found.messages), task.aim if count == task.forms else "")


def queue(site: Site, count: int, photos: int) -> int:
    """Take `count` forms; return how many bytes they and their photos come to."""
    chance, size = Random(11), 0
    for at, (code, answers) in enumerate(forms(count)):
        item = site.catalogue().item(code)
        taken = []
        if photos and at % photos == 0 and size // PHOTO_BYTES < count * 3 // 10:
            taken.append(Photo(item.materials[0].key, chance.randbytes(PHOTO_BYTES), "image/jpeg"))
            size += PHOTO_BYTES
        lodge(site, item, answers, channel="kiosk", photos=taken)
    return size + lane.bytes_behind(site.store.read(), 0)


@dataclass(frozen=True)
class Drained:
    """What one drain came to."""

    seconds: float
    up_seconds: float
    messages: int


class Counting(HubLink):
    """The real link, which counts its messages and those of the connections beside it."""

    def __init__(self, url: str, messages: list[str]) -> None:
        super().__init__(url)
        self.url, self.messages = url, messages

    def exchange(self, path: str, message: bytes) -> bytes:
        """Carry one message."""
        self.messages.append(path)
        return super().exchange(path, message)

    def beside(self) -> "Counting":
        """Return another connection that counts into the same."""
        return Counting(self.url, self.messages)


def drain(site: Site, hub_folder: Path, line: Line) -> Drained:
    """Bring all that waits to a real hub by the real conversation, and see that nothing is lost or doubled."""
    port, near = free_port(), free_port()
    with hub_running(SOURCE, hub_folder, port), shaped(line, near, port) as counted:
        link, stop = Counting(f"http://{HOST}:{near}", []), threading.Event()
        agent = Agent(site, link)
        talking = threading.Thread(target=Conversation(stop, agent, FileLock(hub_folder / "talk.lock")).go_on)
        began, been_up = time.monotonic(), counted.been_up()
        talking.start()
        until = began + PATIENCE_SECONDS
        while left(site) and time.monotonic() < until:
            time.sleep(LOOK_SECONDS)
        found = Drained(time.monotonic() - began, counted.been_up() - been_up, len(link.messages))
        stop.set()
        site.lodged.set()
        talking.join()
        link.close()
    if left(site):
        raise RuntimeError(f"not through within {PATIENCE_SECONDS:.0f} s")
    _look_at_hub(site, hub_folder)
    return found


def left(site: Site) -> int:
    """Return how many envelopes and pieces of photos the hub lacks."""
    db = site.store.read()
    return lane.head(db).n - lane.acked(db)[0] + pieces_left(db)


def _look_at_hub(site: Site, hub_folder: Path) -> None:
    """See that each form is a case once and that all else holds.

    Raises:
        RuntimeError: something is lost, doubled or damaged.
    """
    hub = open_hub(hub_folder, SystemClock(), system_chance)
    while open_waiting(hub):
        pass
    found, taken = sum(cases.counts(hub.store.read(), cases.Search()).values()), submissions.count(site.store.read())
    broken = [name for name, holds in examine(hub).items() if holds is not True]
    hub.store.close()
    if found != taken or broken:
        raise RuntimeError(f"{taken} forms were taken, {found} are cases; broken: {broken}")


def plain_stream(line: Line, size: int) -> float:
    """Return how long one TCP connection takes for `size` bytes over a line, until their receiver says so."""
    with _sink(size) as port:
        near = free_port()
        with shaped(line, near, port):
            began = time.monotonic()
            with socket.create_connection((HOST, near)) as stream:
                stream.sendall(bytes(size))
                if stream.recv(1) != b"k":
                    raise RuntimeError("the stream broke")
            return time.monotonic() - began


@contextmanager
def _sink(size: int) -> Iterator[int]:
    with socket.create_server((HOST, 0)) as listening:
        def take() -> None:
            stream, _ = listening.accept()
            came = 0
            while came < size and (part := stream.recv(65536)):
                came += len(part)
            stream.sendall(b"k")
            stream.close()

        taking = threading.Thread(target=take, daemon=True)
        taking.start()
        yield int(listening.getsockname()[1])
        taking.join()


def _post_each(task: Task, count: int, folder: Path) -> float:
    """Return how long the plain program takes, one form and its photo after another, reckoned from a tenth of them."""
    sent = forms(count)[:max(6, count // 10)]
    port, near = free_port(), free_port()
    with baseline_running(folder, port), shaped(task.line, near, port) as counted:
        began = time.monotonic()
        connection: HTTPConnection | None = None
        for at, (code, answers) in enumerate(sent):
            picture = "x" * PHOTO_BYTES if task.photos and at % task.photos == 0 else ""
            body = msgspec.json.encode({"item": code, "answers": {**answers, "photo": picture}})
            connection = _post_till_taken(connection, near, body, counted)
        if connection is not None:
            connection.close()
        return (time.monotonic() - began) / len(sent) * count


def _post_till_taken(connection: HTTPConnection | None, port: int, body: bytes, _: Counted) -> HTTPConnection:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            connection = connection or HTTPConnection(HOST, port, timeout=60)
            send(connection, "/submissions", body, baseline.TOKEN, {})
            return connection
        except OSError:
            connection = None
            time.sleep(LOOK_SECONDS)
    raise RuntimeError("the plain program did not get through")
