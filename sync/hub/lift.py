"""Lift: take in what a copied or dead machine's disk holds, by the signature that each envelope has borne ever since.

No machine speaks here, so no lane grows and no receipt is signed. What a revoked machine signed waits for a person, as
if it had come by the line; what was erased by law comes back from no disk. Source: docs/protocol.md 5, 7.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from edge.domain.envelope import Envelope, Faulty, to_sign
from edge.ground.keys import verify
from edge.records import audit
from sync.hub import admit, gather
from sync.hub.hub import Hub
from sync.hub.tables import devices
from sync.hub.tables.devices import DeviceRow
from sync.protocol.cargo import Chunk

BATCH = 200
T = TypeVar("T")
PASSES = 3   # the list of a manifest, the manifest, the photos that it names


@dataclass(frozen=True)
class Lifted:
    """How many envelopes were new here, were here before, and bear no signature of a known machine; how many of the new
    ones wait for a person.
    """

    new: int = 0
    known: int = 0
    unsigned: int = 0
    aside: int = 0
    machines: tuple[str, ...] = ()


def lift(hub: Hub, found: Iterable[tuple[Envelope, bytes]], chunks: Callable[[], Iterable[Chunk]],
         actor: str) -> Lifted:
    """Keep every envelope that one of this county's machines signed, and the photos that they name; safe to repeat.

    Args:
        found: envelopes with the signature that lies beside each.
        chunks: called several times, gives every piece of a blob on that disk.
    """
    rows = devices.every(hub.store.read())
    new = known = unsigned = aside = 0
    machines: set[str] = set()
    for batch in _batches(found):
        with hub.store.write() as db:
            for came, signature in batch:
                device = _signer(rows, came, signature)
                if device is None:
                    unsigned += 1
                    continue
                machines.add(device.device.hex())
                fresh = admit.keep(db, device, came, hub.now())
                new, known = new + fresh, known + (not fresh)
                aside += fresh and device.state == "revoked"
    _take_chunks(hub, chunks)
    told = Lifted(new, known, unsigned, aside, tuple(sorted(machines)))
    with hub.store.write() as db:
        audit.note(db, hub.now(), actor, "lift", ",".join(told.machines), {
            "new": new, "known": known, "unsigned": unsigned, "aside": aside})
    hub.arrived.set()
    return told


def _signer(rows: list[DeviceRow], came: Envelope, signature: bytes) -> DeviceRow | None:
    """Return the machine whose key signed this very envelope."""
    try:
        came.header   # noqa: B018 - read for its fault alone
    except Faulty:
        return None
    for row in rows:
        if verify(row.public, signature, to_sign(came.name(row.device))):
            return row
    return None


def _take_chunks(hub: Hub, chunks: Callable[[], Iterable[Chunk]]) -> None:
    for _ in range(PASSES):
        for batch in _batches(chunks()):
            with hub.store.write() as db:
                gather.take(db, sorted(batch, key=lambda chunk: chunk.item), hub.now())


def _batches(things: Iterable[T]) -> Iterator[list[T]]:
    batch: list[T] = []
    for one in things:
        batch.append(one)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch
