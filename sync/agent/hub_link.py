"""The link to the hub: bytes out, bytes back. One connection is kept open between rounds."""

import http.client
import socket
import ssl
from typing import Protocol
from urllib.parse import urlsplit

from edge.ground.problem import HUB_UNREACHABLE, Problem
from sync.protocol.messages import LARGEST_MESSAGE

TYPE = "application/vnd.yizhan.ferry"
STALL_SECONDS = 90.0
CONNECT_SECONDS = 10.0
PROBE_SECONDS = 3.0
SYNC, ENROLL, KEYS = "/ferry/v1/sync", "/ferry/v1/enroll", "/ferry/v1/keys"


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


class HubLink:
    """HTTP or HTTPS to the hub's address. TLS hides the traffic; trust comes from the pinned root key alone."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Problem(HUB_UNREACHABLE, f"not an address of a hub: {url}")
        self._secure, self._host = parts.scheme == "https", parts.hostname
        self._port, self._folder = parts.port, parts.path.rstrip("/")
        self._open: http.client.HTTPConnection | None = None

    def _connection(self) -> http.client.HTTPConnection:
        if self._open is None:
            if self._secure:
                self._open = http.client.HTTPSConnection(
                    self._host, self._port, timeout=CONNECT_SECONDS, context=ssl.create_default_context())
            else:
                self._open = http.client.HTTPConnection(self._host, self._port, timeout=CONNECT_SECONDS)
            self._open.connect()
            self._open.sock.settimeout(STALL_SECONDS)
        return self._open

    def exchange(self, path: str, message: bytes) -> bytes:
        """Post `message`; a connection that the other side closed meanwhile is opened once more."""
        for attempt in (1, 2):
            kept = self._open is not None
            try:
                return self._post(path, message)
            except (OSError, http.client.HTTPException) as fault:
                self.close()
                # sending again is safe: the hub knows a message by its number and hash
                if attempt == 2 or not kept:
                    raise Problem(HUB_UNREACHABLE, type(fault).__name__) from fault
        raise Problem(HUB_UNREACHABLE)

    def _post(self, path: str, message: bytes) -> bytes:
        connection = self._connection()
        connection.request("POST", self._folder + path, body=message, headers={"Content-Type": TYPE, "Accept": TYPE})
        response = connection.getresponse()
        body = response.read(LARGEST_MESSAGE + 1)
        if response.status != 200:
            self.close()
            # protocol 11: a bare code sets the pace, nothing else; whoever sent it may not be the hub
            raise Problem(HUB_UNREACHABLE, f"HTTP {response.status}", {"http_status": response.status})
        return body

    def reachable(self) -> bool:
        """Return whether a connection can be opened."""
        port = self._port or (443 if self._secure else 80)
        try:
            socket.create_connection((self._host, port), timeout=PROBE_SECONDS).close()
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Hang up."""
        if self._open is not None:
            self._open.close()
            self._open = None
