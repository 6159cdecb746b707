"""Loose chunks: on a line that is cut every few seconds photos go up in small loads, two on their way at once.

What is cut is lost whole, so a load is small; and none waits for the answer to the one before, so the line never
stands. Records never go this way, and go first. Source: docs/protocol.md 13, docs/adr/0022.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass, field

from edge.desk.site import Site
from edge.domain.blob import CHUNK_BYTES, ranges, within
from edge.domain.envelope import Faulty
from edge.ground.problem import Problem
from edge.records import blobs, lane
from sync.agent import cargo, link_rules
from sync.agent.hub_link import CHUNKS, Link
from sync.agent.telling import Telling
from sync.protocol.cargo import HEAD_BYTES, Chunk
from sync.protocol.loose import LoadHead, read_word, write_load

LOAD_BYTES = CHUNK_BYTES + 16 * HEAD_BYTES   # a whole chunk, or many small ones: lists, manifests
LONGEST_SECONDS = 20.0                       # then the conversation has its turn again: the county may have news
NONCE_BYTES = 16


@dataclass(frozen=True)
class Load:
    """A load ready to send. `alone`: what comes behind it is of no use before it has arrived."""

    raw: bytes
    end_hash: bytes
    chunks: list[Chunk]
    alone: bool


@dataclass
class Loads:
    """What photos lack, load by load. All that touches the database runs in the thread that made this."""

    site: Site
    telling: Telling
    limits: cargo.Limits
    under_way: dict[Future[bytes], tuple[Link, Load]] = field(default_factory=dict)
    fault: Problem | Faulty | None = None

    def go(self, link: Link) -> None:
        """Send until nothing is left, a form was lodged, the time is up or the line is cut.

        Raises:
            Problem: HUB_UNREACHABLE.
            Faulty: what came back was not the hub's word about it.
        """
        until = self.site.clock.monotonic() + LONGEST_SECONDS
        with ExitStack() as closing:
            free, begin = _ways(link, closing)
            waiting = self._each()
            while True:
                while free and not self._must_wait(until) and (load := next(waiting, None)) is not None:
                    way = free.pop()
                    self.under_way[begin(way, load.raw)] = way, load
                if not self.under_way:
                    break
                free += self._settle_some()
        if self.fault is not None:
            raise self.fault

    def _must_wait(self, until: float) -> bool:
        """Return whether nothing more may begin: for good, or until what is under way has arrived."""
        over = self.fault is not None or self.site.lodged.is_set() or self.site.clock.monotonic() >= until
        return over or any(load.alone for _, load in self.under_way.values())

    def _each(self) -> Iterator[Load]:
        """Yield each load once, lists and manifests before all else; what the hub did not say that it holds goes again
        after the next question.
        """
        lists = True
        while True:
            with self.site.store.write() as db:
                taken = cargo.Load(self.site, db, LOAD_BYTES, self.limits)
                taken.take_all(lane.acked(db)[0], lists=lists)
            if not taken.chunks and not lists:
                return
            if not taken.chunks:
                lists = False
                continue
            if self.limits.blob_bytes is not None:
                link_rules.spend(self.site, taken.size)
                self.limits.blob_bytes = max(0, self.limits.blob_bytes - taken.size)
            head = LoadHead(self.site.identity.device, self.site.chance(NONCE_BYTES))
            yield Load(*write_load(head, taken.chunks, self.site.key.sign), taken.chunks, lists)

    def _settle_some(self) -> list[Link]:
        """Wait for an answer, take over what came, and return the ways that are free again."""
        done, _ = wait(self.under_way, return_when=FIRST_COMPLETED)
        free = []
        for answer in done:
            way, load = self.under_way.pop(answer)
            free.append(way)
            try:
                self._settle(load, answer.result())
            except (Problem, Faulty) as fault:
                self.fault = self.fault or fault   # the other one may still bring a good answer
        return free

    def _settle(self, load: Load, raw: bytes) -> None:
        wants = {want.blob: want for want in read_word(raw, load.end_hash, self.site.key_set().hub)}
        with self.site.store.write() as db:
            for blob in dict.fromkeys(chunk.blob for chunk in load.chunks):
                stored, want = blobs.get(db, blob), wants.get(blob)
                if stored is None or want is None or stored.state == "lost":
                    continue
                # only of what this load brought: an answer that is overtaken by another one takes nothing back
                sent = {chunk.item for chunk in load.chunks if chunk.blob == blob}
                held = sent.difference(within(want.missing, stored.items))
                blobs.heard(db, stored, ranges(set(stored.to_send) - held))
        self.telling.answered(self.site, len(load.raw), 0)


def _ways(link: Link, closing: ExitStack) -> tuple[list[Link], Callable[[Link, bytes], Future[bytes]]]:
    """Return the ways to the hub and what begins an exchange on one: two at once where the link can be doubled."""
    beside = link.beside()
    if beside is None:
        return [link], _at_once
    closing.callback(beside.close)
    pool = closing.enter_context(ThreadPoolExecutor(2, "loose"))
    return [beside, link], lambda way, raw: pool.submit(way.exchange, CHUNKS, raw)


def _at_once(link: Link, raw: bytes) -> Future[bytes]:
    answer: Future[bytes] = Future()
    try:
        answer.set_result(link.exchange(CHUNKS, raw))
    except (Problem, Faulty) as fault:
        answer.set_exception(fault)
    return answer
