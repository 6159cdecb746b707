"""Admit: keep every envelope that a device signed, then sign what is committed. Source: docs/protocol.md 7.

Receiving is not acknowledging, and acknowledging is not processing: an envelope is stored under its name whether it
fits the lane or not; the lane grows only where the chain before it is ours; opening comes later.
"""

from dataclasses import dataclass, field

import msgspec

from edge.domain import envelope
from edge.domain.envelope import KNOWN, Envelope, Faulty
from edge.domain.lane import INCARNATION_BYTES, Position, link
from edge.ground.database import Connection
from edge.ground.problem import BAD_MESSAGE, UNKNOWN_DEVICE, Problem
from edge.records import audit
from sync.hub import echo, feed
from sync.hub.hub import Hub
from sync.hub.tables import alarms, devices, down, envelopes, lanes, published
from sync.hub.tables.devices import DeviceRow
from sync.protocol.exchange import Question, Reply, Run, Signed, read_hello, read_question, take_apart, write_reply
from sync.protocol.messages import Ack, Next, SignedAck, Welcome, ack_to_sign

MOST_DOWN = 200
BOOKED_BYTES = 900_000
SAFE_WITHOUT_BACKUPS = 0


@dataclass(frozen=True)
class Admitted:
    """What is committed about a question and is now signed."""

    device: DeviceRow
    question: bytes
    lanes: list[bytes] = field(default_factory=list)
    repeated: bool = False
    echoed: bool = False
    down: Position | None = None


def exchange(hub: Hub, raw: bytes) -> bytes:
    """Return the signed reply to a question.

    Raises:
        Problem: BAD_MESSAGE or UNKNOWN_DEVICE; nothing was stored.
    """
    try:
        opened = take_apart(raw)
        hello = read_hello(opened)
        device = devices.get(hub.store.read(), hello.device)
        if device is None:
            raise Problem(UNKNOWN_DEVICE)
        opened.verify(device.public)
        question = read_question(opened)
    except Faulty as fault:
        raise Problem(BAD_MESSAGE, str(fault)) from fault
    admitted = admit(hub, device, question, opened.end_hash)
    hub.arrived.set()
    return write_reply(_reply(hub, admitted), hub.key.sign)


def admit(hub: Hub, device: DeviceRow, question: Question, end_hash: bytes) -> Admitted:
    """Store what a verified question brought, in one transaction under the write lock."""
    hello, at = question.hello, hub.now()
    with hub.store.write() as db:
        before = devices.number_message(db, device.device, hello.number, end_hash)
        if before - {end_hash}:
            alarms.sound(db, "two-machines", device.device.hex(),
                         f"message number {hello.number} came twice, unlike: a copied disk or an old image", at)
        devices.heard(db, device.device, at, hello.device_time, msgspec.msgpack.encode(hello.condition))
        _watch_receipt(db, device, question, at)
        for run in question.runs:
            _admit_run(hub, db, device, run, at)
        echoed = echo.take(hub, db, device, question.echoes)
        position = _down_position(hub, db, device, hello.down)
        return Admitted(device, end_hash, [run.lane.incarnation for run in question.runs],
                        end_hash in before, echoed, position)


def _admit_run(hub: Hub, db: Connection, device: DeviceRow, run: Run, at: int) -> None:
    lane = run.lane
    lanes.create(db, device.device, lane.incarnation)
    end = lanes.head(db, device.device, lane.incarnation)
    chain = lane.before
    for place, came in enumerate(run.envelopes, start=lane.first):
        name = came.name(device.device)
        _keep(db, device, name, came, at)
        if place == end.n + 1 and chain == end.chain:
            end = Position(lane.incarnation, place, link(chain, name))
            lanes.grow(db, device.device, end, name)
        elif place <= end.n:
            _compare(db, device, lane.incarnation, place, name, at)
        # protocol 7 (gap): stored under its name; the lane does not grow, and the ACK tells the edge where to go on
        chain = link(chain, name)


