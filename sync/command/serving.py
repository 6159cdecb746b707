"""Serve a web application on one address until told to stop."""

import http.client
import logging
import select
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from types import FrameType
from typing import Any, cast
from wsgiref.types import WSGIApplication

from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import ErrorTask, Task, WSGITask
from waitress.utilities import RequestEntityTooLarge
from waitress.wasyncore import close_all

from edge.ground.problem import PORT_TAKEN, Problem

THREADS = 8
LARGEST_BODY_BYTES = 4 * 1024 * 1024
SPOOLED_BYTES = 128 * 1024      # of each connection's message stays in memory
FEW_CONNECTIONS, MOST_CONNECTIONS = 100, 2000
FILES_BESIDE = 200              # databases, logs, pictures
IDLE_CONNECTION_SECONDS = 300
STOP_SECONDS = 5
ANSWER_SECONDS = 20.0
ANY_OF_ALL = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}  # nosec B104 - called, never bound
ANYWHERE = ("0.0.0.0", "::", "")  # nosec B104 - compared with, never bound by itself

# a request that waits for a free thread is nothing to tell the terminal; of connections over the limit it would tell so
# often that whoever does not read it stops the server
logging.getLogger("waitress").setLevel(logging.ERROR)


@dataclass(frozen=True)
class Address:
    """Where to listen."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address as a browser on this machine writes it."""
        host = "127.0.0.1" if self.host in ANYWHERE else self.host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


def read_address(text: str) -> Address:
    """Return the address in HOST:PORT.

    Raises:
        ValueError: it is none.
    """
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or len(port) > 5 or int(port) > 65535:
        raise ValueError(f"{text!r} is not HOST:PORT, such as 127.0.0.1:8600")
    return Address(host.strip("[]"), int(port))


class _Unread(WSGITask):
    """A body over the limit: the application is shown its length alone, and refuses it in its own words."""

    request: Any   # its published types take the request for a fault

    def execute(self) -> None:
        self.set_close_on_finish()   # what still comes would be taken for the next request
        super().execute()

    def get_environment(self) -> dict[str, Any]:
        # one that came in pieces has said no length
        length = max(self.request.content_length, self.channel.server.adj.max_request_body_size + 1)
        return {**super().get_environment(), "CONTENT_LENGTH": str(length), "wsgi.input": BytesIO()}


def _refusal(channel: HTTPChannel, asked: Any) -> Task:
    """Return what answers a request that waitress refuses."""
    return (_Unread if isinstance(asked.error, RequestEntityTooLarge) else ErrorTask)(channel, asked)


class _Channel(HTTPChannel):
    error_task_class = cast("type[ErrorTask]", staticmethod(_refusal))


class Server:
    """A web application behind waitress, in a thread of its own."""

    def __init__(self, app: WSGIApplication, address: Address, largest_body_bytes: int = LARGEST_BODY_BYTES,
                 *, in_memory: bool = True, connections: int = FEW_CONNECTIONS) -> None:
        # bound here, so that a taken port is told in words before anything else starts
        family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((address.host, address.port))
        except OSError as fault:
            listening.close()
            raise Problem(PORT_TAKEN, f"{address.host}:{address.port}") from fault
        self.address = Address(address.host, int(listening.getsockname()[1]))
        self._open: dict[int, Any] = {}   # what waitress's loop looks after: its sockets and its own alarm
        # waitress by itself listens on 0.0.0.0 and takes bodies of 1 GB; TCP_NODELAY it sets by itself
        # Any, as its published types leave out the parts of a server with one socket
        self._server = cast(Any, create_server(
            app, map=self._open, sockets=[listening], threads=THREADS, max_request_body_size=largest_body_bytes,
            # at a site all stays in memory: waitress would put what is over 512 kB into a file, and photos come in
            # clear; what comes to a hub is sealed, and may be as large as a stick's file
            inbuf_overflow=largest_body_bytes + 1 if in_memory else SPOOLED_BYTES,
            outbuf_overflow=largest_body_bytes + 1,
            # who is over the limit is not refused, but waits until another hangs up
            connection_limit=connections, asyncore_use_poll=hasattr(select, "poll"),
            channel_timeout=IDLE_CONNECTION_SECONDS, ident=None, clear_untrusted_proxy_headers=True))
        self._server.channel_class = _Channel
        self._thread = threading.Thread(target=self._server.run, name=f"web-{self.address.port}", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more; requests under way are finished."""
        if not self._thread.is_alive():
            self._server.close()
            return
        self._server.task_dispatcher.shutdown(timeout=STOP_SECONDS)
        # in the loop's own thread: closed from here, its sockets would break it in the middle of waiting for them
        self._server.trigger.pull_trigger(lambda: close_all(self._open, ignore_all=True))
        self._thread.join(timeout=STOP_SECONDS)


def room_for_connections() -> int:
    """Return how many connections this process can hold open, having asked the system for as many files as it gives.

    A machine at which somebody stands keeps its connection, and so does a browser: a county has more than a few.
    """
    if sys.platform == "win32":
        return FEW_CONNECTIONS   # select takes some hundreds there, and there is no poll
    import resource

    wanted = FILES_BESIDE + 2 * MOST_CONNECTIONS   # each with the file into which a long message goes
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            more = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(resource.RLIMIT_NOFILE, (more, hard))
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = wanted if soft == resource.RLIM_INFINITY else soft
    return max(FEW_CONNECTIONS, min(MOST_CONNECTIONS, (files - FILES_BESIDE) // 2))


def on_signals(stop: Callable[[], None]) -> None:
    """Call `stop` on Ctrl-C and SIGTERM."""

    def told(_number: int, _frame: FrameType | None) -> None:
        stop()

    signal.signal(signal.SIGINT, told)
    signal.signal(signal.SIGTERM, told)


def answers(address: Address, path: str = "/api/v1/health") -> bool:
    """Return whether the server at an address answers: a process can be there and be stuck all the same."""
    host = ANY_OF_ALL.get(address.host, address.host)
    line = http.client.HTTPConnection(host, address.port, timeout=ANSWER_SECONDS)
    try:
        line.request("GET", path)
        return line.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
