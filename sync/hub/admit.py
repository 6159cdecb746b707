"""Admit: keep every envelope that a device signed, then sign what is committed. Source: docs/protocol.md 7.

Receiving is not acknowledging, and acknowledging is not processing: an envelope is stored under its name whether it
fits the lane or not; the lane grows only where the chain before it is ours; opening comes later.
"""

from dataclasses import dataclass, field, replace

import msgspec

from edge.domain import envelope
from edge.domain.envelope import KNOWN, Envelope, Faulty
from edge.domain.lane import INCARNATION_BYTES, Position, link
from edge.ground.clock import local_day
from edge.ground.database import Connection
from edge.ground.problem import BAD_MESSAGE, UNKNOWN_DEVICE, Problem
from edge.records import audit
from sync.hub import caps, echo, feed, gather, hand_out, rejoin, use
from sync.hub.hub import Hub
from sync.hub.pacing import next_for
from sync.hub.safe import safe_up_to
from sync.hub.tables import alarms, carried, devices, down, envelopes, lanes, published, statements
from sync.hub.tables.devices import DeviceRow
from sync.hub.tables.shares import Share
from sync.hub.watch import Watched, watch
from sync.protocol.cargo import Want
from sync.protocol.exchange import (
    Opened,
    Question,
    Reply,
    Run,
    Signed,
    read_hello,
    read_question,
    take_apart,
    write_reply,
)
from sync.protocol.messages import CAPABILITIES, FILE, LOOSE, USE, Ack, Hello, SignedAck, Welcome, ack_to_sign

MOST_DOWN = 200
BOOKED_BYTES = 900_000
NOTHING = Watched()


@dataclass(frozen=True)
class Admitted:
    """What is committed about a question and is now signed."""

    device: DeviceRow
    question: bytes
    lanes: list[bytes] = field(default_factory=list)
    repeated: bool = False
    on_file: bool = False
    echoed: bool = False
    down: Position | None = None
    room_bytes: int = 0   # how much the reply may bring down, 0 for any
    spoken_of: list[bytes] | None = None   # blobs of which the question brought something; None: it knows of no blobs
    watched: Watched = NOTHING
    wants: list[Want] = field(default_factory=list)   # of what comes down in chunks


def exchange(hub: Hub, raw: bytes) -> bytes:
    """Return the signed reply to a question.

    Raises:
        Problem: BAD_MESSAGE, UNKNOWN_DEVICE or DEVICE_CAPPED; nothing was stored.
    """
    opened, device, question = _at_the_door(hub, raw)
    caps.refuse_too_much(hub, device.device, caps.new_lanes(hub.store.read(), device.device, question))
    admitted = admit(hub, device, question, opened.end_hash)
    hub.arrived.set()
    return write_reply(_reply(hub, admitted), hub.key.sign)


def _at_the_door(hub: Hub, raw: bytes) -> tuple[Opened, DeviceRow, Question]:
    try:
        return understand(hub, raw)
    except Problem as problem:
        if "stranger" not in problem.facts:
            raise
        # a stranger under a name that is known hears what one under any name hears: so nobody learns which there are
        raise Problem(UNKNOWN_DEVICE) from problem


def understand(hub: Hub, raw: bytes) -> tuple[Opened, DeviceRow, Question]:
    """Return a question that its device signed.

    Raises:
        Problem: BAD_MESSAGE or UNKNOWN_DEVICE.
    """
    try:
        opened = take_apart(raw)
        hello = read_hello(opened)
        device = devices.get(hub.store.read(), hello.device)
        if device is None:
            device = rejoin.take_in(hub, hello.device, opened)
        if device is None:
            raise Problem(UNKNOWN_DEVICE)
        _verify(opened, device.public)
        rejoin.look_through(hub, opened)
        return opened, device, read_question(opened)
    except Faulty as fault:
        raise Problem(BAD_MESSAGE, str(fault)) from fault


def _verify(opened: Opened, public: bytes) -> None:
    try:
        opened.verify(public)
    except Faulty as fault:
        raise Problem(BAD_MESSAGE, str(fault), {"stranger": True}) from fault


def admit(hub: Hub, device: DeviceRow, question: Question, end_hash: bytes) -> Admitted:
    """Store what a verified question brought, in one transaction under the write lock."""
    hello, at = question.hello, hub.now()
    with hub.store.write() as db:
        device = devices.get(db, device.device) or device   # it may have been revoked since it was read
        before = devices.number_message(db, device.device, hello.number, end_hash)
        if before - {end_hash}:
            alarms.sound(db, "two-machines", device.device.hex(),
                         f"message number {hello.number} came twice, unlike: a copied disk or an old image", at)
        watched = NOTHING if hello.reply_to == FILE else watch(db, device, hello.condition, at)
        _note_condition(db, device, hello, at)
        _note_statement(hub, db, hello, end_hash)
        _watch_receipt(db, device, question, at)
        new = Share(caps.new_lanes(db, device.device, question), sum(len(chunk.content) for chunk in question.chunks))
        for run in question.runs:
            new = replace(new, bytes=new.bytes + _admit_run(hub, db, device, run, at))
        caps.count(hub, db, device.device, new)
        gather.take(db, question.chunks, at)
        if device.state != "revoked":
            use.take(db, device.device, question.uses, local_day(hub.clock.now()))
        echoed = echo.take(hub, db, device, question.echoes)
        position = _down_position(hub, db, device, hello.down)
        return Admitted(device, end_hash, [run.lane.incarnation for run in question.runs],
                        end_hash in before, hello.reply_to == FILE, echoed, position, hello.room_bytes,
                        _spoken_of(question), watched, question.wants)


