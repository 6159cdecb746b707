"""A line as it is in the mountains: a TCP proxy with a rate and a delay each way, that counts what goes through.

Each direction lets bytes through at the rate, one after another whatever connection they are of, and hands each on
half a round trip later; a new connection costs a round trip. Neither packet headers nor slow start are counted, which
is kind to whoever sends many small messages. It is a process of its own, so that it takes no time from those it serves.

A line may lose packets: TCP sends them again, so what the program sees is that a direction stands for as long as that
takes. It may go up and down: then every connection breaks, and nobody listens until it is up again.
"""

import asyncio
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ctypes import c_double, c_longlong
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event
from random import Random

HOST = "127.0.0.1"
CHUNK_BYTES = 1448  # what one Ethernet packet carries of a stream
BUCKET_BYTES = 2 * CHUNK_BYTES
MOST_UNDER_WAY = 64
START_SECONDS = 30
LEAST_AGAIN_SECONDS = 0.2   # TCP's shortest wait before it sends again


@dataclass(frozen=True)
class Line:
    """What a line can do."""

    name: str
    bits_per_second: int
    round_trip_seconds: float
    lost: float = 0.0                                 # what part of the packets
    spells: tuple[float, float] | None = None         # how long it is up, and down, at least and at most in seconds
    seed: int = 1


GOOD = Line("2 Mbit/s, 60 ms", 2_000_000, 0.060)
POOR = Line("128 kbit/s, 600 ms", 128_000, 0.600)


@dataclass
class Counted:
    """Bytes that went through, so far."""

    up: "Synchronized[int]"
    down: "Synchronized[int]"
    up_seconds: "Synchronized[float]"    # of the spells that are over
    up_since: "Synchronized[float]"      # 0 while the line is down; its lock is for both

    def been_up(self) -> float:
        """Return for how many seconds the line has been up so far."""
        with self.up_since.get_lock():
            since = self.up_since.value
            return self.up_seconds.value + (time.monotonic() - since if since else 0.0)

    def goes_down(self) -> None:
        """Count the spell that ends."""
        with self.up_since.get_lock():
            self.up_seconds.value, self.up_since.value = self.been_up(), 0.0

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


class Way:
    """One direction of the line: its rate, its delay, what it loses, what went through."""

    def __init__(self, line: Line, count: "Synchronized[int]", seed: int) -> None:
        self._bucket, self._count = Bucket(line.bits_per_second / 8), count
        self._delay, self._lost, self._chance = line.round_trip_seconds / 2, line.lost, Random(seed)
        self._again_seconds = max(LEAST_AGAIN_SECONDS, line.round_trip_seconds)
        self._stands_till = 0.0

    async def let_through(self, part: bytes) -> float:
        """Wait until `part` has left; return when it arrives."""
        await self._bucket.take(len(part))
        with self._count.get_lock():
            self._count.value += len(part)
        due = time.monotonic() + self._delay
        while self._lost and self._chance.random() < self._lost:
            due = max(due, self._stands_till) + self._again_seconds
        # what comes behind a lost packet waits for it: TCP delivers in order
        self._stands_till = max(due, self._stands_till)
        return self._stands_till


async def _pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter, way: Way) -> None:
    under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(MOST_UNDER_WAY)

    async def deliver() -> None:
        part = b"-"
        with suppress(ConnectionError):
            while part:
                due, part = await under_way.get()
                await asyncio.sleep(due - time.monotonic())
                sink.write(part)
                await sink.drain()
        sink.close()
        while part:   # nobody is there any more: whoever still reads must not wait for room
            _, part = await under_way.get()

    delivering = asyncio.ensure_future(deliver())
    try:
        while part := await source.read(CHUNK_BYTES):
            await under_way.put((await way.let_through(part), part))
        await under_way.put((0.0, b""))
        await delivering
    except (ConnectionError, asyncio.CancelledError):
        delivering.cancel()
        sink.close()


class Proxy:
    """The line between two ports."""

    def __init__(self, line: Line, listen: int, to: int, counted: Counted) -> None:
        self._line, self._listen, self._to, self._counted = line, listen, to, counted
        self._up, self._down = Way(line, counted.up, line.seed), Way(line, counted.down, line.seed + 1)
        self._open: set[asyncio.StreamWriter] = set()

    async def run(self, ready: Event) -> None:
        """Serve for ever, with spells if the line has any."""
        chance = Random(self._line.seed)
        while True:
            server = await asyncio.start_server(self._serve, HOST, self._listen)
            self._counted.up_since.value = time.monotonic()
            ready.set()
            if self._line.spells is None:
                await server.serve_forever()
                return
            await asyncio.sleep(chance.uniform(*self._line.spells))
            self._counted.goes_down()
            server.close()
            for one in list(self._open):
                one.transport.abort()
            await asyncio.sleep(chance.uniform(*self._line.spells))

    async def _serve(self, near: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        self._open.add(near_out)
        far_out = None
        try:
            await asyncio.sleep(self._line.round_trip_seconds)  # SYN and its answer
            far, far_out = await asyncio.open_connection(HOST, self._to)
            self._open.add(far_out)
            await asyncio.gather(_pour(near, far_out, self._up), _pour(far, near_out, self._down))
        except ConnectionError:
            near_out.transport.abort()
        finally:
            self._open -= {near_out, far_out} if far_out else {near_out}


def _run(line: Line, listen: int, to: int, counted: Counted, ready: Event) -> None:
    asyncio.run(Proxy(line, listen, to, counted).run(ready))


@contextmanager
def shaped(line: Line, listen: int, to: int) -> Iterator[Counted]:
    """Let port `listen` lead to port `to` over such a line; yields the counts."""
    fresh = multiprocessing.get_context("spawn")
    counted = Counted(fresh.Value(c_longlong, 0), fresh.Value(c_longlong, 0), fresh.Value(c_double, 0.0),
                      fresh.Value(c_double, 0.0))
    ready = fresh.Event()
    proxy = fresh.Process(target=_run, args=(line, listen, to, counted, ready), daemon=True)
    proxy.start()
    try:
        if not ready.wait(START_SECONDS):
            raise RuntimeError("the shaped line did not start")
        yield counted
    finally:
        proxy.terminate()
        proxy.join()
