"""The listener for phones: TLS in front of the pages, with bounds that a hostile network cannot pass.

Waitress, which serves the machine's own screen, speaks no TLS and takes in a whole body before anybody looks at it.
Cheroot does the one and leaves the other to the pages. What it lacks stands here: a connection waits without a thread
until it has something to say, shakes hands in a thread and not at the door, ends after its time, and nobody has many.
Loaded only where phones are let in.
"""

import socket
import ssl
import threading
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication

from cheroot import wsgi
from cheroot.makefile import MakeFile
from cheroot.server import HTTPConnection, HTTPRequest
from cheroot.ssl import Adapter

from edge.ground.problem import PHONES_CERTIFICATE, PORT_TAKEN, Problem
from edge.kiosk.plain_page import plain_page
from edge.kiosk.upload import LARGEST_UPLOAD_BYTES
from edge.kiosk.visit import Visits
from sync.command.serving import Address

THREADS = 8
MOST_CONNECTIONS, MOST_OF_ONE = 96, 12
"""A browser opens six; who reloads in the middle has twice as many for a moment."""
QUIET_SECONDS = 10
"""Between two bytes, and before a connection says anything at all."""
LONGEST_REQUEST_SECONDS = 90.0
"""A large photo over a poor radio takes a minute."""
LARGEST_HEADER_BYTES = 16 * 1024
TOO_LONG = plain_page("发来的东西太大了。换一张小的照片再试。", "That was too large. Please try a smaller photo.")
FORGET_SECONDS = 10.0
STOP_SECONDS = 5