def _note_condition(db: Connection, device: DeviceRow, hello: Hello, at: int) -> None:
    condition = msgspec.msgpack.encode(hello.condition)
    if hello.reply_to == FILE:
        # a file may be weeks old: it proves no line, and its clock shows when it was written
        carried.note(db, device.device, carried.Carried(hello.number, at, hello.device_time, condition))
    else:
        devices.heard(db, device.device, at, hello.device_time, condition)


def _note_statement(hub: Hub, db: Connection, hello: Hello, end_hash: bytes) -> None:
    """Keep what the device says that it made, in a message that it signed: the other half of the proof."""
    head = hello.condition.head
    if head is not None:
        gone = max((one.n for one in hello.condition.deleted if one.incarnation == head.incarnation), default=0)
        statements.put(db, statements.Statement(
            hello.device, head.incarnation, local_day(hub.clock.now()).isoformat(), hello.number, end_hash, hub.now(),
            head.n, head.chain, gone))


def _spoken_of(question: Question) -> list[bytes] | None:
    return [chunk.blob for chunk in question.chunks] if "blobs" in question.hello.capabilities else None


def _admit_run(hub: Hub, db: Connection, device: DeviceRow, run: Run, at: int) -> int:
    """Store a run; return how many bytes were new."""
    lane, new_bytes = run.lane, 0
    lanes.create(db, device.device, lane.incarnation)
    end = lanes.head(db, device.device, lane.incarnation)
    chain = lane.before
    for place, came in enumerate(run.envelopes, start=lane.first):
        name = came.name(device.device)
        if _keep(db, device, name, came, at):
            new_bytes += len(came.header_bytes) + len(came.payload or b"")
        if place == end.n + 1 and chain == end.chain:
            end = Position(lane.incarnation, place, link(chain, name))
            lanes.grow(db, device.device, end, name)
        elif place <= end.n:
            _compare(db, device, lane.incarnation, place, name, at)
        # protocol 7 (gap): stored under its name; the lane does not grow, and the ACK tells the edge where to go on
        chain = link(chain, name)
    return new_bytes


def answer(hub: Hub, admitted: Admitted) -> tuple[bytes, Position | None]:
    """Return the signed reply to what was admitted, and from where its lane down goes on; None when all is told."""
    reply = _reply(hub, admitted)
    base, told = admitted.down, len(reply.down)
    onward = None
    if base is not None and told and reply.next.more:
        chain = down.chain_at(hub.store.read(), admitted.device.device, base.n + told)
        onward = Position(base.incarnation, base.n + told, chain) if chain else None
    return write_reply(reply, hub.key.sign), onward


def keep(db: Connection, device: DeviceRow, came: Envelope, at: int) -> bool:
    """Keep an envelope whose own signature was checked, under its name; no lane grows by it. True when it is new."""
    return _keep(db, device, came.name(device.device), came, at)


def _keep(db: Connection, device: DeviceRow, name: bytes, came: Envelope, at: int) -> bool:
    """Keep an envelope under its name; True when it is new."""
    header = came.header
    known = header.kind in KNOWN and not header.must_understand
    # protocol 5.6: what a revoked device signed is kept and counted like any other, and waits for a person
    state = "set_aside" if device.state == "revoked" else "held" if known else "unknown_kind"
    new = envelopes.add(db, device.device, name, came, header, state, at)
    gather.name_manifest(db, name, device.device, header, at)
    return new


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
    _, root = audit.head(db)
    acks = [_ack(hub, lanes.head(db, device, incarnation), device, safe_up_to(db, device, incarnation), root)
            for incarnation in dict.fromkeys(admitted.lanes)]
    # protocol 5.7: a repeat is answered with its receipt, without downlink; a file again in full: sticks are lost
    silent = admitted.down is None or (admitted.repeated and not admitted.on_file)
    welcome = Welcome(
        hub=hub.id, question=admitted.question, hub_time=hub.now(), state=admitted.device.state,
        key_set_version=published.newest_version(db, "key_set"), echoed=admitted.echoed,
        down=None if silent else admitted.down, capabilities=(*CAPABILITIES, USE, LOOSE),
        mark=admitted.watched.mark, forgets=admitted.watched.forgets)
    wants = [] if admitted.spoken_of is None else gather.wants(db, device, admitted.spoken_of)
    if admitted.down is None or silent:
        return Reply(welcome, acks, next=next_for(hub, db, admitted.device, more=False), wants=wants)
    booked, more = _booked(db, device, admitted.down.n, admitted.room_bytes)
    room = _room(admitted.room_bytes) - sum(len(one.envelope.to_bytes()) for one in booked)
    chunks = hand_out.chunks(db, admitted.wants, room, at_least_one=not booked)
    return Reply(welcome, acks, booked, next_for(hub, db, admitted.device, more=more), wants, chunks)


def _room(room_bytes: int) -> int:
    return min(BOOKED_BYTES, room_bytes or BOOKED_BYTES)


def _ack(hub: Hub, end: Position, device: bytes, safe: int, root: bytes) -> SignedAck:
    ack = Ack(hub.id, device, end.incarnation, end.n, end.chain, safe, root, hub.now())
    content = msgspec.msgpack.encode(ack)
    return SignedAck(content, hub.key.sign(ack_to_sign(content)))


def _booked(db: Connection, device: bytes, n: int, room_bytes: int) -> tuple[list[Signed], bool]:
    """Return what goes down behind place n: at least one envelope, else what the device's line carries at once."""
    room = _room(room_bytes)
    rows = down.after(db, device, n, MOST_DOWN + 1)
    taken: list[Signed] = []
    size = 0
    for raw, signature in rows[:MOST_DOWN]:
        size += len(raw)
        if taken and size > room:
            break
        taken.append(Signed(envelope.read(raw), signature))
    return taken, len(taken) < len(rows)