def _keep(db: Connection, device: DeviceRow, name: bytes, came: Envelope, at: int) -> None:
    header = came.header
    known = header.kind in KNOWN and not header.must_understand
    # protocol 5.6: what a revoked device signed is kept and counted like any other, and waits for a person
    state = "set_aside" if device.state == "revoked" else "held" if known else "unknown_kind"
    envelopes.add(db, device.device, name, came, header, state, at)


def _compare(db: Connection, device: DeviceRow, incarnation: bytes, place: int, name: bytes, at: int) -> None:
    held = lanes.named(db, device.device, incarnation, place)
    if held is not None and held[0] != name:
        lanes.fork(db, device.device, incarnation, place, name, at)
        alarms.sound(db, "fork", device.device.hex(),
                     f"two envelopes at place {place} of one lane: a copied or restored disk", at)


def _watch_receipt(db: Connection, device: DeviceRow, question: Question, at: int) -> None:
    receipt = question.hello.receipt
    if receipt is None or receipt.n == 0:
        return
    held = lanes.named(db, device.device, receipt.incarnation, receipt.n)
    if held is None or held[1] != receipt.chain:
        alarms.sound(db, "receipt-not-held", device.device.hex(),
                     f"the device holds a receipt up to {receipt.n} that is not held here: the hub was restored", at)


def _down_position(hub: Hub, db: Connection, device: DeviceRow, asked: Position | None) -> Position:
    """Return from where the device is to be told; a device that followed a lane which is ours by name only gets a new
    one.
    """
    feed.open_lane(hub, db, device.device)
    end = down.head(db, device.device)
    if end is None:
        raise LookupError("the downlink was just opened")
    if asked is not None and asked.incarnation == end.incarnation:
        if down.chain_at(db, device.device, asked.n) == asked.chain:
            return asked
        # protocol 10: compared by chain, not by number: it followed what this hub has lost
        alarms.sound(db, "downlink-lost", device.device.hex(), f"the device followed this lane to {asked.n}", hub.now())
        down.renew(db, device.device, hub.chance(INCARNATION_BYTES))
        end = down.head(db, device.device) or end
    return Position(end.incarnation, 0, down.chain_at(db, device.device, 0) or b"")


def _reply(hub: Hub, admitted: Admitted) -> Reply:
    """Sign, from committed rows."""
    db, device = hub.store.read(), admitted.device.device
    newest = published.newest(db, "key_set")
    _, root = audit.head(db)
    acks = [_ack(hub, lanes.head(db, device, incarnation), device,
                 root) for incarnation in dict.fromkeys(admitted.lanes)]
    welcome = Welcome(
        hub=hub.id, question=admitted.question, hub_time=hub.now(), state=admitted.device.state,
        key_set_version=newest[0].version if newest else 0, echoed=admitted.echoed,
        down=None if admitted.repeated else admitted.down)
    if admitted.repeated or admitted.down is None:
        return Reply(welcome, acks)   # protocol 5.7: a repeat is answered with its receipt, without downlink
    booked, more = _booked(db, device, admitted.down.n)
    return Reply(welcome, acks, booked, Next(more=more))


def _ack(hub: Hub, end: Position, device: bytes, root: bytes) -> SignedAck:
    # protocol 7: safe is the lowest head over all backups that may be restored; there are none yet, so nothing may
    # be deleted
    ack = Ack(hub.id, device, end.incarnation, end.n, end.chain, SAFE_WITHOUT_BACKUPS, root, hub.now())
    content = msgspec.msgpack.encode(ack)
    return SignedAck(content, hub.key.sign(ack_to_sign(content)))


def _booked(db: Connection, device: bytes, n: int) -> tuple[list[Signed], bool]:
    rows = down.after(db, device, n, MOST_DOWN + 1)
    taken: list[Signed] = []
    size = 0
    for raw, signature in rows[:MOST_DOWN]:
        size += len(raw)
        if taken and size > BOOKED_BYTES:
            break
        taken.append(Signed(envelope.read(raw), signature))
    return taken, len(taken) < len(rows)