class _Sealed(Adapter):
    """Puts TLS around a connection without waiting for the other side's hand."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.context = context

    def bind(self, sock: socket.socket) -> socket.socket:
        return sock

    def wrap(self, sock: socket.socket) -> tuple[ssl.SSLSocket, dict[str, str]]:
        wrapped = self.context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        return wrapped, self.get_environ()

    def get_environ(self) -> dict[str, str]:
        return {"wsgi.url_scheme": "https", "HTTPS": "on"}

    def makefile(self, sock: socket.socket, mode: str = "r", bufsize: int = -1) -> Any:
        return MakeFile(sock, mode, bufsize)


class _Request(HTTPRequest):
    """One request; a body that is too long for any page is refused unread, in words that a citizen understands."""

    def simple_response(self, status: str, msg: str = "") -> None:
        if not str(status).startswith("413"):
            super().simple_response(status, msg)
            return
        self.close_connection = True
        with suppress(OSError):   # whoever still sends may not listen
            self.conn.wfile.write(
                f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"
                f"Content-Length: {len(TOO_LONG)}\r\n\r\n".encode("ascii") + TOO_LONG)


class _Connection(HTTPConnection):
    """One connection: shakes hands when its turn comes, and is cut when a request takes too long."""

    RequestHandlerClass = _Request
    parked = greeted = counted = False

    def communicate(self) -> bool:
        clock = threading.Timer(LONGEST_REQUEST_SECONDS, self._cut)
        clock.daemon = True
        clock.start()
        try:
            if isinstance(self.socket, ssl.SSLSocket) and not self.greeted:
                self.greeted = True
                return self._shake_hands()
            return bool(super().communicate())  # type: ignore[no-untyped-call]  # it publishes no types for this
        finally:
            clock.cancel()

    def _shake_hands(self) -> bool:
        try:
            self.socket.do_handshake()
        except OSError:   # TLS faults are OSErrors too: another protocol, a scanner, a phone that walked away
            return False
        return True

    def _cut(self) -> None:
        with suppress(OSError):   # it may have ended by itself
            # past TLS: its own farewell would wait for the side that does not answer
            socket.socket.shutdown(self.socket, socket.SHUT_RDWR)

    def close(self) -> None:
        self.server.let_go(self)
        super().close()


class _Listener(wsgi.Server):
    """Cheroot with bounds on connections, and without words: its messages name addresses."""

    ConnectionClass = _Connection
    max_request_header_size = LARGEST_HEADER_BYTES
    max_request_body_size = LARGEST_UPLOAD_BYTES
    keep_alive_conn_limit = MOST_CONNECTIONS

    def __init__(self, address: Address, app: WSGIApplication, context: ssl.SSLContext | None) -> None:
        super().__init__((address.host, address.port), app, numthreads=THREADS, max=THREADS, server_name="yizhan",
                         request_queue_size=32, timeout=QUIET_SECONDS, shutdown_timeout=STOP_SECONDS)
        self.ssl_adapter = _Sealed(context) if context is not None else None
        self._of_one: Counter[str] = Counter()
        self._counting = threading.Lock()

    def process_conn(self, conn: _Connection) -> None:
        """Give a connection that has something to say to a thread; a new one waits until it has."""
        if conn.parked:
            super().process_conn(conn)
            return
        conn.parked = True
        if self._has_room(conn):
            self.put_conn(conn)
        else:
            conn.close()

    def put_conn(self, conn: _Connection) -> None:
        """Let a connection wait; not where TLS holds back what has come already, as no wait would end."""
        if isinstance(conn.socket, ssl.SSLSocket) and conn.greeted and conn.socket.pending():
            super().process_conn(conn)
        else:
            super().put_conn(conn)

    def _has_room(self, conn: _Connection) -> bool:
        with self._counting:
            if self._of_one.total() >= MOST_CONNECTIONS or self._of_one[conn.remote_addr] >= MOST_OF_ONE:
                return False
            self._of_one[conn.remote_addr] += 1
            conn.counted = True
            return True

    def let_go(self, conn: _Connection) -> None:
        """Count a connection no more."""
        with self._counting:
            if conn.counted:
                conn.counted = False
                self._of_one[conn.remote_addr] -= 1
                self._of_one += Counter()   # drops who has none

    def error_log(self, msg: str = "", level: int = 20, traceback: bool = False) -> None:
        """Say nothing: whoever stands on the network could fill the disk with it."""


class PhoneServer:
    """The pages for phones on their own address."""

    def __init__(self, app: WSGIApplication, visits: Visits, address: Address,
                 context: ssl.SSLContext | None) -> None:
        self._visits = visits
        self._listener = _Listener(address, app, context)
        try:
            self._listener.prepare()
        except OSError as fault:
            raise Problem(PORT_TAKEN, f"{address.host}:{address.port}") from fault
        self.address = Address(address.host, int(self._listener.bind_addr[1]))
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._listener.serve, name="phones", daemon=True),
                         threading.Thread(target=self._forget, name="phones-forget", daemon=True)]

    def start(self) -> None:
        """Begin to answer."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Answer no more."""
        self._stop.set()
        self._listener.stop()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout=STOP_SECONDS)

    def _forget(self) -> None:
        """Forget whoever has gone, also while no phone asks for anything."""
        while not self._stop.wait(FORGET_SECONDS):
            self._visits.forget_stale()


def sealed_by(certificate: Path, key: Path, name: str) -> ssl.SSLContext:
    """Return TLS 1.2 or newer with a certificate that is made out to `name`.

    Its days are not looked at here: a phone does that by its own clock, which is better than a kiosk's.

    Raises:
        Problem: PHONES_CERTIFICATE.
    """
    from cryptography import x509

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key, password=_no_password)
        names = x509.load_pem_x509_certificates(certificate.read_bytes())[0].extensions.get_extension_for_class(
            x509.SubjectAlternativeName).value
    except (OSError, ValueError, x509.ExtensionNotFound) as fault:
        raise Problem(PHONES_CERTIFICATE, type(fault).__name__) from fault
    known = {*names.get_values_for_type(x509.DNSName), *map(str, names.get_values_for_type(x509.IPAddress))}
    if name not in known and f"*.{name.partition('.')[2]}" not in known:
        raise Problem(PHONES_CERTIFICATE, f"{name} is not in {', '.join(sorted(known))}")
    return context


def _no_password() -> str:
    """Answer instead of the terminal, where nobody sits: a key with a password cannot be used here."""
    return ""
