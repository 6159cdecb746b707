"""The link to the hub: bytes out, bytes back. One connection is kept open between rounds."""

import http.client
import selectors
import socket
import sys
from collections.abc import Callable, Iterator
from typing import Protocol
from urllib.parse import urlsplit

from edge.ground.clock import SystemClock
from edge.ground.problem import HUB_UNREACHABLE, Problem
from sync.protocol.messages import LARGEST_MESSAGE

TYPE = "application/vnd.yizhan.ferry"
STALL_SECONDS = 90.0
CONNECT_SECONDS = 10.0
PROBE_SECONDS = 3.0
UNDER_WAY_SECONDS = 0.5            # a connection that was closed meanwhile shows it sooner
LOOK_SECONDS = 5.0                 # how often to look whether bytes still leave
LONGEST_READING_SECONDS = 900.0    # of one answer, however it trickles
PIECE_BYTES, READ_BYTES = 4 * 1024, 64 * 1024
RUNNING_TIME = SystemClock().monotonic
SYNC, CHUNKS, ENROLL = "/ferry/v1/sync", "/ferry/v1/chunks", "/ferry/v1/enroll"


class Link(Protocol):
    """What the agent needs of a line."""

    def exchange(self, path: str, message: bytes) -> bytes:
        """Return the bytes that came back for `message`; whether they are worth anything, their signature tells.

        Raises:
            Problem: HUB_UNREACHABLE.
        """
        ...

    def reachable(self) -> bool:
        """Return whether somebody listens at the hub's address. It proves nothing; it only ends a wait early."""
        ...

    def beside(self) -> "Link | None":
        """Return another connection to the same address, or None where there is but one; close it after use."""
        ...

    def close(self) -> None:
        """Hang up; the next exchange opens the line again."""
        ...


class HubLink:
    """HTTP or HTTPS to the hub's address. TLS hides the traffic; trust comes from the pinned root key alone."""

    def __init__(self, url: str, monotonic: Callable[[], float] = RUNNING_TIME) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Problem(HUB_UNREACHABLE, f"not an address of a hub: {url}")
        self._url = url
        self._secure, self._host = parts.scheme == "https", parts.hostname
        self._port, self._folder = parts.port, parts.path.rstrip("/")
        self._open: http.client.HTTPConnection | None = None
        self._monotonic = monotonic

    def _connection(self) -> http.client.HTTPConnection:
        if self._open is None:
            if self._secure:
                import ssl

                self._open = http.client.HTTPSConnection(
                    self._host, self._port, timeout=CONNECT_SECONDS, context=ssl.create_default_context())
            else:
                self._open = http.client.HTTPConnection(self._host, self._port, timeout=CONNECT_SECONDS)
            try:
                self._open.connect()
            except OSError as fault:
                self.close()
                raise _unreachable(fault, reached=False) from fault
            self._open.sock.settimeout(STALL_SECONDS)
        return self._open

    def exchange(self, path: str, message: bytes) -> bytes:
        """Post `message`; a connection that the other side closed meanwhile is opened once more."""
        kept, began = self._open is not None, self._monotonic()
        try:
            return self._post(path, message)
        except TimeoutError as fault:
            self.close()
            # a line that stalls has had its 90 seconds; on a new connection it would stall again
            raise Problem(HUB_UNREACHABLE, "no progress") from fault
        except (OSError, http.client.HTTPException) as fault:
            self.close()
            if not kept:
                raise _unreachable(fault) from fault
        under_way = self._monotonic() - began >= UNDER_WAY_SECONDS
        # sending again is safe: the hub knows a message by its number and hash
        try:
            return self._post(path, message)
        except (OSError, http.client.HTTPException) as fault:
            self.close()
            raise _unreachable(fault) from fault
        except Problem as problem:
            if under_way and problem.facts.get("reached") is False:
                # the first try was cut in its midst: that tells how long a message may be, though now nobody is there
                problem.facts["reached"] = True
            raise

    def _post(self, path: str, message: bytes) -> bytes:
        connection = self._connection()
        # in pieces: a time-out is for one call, and on a slow line a whole message takes longer than any stall
        connection.request("POST", self._folder + path, body=_pieces(message), headers={
            "Content-Type": TYPE, "Accept": TYPE, "Content-Length": str(len(message))})
        _await_answer(connection.sock)
        # closed whatever comes of it: one that has no length holds the socket open by itself
        with connection.getresponse() as response:
            if response.status != 200:
                self.close()
                # protocol 11: a bare code sets the pace, nothing else; whoever sent it may not be the hub
                raise Problem(HUB_UNREACHABLE, f"HTTP {response.status}", {
                    "http_status": response.status, "retry_after_seconds": _retry_after(response)})
            return self._read(response)

    def _read(self, response: http.client.HTTPResponse) -> bytes:
        """Return the body, as far as a message may be long; one that trickles for ever is given up."""
        until, body = self._monotonic() + LONGEST_READING_SECONDS, bytearray()
        while part := response.read1(READ_BYTES):
            body += part
            if len(body) > LARGEST_MESSAGE:
                # whoever says no length could fill the memory: anything may answer on a line
                raise http.client.HTTPException("longer than any message")
            if self._monotonic() > until:
                raise TimeoutError
        if response.length:
            raise http.client.IncompleteRead(b"")
        response.read()   # of nothing: without it the connection counts as still being read
        return bytes(body)

    def reachable(self) -> bool:
        """Return whether a connection can be opened."""
        port = self._port or (443 if self._secure else 80)
        try:
            socket.create_connection((self._host, port), timeout=PROBE_SECONDS).close()
        except OSError:
            return False
        return True

    def beside(self) -> "HubLink":
        """Return another connection to the same address."""
        return HubLink(self._url, self._monotonic)

    def close(self) -> None:
        """Hang up."""
        if self._open is not None:
            self._open.close()
            self._open = None


def _pieces(message: bytes) -> Iterator[bytes]:
    for at in range(0, len(message), PIECE_BYTES):
        yield message[at:at + PIECE_BYTES]


def _await_answer(connected: socket.socket) -> None:
    """Wait for the first byte of an answer; while the system still gets bytes out, that is progress.

    Raises:
        TimeoutError: nothing moved for 90 seconds.
    """
    unsent, still = _unsent(connected), 0.0
    with selectors.DefaultSelector() as answer:
        answer.register(connected, selectors.EVENT_READ)
        while not answer.select(LOOK_SECONDS):
            before, unsent = unsent, _unsent(connected)
            still = 0.0 if unsent < before else still + LOOK_SECONDS
            if still >= STALL_SECONDS:
                raise TimeoutError


def _unsent(connected: socket.socket) -> int:
    """Return how many bytes the system has not got acknowledged yet; 0 where it does not tell."""
    if sys.platform != "linux":
        return 0
    import fcntl
    import termios

    told: bytes = fcntl.ioctl(connected.fileno(), termios.TIOCOUTQ, bytes(4))
    return int.from_bytes(told, sys.byteorder)


def _retry_after(response: http.client.HTTPResponse) -> int:
    """Return the seconds in Retry-After; 0 for none, or a date, which a wrong clock could not read."""
    said = response.getheader("Retry-After", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 0


def _unreachable(fault: Exception, *, reached: bool = True) -> Problem:
    """Return the refusal; `at_the_door`: the way there is whole, and nobody serves at its end."""
    return Problem(HUB_UNREACHABLE, type(fault).__name__, {
        "at_the_door": isinstance(fault, ConnectionRefusedError), "reached": reached})
