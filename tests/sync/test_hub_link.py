"""The real link over real HTTP, and what stands in its way: portals, closed doors, cut answers."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from edge.ground.problem import HUB_UNREACHABLE, Problem
from sync.agent.hub_link import SYNC, HubLink
from sync.agent.round import Agent
from sync.protocol.messages import LARGEST_MESSAGE
from tests.fakes.county import County

PORTAL = b"<html><body>Log in to the guest network</body></html>"


class Street(ThreadingHTTPServer):
    """A server that may be the hub, or something on the way to it."""

    daemon_threads = True
    mood = "hub"
    county: County

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Door)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class Door(BaseHTTPRequestHandler):
    """One request at the door."""

    protocol_version = "HTTP/1.1"
    server: Street

    def do_POST(self) -> None:
        """Answer as the street's mood is."""
        message = self.rfile.read(int(self.headers["Content-Length"]))
        mood = self.server.mood
        if mood.isdigit():
            self._say(int(mood), PORTAL)
        elif mood == "portal":
            self._say(200, PORTAL)
        elif mood == "cut":
            self._say(200, self.server.county.answer(self.path, message), half=True)
        else:
            self._say(200, self.server.county.answer(self.path, message))

    def _say(self, status: int, body: bytes, half: bool = False) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if half else body)
        self.close_connection = half

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def street(county: County) -> Iterator[Street]:
    """A street on a port of its own."""
    server = Street()
    server.county = county
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("mood", ["portal", "403", "400", "413", "426", "500", "503", "cut"])
def test_nothing_durable_follows_from_what_the_hub_did_not_sign(county: County, street: Street, mood: str) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    kiosk.agent = Agent(kiosk.site, link := HubLink(street.url))
    street.mood = mood
    with pytest.raises(Problem):
        kiosk.round()
    assert (kiosk.acked(), kiosk.incarnations(), kiosk.track(receipt)) == (0, 1, "queued")

    street.mood = "hub"
    kiosk.round()

    assert (kiosk.acked(), kiosk.incarnations(), kiosk.track(receipt)) == (1, 1, "held")
    link.close()


def test_one_connection_carries_many_rounds(county: County, street: Street) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.agent = Agent(kiosk.site, link := HubLink(street.url))
    kiosk.round()
    kept = link._open

    kiosk.lodge()
    kiosk.round()

    assert kept is not None and link._open is kept
    link.close()


def test_a_closed_port_is_no_hub(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.agent = Agent(kiosk.site, HubLink("http://127.0.0.1:8949"))
    with pytest.raises(Problem) as refused:
        kiosk.round()

    assert refused.value.kind is HUB_UNREACHABLE
    assert kiosk.site.line().state == "down"


def read_to(stream: socket.socket, end: bytes) -> None:
    """Read until `end` has come: head and body may come apart."""
    came = b""
    while not came.endswith(end):
        came += stream.recv(65536)


@pytest.mark.parametrize(("passed", "reached"), [(0.0, False), (1.0, True)])
def test_a_message_cut_in_its_midst_counts_though_nobody_is_there_any_more(passed: float, reached: bool) -> None:
    """Else the length of a message is never learned on a line that goes up and down."""
    seconds = [0.0]
    with socket.create_server(("127.0.0.1", 0)) as listening:
        link = HubLink(f"http://127.0.0.1:{listening.getsockname()[1]}", monotonic=lambda: seconds[0])

        def serve() -> None:
            stream, _ = listening.accept()
            read_to(stream, b"first")
            stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            read_to(stream, b"second")
            seconds[0] += passed
            listening.close()
            stream.close()

        serving = threading.Thread(target=serve)
        serving.start()
        assert link.exchange(SYNC, b"first") == b"ok"
        with pytest.raises(Problem) as cut:
            link.exchange(SYNC, b"second")
        serving.join()

    assert cut.value.facts["reached"] is reached


def test_an_answer_without_an_end_is_given_up_and_not_kept_in_memory() -> None:
    sent = 0
    with socket.create_server(("127.0.0.1", 0)) as listening:
        link = HubLink(f"http://127.0.0.1:{listening.getsockname()[1]}")

        def serve() -> None:
            nonlocal sent
            stream, _ = listening.accept()
            stream.settimeout(10)
            read_to(stream, b"asked")
            with stream, suppress(OSError):
                stream.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                while sent < 16 * LARGEST_MESSAGE:
                    sent += stream.send(bytes(2**20))

        serving = threading.Thread(target=serve)
        serving.start()
        with pytest.raises(Problem) as given_up:
            link.exchange(SYNC, b"asked")
        serving.join()

    assert given_up.value.kind is HUB_UNREACHABLE and sent < 16 * LARGEST_MESSAGE
