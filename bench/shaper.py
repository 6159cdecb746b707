"""A line as it is in the mountains: a TCP proxy with a rate and a delay each way, that counts what goes through.

Each direction lets bytes through at the rate, one after another whatever connection they are of, and hands each on
half a round trip later; a new connection costs a round trip. Neither packet headers nor slow start are counted, which
is kind to whoever sends many small messages. It is a process of its own, so that it takes no time from those it serves.
"""

import asyncio
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_longlong
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event

HOST = "127.0.0.1"
CHUNK_BYTES = 1448  # what one Ethernet packet carries of a stream
BUCKET_BYTES = 2 * CHUNK_BYTES
MOST_UNDER_WAY = 64
START_SECONDS = 10


@dataclass(frozen=True)
class Line:
    """What a line can do."""

    name: str
    bits_per_second: int
    round_trip_seconds: float


GOOD = Line("2 Mbit/s, 60 ms", 2_000_000, 0.060)
POOR = Line("128 kbit/s, 600 ms", 128_000, 0.600)


@dataclass
class Counted:
    """Bytes that went through, so far."""

    up: "Synchronized[int]"
    down: "Synchronized[int]"

    def both(self) -> int:
        """Return the bytes of both directions."""
        return self.up.value + self.down.value


class Bucket:
    """Tokens for one direction of the line; they come at the rate and a few may gather."""

    def __init__(self, bytes_per_second: float) -> None:
        self._rate = bytes_per_second
        self._owed_till = 0.0

    async def take(self, size: int) -> None:
        """Wait until `size` bytes have left."""
        now = time.monotonic()
        self._owed_till = max(self._owed_till, now - BUCKET_BYTES / self._rate) + size / self._rate
        if self._owed_till > now:
            await asyncio.sleep(self._owed_till - now)


async def _pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter, bucket: Bucket, delay: float,
                count: "Synchronized[int]") -> None:
    under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(MOST_UNDER_WAY)

    async def deliver() -> None:
        while True:
            due, part = await under_way.get()
            await asyncio.sleep(due - time.monotonic())
            if not part:
                sink.close()
                return
            sink.write(part)
            await sink.drain()

    delivering = asyncio.ensure_future(deliver())
    try:
        while part := await source.read(CHUNK_BYTES):
            await bucket.take(len(part))
            with count.get_lock():
                count.value += len(part)
            await under_way.put((time.monotonic() + delay, part))
        await under_way.put((time.monotonic() + delay, b""))
        await delivering
    except ConnectionError:
        delivering.cancel()
        sink.close()


async def _shape(line: Line, listen: int, to: int, counted: Counted, ready: Event) -> None:
    up, down = Bucket(line.bits_per_second / 8), Bucket(line.bits_per_second / 8)
    delay = line.round_trip_seconds / 2

    async def serve(near: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        await asyncio.sleep(line.round_trip_seconds)  # SYN and its answer
        far, far_out = await asyncio.open_connection(HOST, to)
        await asyncio.gather(_pour(near, far_out, up, delay, counted.up),
                             _pour(far, near_out, down, delay, counted.down))

    server = await asyncio.start_server(serve, HOST, listen)
    ready.set()
    async with server:
        await server.serve_forever()


def _run(line: Line, listen: int, to: int, counted: Counted, ready: Event) -> None:
    asyncio.run(_shape(line, listen, to, counted, ready))


@contextmanager
def shaped(line: Line, listen: int, to: int) -> Iterator[Counted]:
    """Let port `listen` lead to port `to` over such a line; yields the counts."""
    fresh = multiprocessing.get_context("spawn")
    counted, ready = Counted(fresh.Value(c_longlong, 0), fresh.Value(c_longlong, 0)), fresh.Event()
    proxy = fresh.Process(target=_run, args=(line, listen, to, counted, ready), daemon=True)
    proxy.start()
    try:
        if not ready.wait(START_SECONDS):
            raise RuntimeError("the shaped line did not start")
        yield counted
    finally:
        proxy.terminate()
        proxy.join()
