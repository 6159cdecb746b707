"""Real machines over bad lines to a real server: what everything must survive that lies between the two.

    python -m tests.faults.bad_lines                # each line and each liar once
    python -m tests.faults.bad_lines --minutes 10   # again and again, with other seeds
"""

import argparse
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path

from bench.links import plain_stream
from bench.programs import HOST, free_port
from bench.shaper import Line, shaped
from edge.ground.clock import SystemClock
from edge.ground.problem import Problem
from edge.records import lane
from sync.agent.hub_link import HubLink
from sync.agent.round import Agent
from sync.agent.telling import pieces_left
from sync.command.serving import Address, Server
from sync.hub.web import create_hub_app
from tests.fakes.county import County, fast_folder
from tests.fakes.kiosk import Kiosk
from tests.fakes.snaps import picture

LINES = {
    "2 % lost": Line("2 % lost", 800_000, 0.1, lost=0.02),
    "20 % lost": Line("20 % lost", 800_000, 0.1, lost=0.2),
    "2 kbit/s, 3 s": Line("2 kbit/s, 3 s", 2_000, 3.0),
    "20 kbit/s, 600 ms, 2 % lost": Line("20 kbit/s, 600 ms, 2 % lost", 20_000, 0.6, lost=0.02),
    "up and down": Line("up and down", 800_000, 0.06, spells=(0.5, 1.5)),
}
PATIENCE_SECONDS = 240.0
PAGE = b"<html><body>Log in to the guest network</body></html>"
Answer = Callable[[socket.socket, bytes], None]


@dataclass(frozen=True)
class Brought:
    """What came of a drain over a bad line; `bytes` of photos and envelopes."""

    taken: int
    cases: int
    left: int
    bytes: int
    seconds: float


def bring(county: County, line: Line, forms: int, photos: int) -> Brought:
    """Let a machine bring forms and photos to the hub over a line, as long as it takes."""
    kiosk = county.kiosk("柳河镇")
    photo = picture(80)
    receipts = [kiosk.lodge(photos=[photo] if at < photos else []) for at in range(forms)]
    size = lane.bytes_behind(kiosk.site.store.read(), kiosk.acked()) + photos * len(photo.content)
    with real_hub(county) as port, shaped(line, near := free_port(), port):
        seconds = _talk(kiosk, f"http://{HOST}:{near}")
    county.open()
    db = kiosk.site.store.read()
    left = kiosk.head() - kiosk.acked() + pieces_left(db)
    return Brought(len(receipts), len(county.hub_cases()), left, size, seconds)


def plain_goodput(line: Line, size: int) -> float:
    """Return the bytes per second that one plain TCP stream gets through a line."""
    return size / plain_stream(line, size)


@contextmanager
def real_hub(county: County) -> Iterator[int]:
    """Serve the county's hub on a port of its own."""
    server = Server(create_hub_app(county.hub), Address(HOST, 0))
    server.start()
    try:
        yield server.address.port
    finally:
        server.stop()


def _talk(kiosk: Kiosk, url: str) -> float:
    kiosk.site.clock = SystemClock()   # the pace is learned from real seconds
    link = HubLink(url)
    agent = Agent(kiosk.site, link)
    began = time.monotonic()
    while time.monotonic() < began + PATIENCE_SECONDS:
        with suppress(Problem):
            if not agent.round().more:
                break
            continue
        time.sleep(0.1)
    link.close()
    return time.monotonic() - began


# --- what answers in the hub's place


def _portal(stream: socket.socket, _: bytes) -> None:
    stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE)


def _forbidden(stream: socket.socket, _: bytes) -> None:
    stream.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE)


def _silent(stream: socket.socket, _: bytes) -> None:
    stream.settimeout(5)
    with suppress(OSError):
        stream.recv(1)   # half open: it takes everything and never answers


def _trickling(stream: socket.socket, _: bytes) -> None:
    stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n")
    with suppress(OSError):
        for _turn in range(60):
            stream.sendall(b"x")
            time.sleep(0.05)


