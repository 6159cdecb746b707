"""How fast a form is taken: over real HTTP, by a real process, durable before the answer."""

import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import msgspec

from bench import baseline
from bench.invented import Form, forms
from bench.programs import HOST, ONE_FILE, baseline_running, enrolled, free_port, site_running, ways
from bench.table import Table, milliseconds

CLIENTS = (1, 8)
WARM_UP = 10
AIM = "p99 ≤ 20.0 ms"


@dataclass(frozen=True)
class Accepts:
    """What one run came to."""

    per_second: float
    p50_seconds: float
    p99_seconds: float

    @classmethod
    def of(cls, seconds: Sequence[float], whole: float) -> "Accepts":
        """Return the figures of single times that took `whole` together."""
        points = statistics.quantiles(seconds, n=100, method="inclusive")
        return cls(len(seconds) / whole, points[49], points[98])


Post = Callable[[HTTPConnection, int, bytes], None]


def measure(quick: bool, folder: Path) -> Table:
    """Return accepts per second and latencies, with 1 and 8 clients."""
    count = 40 if quick else 400
    bodies = [_body(form) for form in forms(count + WARM_UP)]
    table = Table("Forms taken over the site's interface, durable before the answer",
                  ("", "clients", "per second", "p50", "p99", "aim"))
    for way in (way for way in ways() if way is not ONE_FILE):
        places, port = enrolled(way, folder / way.name), free_port()
        with site_running(way, places.site, port):
            _add_rows(table, f"yizhan, {way.name}", port, bodies, _to_site(places.token), AIM)
    port = free_port()
    with baseline_running(folder / "plain", port):
        _add_rows(table, "plain POST, Flask + SQLite", port, bodies, _to_baseline, "")
    table.notes.append(f"{count} forms a row; the link to the hub is down meanwhile.")
    return table


def _body(form: Form) -> bytes:
    return msgspec.json.encode({"item": form[0], "answers": form[1]})


def _add_rows(table: Table, name: str, port: int, bodies: list[bytes], post: Post, aim: str) -> None:
    _run(port, bodies[-WARM_UP:], 1, post, 1_000_000)
    for clients in CLIENTS:
        found = _run(port, bodies[:-WARM_UP], clients, post, clients * 100_000)
        table.rows.append((name, str(clients), f"{found.per_second:.0f}", milliseconds(found.p50_seconds),
                           milliseconds(found.p99_seconds), aim))


def _run(port: int, bodies: list[bytes], clients: int, post: Post, first_number: int) -> Accepts:
    def client(own: list[tuple[int, bytes]]) -> list[float]:
        taken = []
        with closing(HTTPConnection(HOST, port, timeout=60)) as connection:
            for number, body in own:
                began = time.perf_counter()
                post(connection, number, body)
                taken.append(time.perf_counter() - began)
        return taken

    numbered = list(enumerate(bodies, first_number))
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        taken = [one for found in pool.map(client, [numbered[at::clients] for at in range(clients)]) for one in found]
    return Accepts.of(taken, time.perf_counter() - began)


def _to_site(token: str) -> Post:
    def post(connection: HTTPConnection, number: int, body: bytes) -> None:
        send(connection, "/api/v1/submissions", body, token, {"Idempotency-Key": f"bench-{number}"})
    return post


def _to_baseline(connection: HTTPConnection, _: int, body: bytes) -> None:
    send(connection, "/submissions", body, baseline.TOKEN, {})


def send(connection: HTTPConnection, path: str, body: bytes, token: str, headers: dict[str, str]) -> bytes:
    """Post a form and return the answer; the connection stays open.

    Raises:
        RuntimeError: it was not taken.
    """
    connection.request("POST", path, body, {
        "Authorization": f"Bearer {token}", "Content-Type": "application/json", **headers})
    answer = connection.getresponse()
    told = answer.read()
    if answer.status != 201:
        raise RuntimeError(f"HTTP {answer.status}: {told.decode()[:500]}")
    return told


def warm_up(connection: HTTPConnection) -> None:
    """Open a connection, so that what that costs once is not reckoned once for each form."""
    connection.request("GET", "/")
    connection.getresponse().read()
