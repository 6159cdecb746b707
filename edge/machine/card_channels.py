"""Where the lines of a card reader's adapter come from: TCP on this machine, or a serial port."""

import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

CONNECT_SECONDS = 0.5
AT_ONCE = 4096


class Channel(Protocol):
    """Where an adapter's lines come from."""

    def read(self) -> bytes:
        """Return what has come, nothing while nothing has.

        Raises:
            OSError: the other end is gone.
        """
        ...

    def close(self) -> None:
        """Let go."""
        ...


class TcpChannel:
    """An adapter that listens on this machine; the lines are in clear, so they never cross a cable."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), CONNECT_SECONDS)
        self._socket.setblocking(False)

    def read(self) -> bytes:
        """Return what has come."""
        return _drain(lambda: self._socket.recv(AT_ONCE))

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


class SerialChannel:
    """A serial port, 9600 baud, 8N1."""

    def __init__(self, device: Path) -> None:
        self._port = os.open(device, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
        try:
            if stat.S_ISREG(os.fstat(self._port).st_mode):
                raise OSError(f"{device.name} is a file, not a port")
            _set_line(self._port)
        except OSError:
            self.close()
            raise

    def read(self) -> bytes:
        """Return what has come."""
        return _drain(lambda: os.read(self._port, AT_ONCE))

    def close(self) -> None:
        """Let the port go."""
        os.close(self._port)


def _drain(read: Callable[[], bytes]) -> bytes:
    came = b""
    while len(came) < 16 * AT_ONCE:
        try:
            more = read()
        except BlockingIOError:
            return came
        if not more:
            if came:
                return came   # an adapter may hang up behind each card: that it is gone is told the next time
            raise ConnectionResetError("the other end is gone")
        came += more
    return came


def _set_line(port: int) -> None:
    import termios  # not on Windows, where adapters use TCP
    import tty

    if not os.isatty(port):
        return
    try:
        tty.setraw(port)
        line = termios.tcgetattr(port)
        line[4] = line[5] = termios.B9600
        termios.tcsetattr(port, termios.TCSANOW, line)
    except termios.error as fault:   # no OSError: a reader pulled out in this moment would be a fault of ours
        raise OSError(*fault.args) from fault
