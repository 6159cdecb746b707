"""Photos and forms over bad lines, beside what one plain TCP stream does with the same bytes in the same run."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random

import msgspec
from filelock import FileLock

from bench import baseline
from bench.accepts import send, warm_up
from bench.invented import forms
from bench.programs import HOST, SOURCE, Places, baseline_running, enrolled, free_port, hub_running
from bench.shaper import GOOD, POOR, Line, shaped
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
FEWEST = 10   # forms in a row of which as large a part has photos as of all


@dataclass(frozen=True)
class Task:
    """Forms and photos to be brought to the county over a line."""

    line: Line
    forms: int
    photos: int
    aim: str

    def name(self, count: int) -> str:
        """Return what there is to bring of the first `count` forms."""
        photos = count * self.photos // self.forms
        return f"{count} forms" + (f", {photos} photos" if photos else "")

    def has_photo(self, at: int) -> bool:
        """Tell if the form of this place, from 0, has a photo: of any ten forms in a row as many have one."""
        return (at + 1) * self.photos // self.forms > at * self.photos // self.forms


TASKS = (
    Task(GOOD, 200, 60, "≤ 1.05 ×"),
    Task(POOR, 20, 6, "≤ 1.08 ×"),
    Task(POOR, 100, 0, "≤ 5 s"),
    Task(FLAPS, 200, 60, "≤ 1.3 × up-time"),
)


def measure(quick: bool, folder: Path) -> Table:
    """Return how long each task takes, as a multiple of one plain stream of the same bytes."""
    table = Table("Forms and photos over bad lines, beside one plain TCP stream of as many bytes",
                  ("", "line", "time", "plain stream", "ratio", "POST each", "messages", "aim"))
    places = enrolled(SOURCE, folder / "links")
    for at, task in enumerate(TASKS):
        count = max(FEWEST, task.forms // 10) if quick else task.forms
        table.rows.append(_row(task, count, places, folder / str(at)))
    table.notes += ["The stream's bytes are photos and sealed forms; photos are random bytes.",
                    "Up-time: the seconds that the flapping line was whole until the last receipt; its stream is",
                    "measured on the same line without a cut. POST each: the plain program, one form and its photo",
                    "after another, what a cut broke sent again. That every form is a case once and every photo",
                    "complete is looked at afterwards, at the hub."]
    return table


def _row(task: Task, count: int, places: Places, folder: Path) -> tuple[str, ...]:
    site = open_site(Path(shutil.copytree(places.site, folder / "site")), SystemClock(), system_chance)
    payload = queue(site, task, count)
    whole = Line(task.line.name, task.line.bits_per_second, task.line.round_trip_seconds)
    stream = plain_stream(whole, payload)
    found = drain(site, Path(shutil.copytree(places.hub, folder / "hub")), task.line)
    site.store.close()
    mine = found.up_seconds if task.line.spells else found.seconds
    posted = _post_each(task, count, folder / "plain")
    return (task.name(count), task.line.name, in_seconds(found.seconds), in_seconds(stream), f"{mine / stream:.2f} ×",
            in_seconds(posted), str(found.messages), task.aim if count == task.forms else "")


def queue(site: Site, task: Task, count: int) -> int:
    """Take the first `count` forms; return how many bytes they and their photos come to."""
    chance, size = Random(11), 0
    for at, (code, answers) in enumerate(forms(count)):
        item = site.catalogue().item(code)
        taken = []
        if task.has_photo(at):
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
    return lane.waiting(db) + pieces_left(db)


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
    with arrival(size) as port:
        near = free_port()
        with shaped(line, near, port):
            began = time.monotonic()
            with socket.create_connection((HOST, near)) as stream:
                stream.sendall(bytes(size))
                if stream.recv(1) != b"k":
                    raise RuntimeError("the stream broke")
            return time.monotonic() - began


@contextmanager
def arrival(size: int) -> Iterator[int]:
    """Take a stream on a port, which is yielded; answer `k` when all of so many bytes have come, and nothing else."""
    with socket.create_server((HOST, 0)) as listening:
        def take() -> None:
            stream, _ = listening.accept()
            came = 0
            while came < size and (part := stream.recv(65536)):
                came += len(part)
            if came == size:
                stream.sendall(b"k")
            stream.close()

        taking = threading.Thread(target=take, daemon=True)
        taking.start()
        yield int(listening.getsockname()[1])
        taking.join()


def _post_each(task: Task, count: int, folder: Path) -> float:
    """Return how long the plain program takes, one form and its photo after another, reckoned from a tenth of them."""
    sent = forms(count)[:max(FEWEST, count // 10)]
    port, near = free_port(), free_port()
    with baseline_running(folder, port), shaped(task.line, near, port):
        connection = _till_done(None, near, warm_up)
        began = time.monotonic()
        for at, (code, answers) in enumerate(sent):
            picture = "x" * PHOTO_BYTES if task.has_photo(at) else ""
            body = msgspec.json.encode({"item": code, "answers": {**answers, "photo": picture}})
            connection = _till_done(connection, near, partial(_post, body=body))
        connection.close()
        return (time.monotonic() - began) / len(sent) * count


def _post(connection: HTTPConnection, body: bytes) -> None:
    send(connection, "/submissions", body, baseline.TOKEN, {})


def _till_done(connection: HTTPConnection | None, port: int, act: Callable[[HTTPConnection], None]) -> HTTPConnection:
    """Do it, again over a new connection wherever one breaks; return the one over which it was done."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        line = connection or HTTPConnection(HOST, port, timeout=60)
        try:
            act(line)
            return line
        except (OSError, HTTPException):
            line.close()
            connection = None
            time.sleep(LOOK_SECONDS)
    raise RuntimeError("the plain program did not get through")