def _cutting(stream: socket.socket, true: bytes) -> None:
    head, _, body = true.partition(b"\r\n\r\n")
    stream.sendall(head + b"\r\n\r\n" + body[:len(body) // 2])


def _shortening(stream: socket.socket, true: bytes) -> None:
    """A proxy that cuts the body and says so: the length fits what it sends."""
    _, _, body = true.partition(b"\r\n\r\n")
    half = body[:len(body) // 2]
    stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(half) + half)


LYING: dict[str, Answer] = {
    "portal with 200": _portal, "bare 403": _forbidden, "half open": _silent, "trickling": _trickling,
    "cut answer": _cutting, "shortened answer": _shortening}


@dataclass(frozen=True)
class Lied:
    """What a machine held to be delivered while something lied, and after that."""

    taken: int
    held_meanwhile: int
    incarnations: int
    held_after: int


def lie(county: County, mood: str) -> Lied:
    """Let something lie to a machine between it and the real hub for three rounds, then let it alone."""
    kiosk = county.kiosk("柳河镇")
    for _ in range(3):
        kiosk.lodge()
    before = kiosk.acked()
    with real_hub(county) as port, _liar(port, LYING[mood]) as (near, honest):
        link = HubLink(f"http://{HOST}:{near}", monotonic=_hurried())
        kiosk.agent = Agent(kiosk.site, link)
        for _ in range(3):
            with suppress(Problem):
                kiosk.round()
        meanwhile, incarnations = kiosk.acked() - before, kiosk.incarnations()
        link.close()
        honest.set()
        while kiosk.round().more:
            pass
        link.close()
    return Lied(kiosk.head() - before, meanwhile, incarnations, kiosk.acked() - before)


def _hurried() -> Callable[[], float]:
    """Return a running time in which a quarter of a second is ten minutes: nothing trickles for ever."""
    return lambda: time.monotonic() * 2400


@contextmanager
def _liar(port: int, answer: Answer) -> Iterator[tuple[int, threading.Event]]:
    """Listen on a port; answer in the hub's place until the event is set, then pass on."""
    honest = threading.Event()
    with socket.create_server((HOST, 0)) as listening:
        def serve() -> None:
            with suppress(OSError):
                while True:
                    stream, _ = listening.accept()
                    threading.Thread(target=_one, args=(stream, port, answer, honest), daemon=True).start()

        serving = threading.Thread(target=serve, daemon=True)
        serving.start()
        yield int(listening.getsockname()[1]), honest
        listening.shutdown(socket.SHUT_RDWR)
        serving.join(5)


def _one(stream: socket.socket, port: int, answer: Answer, honest: threading.Event) -> None:
    with stream, suppress(OSError):
        asked = _message(stream)
        with socket.create_connection((HOST, port)) as hub:
            hub.sendall(asked.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
            true = b"".join(iter(lambda: hub.recv(65536), b""))
        if honest.is_set():
            stream.sendall(true)
        else:
            answer(stream, true)


def _message(stream: socket.socket) -> bytes:
    asked = b""
    while b"\r\n\r\n" not in asked:
        asked += _more(stream)
    head, _, body = asked.partition(b"\r\n\r\n")
    said = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")]
    length = int(said[0])
    while len(body) < length:
        body += _more(stream)
    return head + b"\r\n\r\n" + body


def _more(stream: socket.socket) -> bytes:
    part = stream.recv(65536)
    if not part:
        raise ConnectionError("it hung up in the midst of its message")
    return part


# --- the soak


def steps() -> Iterator[str]:
    """Go through every line and every liar again and again; each step says what broke, "" for nothing."""
    for seed in count(1):
        for name, line in LINES.items():
            yield _in_a_county(partial(_judge_line, name, replace(line, seed=seed)))
        for mood in LYING:
            yield _in_a_county(partial(_judge_lie, mood))


def _judge_line(name: str, line: Line, county: County) -> str:
    slow = line.bits_per_second < 10_000
    found = bring(county, line, forms=4 if slow else 12, photos=0 if slow else 2)
    whole = (found.cases, found.left) == (found.taken, 0)
    return "" if whole else f"over {name}, seed {line.seed}: I2 {found.cases} cases of {found.taken} forms, {found}"


def _judge_lie(mood: str, county: County) -> str:
    found = lie(county, mood)
    sound = (found.held_meanwhile, found.incarnations, found.held_after) == (0, 1, found.taken)
    return "" if sound else f"{mood}: {found}"


def _in_a_county(judge: Callable[[County], str]) -> str:
    with fast_folder() as folder:
        whole = County(Path(folder) / "county")
        try:
            return judge(whole)
        finally:
            whole.close()


def main() -> int:
    """Run and say what broke."""
    words = argparse.ArgumentParser(prog="python -m tests.faults.bad_lines", description=__doc__)
    words.add_argument("--minutes", type=float, default=0.0, help="how long; each once by default")
    end = time.monotonic() + words.parse_args().minutes * 60
    done, broken = 0, []
    for what in steps():
        done += 1
        if what:
            broken.append(what)
            print(what, flush=True)  # noqa: T201 - a command
        if done >= len(LINES) + len(LYING) and time.monotonic() > end:
            break
    print(f"bad lines: {done} drains, broken={len(broken)}")  # noqa: T201 - a command
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
