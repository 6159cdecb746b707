"""What a message is made of. Source: docs/protocol.md 4.

A message is a run of frames, `u8 type ‖ u24 length ‖ body`, that ends with END. The same bytes travel over HTTPS and in
files. A frame of unknown type is skipped: wire formats only grow.
"""

from collections.abc import Iterator
from enum import IntEnum
from typing import Annotated, Any

import msgspec

from edge.domain.envelope import UNREADABLE, Faulty
from edge.domain.lane import Chain, Incarnation, Position

LARGEST_MESSAGE = 4 * 1024 * 1024
VERSION = 1
MOST = 2**62   # numbers on the wire stay inside what a database can hold
Count = Annotated[int, msgspec.Meta(ge=0, le=MOST)]
Moment = Annotated[int, msgspec.Meta(ge=-MOST, le=MOST)]
CAPABILITIES = ("ferry1", "inquiry", "blobs")
USE = "use"   # said by a hub that keeps counts of use
LOOSE = "loose"   # said by a hub that takes chunks beside the conversation
HTTP, FILE = "http", "file"   # by which way a question wants its reply


class Frame(IntEnum):
    """Types of frames."""

    HELLO = 1
    LANE = 2
    ENVELOPE = 3          # u16 header length ‖ header ‖ payload
    BARE = 4              # the same with H(payload) instead of the payload
    ECHO = 5              # signature ‖ envelope: a status of the hub's own, which it may have lost
    CHUNK = 6             # name of a blob ‖ u32 item ‖ bytes; in both directions
    WANT = 7              # what is missing of a blob; in both directions
    PAPERS = 9            # the newest key set that the device holds, signed by the root: for a hub that lost it
    USE = 10              # counts of how an item was used on a day
    LOAD = 11             # the head of a load of loose chunks
    SIGNATURE = 8         # in files: the device's own over the envelope before it, so that a torn file still counts
    WELCOME = 16
    ACK = 17
    DOWN = 18             # signature ‖ envelope
    NEXT = 19
    WORD = 20             # the head of the hub's word about a load
    END = 31


class Condition(msgspec.Struct, frozen=True):
    """How a device is; unknown members are kept out of its way."""

    software: str = ""
    queue: int = 0
    taken: int = 0
    free_bytes: int = 0
    audit_number: int = 0
    audit_hash: bytes = b""
    incarnations: int = 1
    readiness: str = "ok"               # ok, no_photos, paper_only, red
    why: str = ""                       # the code of the refusal
    mark: Count = 0                     # the number of this start, and what tells it from any other of that number
    boot: bytes = b""
    machine: bytes = b""                # a short salted hash of the machine's stable facts
    lost: Count = 0                     # forms that the disk spoiled before the hub had them
    salvages: Count = 0                 # how often the database was read out after damage
    head: Position | None = None        # the end of the present lane: what the device itself says that it made
    chunks: Count = 0                   # pieces of photos that wait
    seconds_left: Count = 0             # how long the queue will take as fast as it goes; 0 while that is not known
    deleted: tuple[Position, ...] = ()  # up to where each lane's envelopes were deleted on this machine


def read_condition(raw: bytes | None) -> Condition:
    """Return what was kept of a device's HELLO; the blank one of a device that never spoke."""
    return msgspec.msgpack.decode(raw, type=Condition) if raw else Condition()


class Hello(msgspec.Struct, frozen=True):
    """The head of a question. `number` rises durably before each sending: the same number twice means two machines."""

    device: bytes
    number: Count
    device_time: Moment
    versions: tuple[int, ...] = (VERSION,)
    capabilities: tuple[str, ...] = CAPABILITIES
    receipt: Position | None = None     # the last ACK believed for the present incarnation
    down: Position | None = None        # how far the downlink was followed
    condition: Condition = Condition()
    reply_to: str = HTTP
    room_bytes: Count = 0               # how much may come down with the reply; 0: any
    nonce: bytes = b""                  # so that two machines on one copied disk never say the same message


class Lane(msgspec.Struct, array_like=True, frozen=True):
    """The envelopes that follow stand in this lane from position `first` on; `before` is the chain value at first -
    1.
    """

    incarnation: Incarnation
    first: Annotated[int, msgspec.Meta(ge=1, le=MOST)]
    before: Chain


class Welcome(msgspec.Struct, frozen=True):
    """The head of a reply; `question` is the hash of the END that it answers."""

    hub: str
    question: bytes
    hub_time: int
    state: str                          # active, suspect, revoked, unknown
    key_set_version: int = 0
    version: int = VERSION
    echoed: bool = False                # the statuses owed as echo are committed
    down: Position | None = None        # the DOWN frames follow from here; n is 0 at the start of a lane
    certificate: bytes = b""
    capabilities: tuple[str, ...] = ()
    mark: int = 0                       # the highest number of a start of this machine
    forgets: bool = False               # its disk forgets at each start: take no forms


class Ack(msgspec.Struct, array_like=True, frozen=True):
    """A signed receipt: the hub durably holds the lane up to n, up to `safe` also in every backup that may be
    restored.
    """

    hub: str
    device: bytes
    incarnation: bytes
    n: int
    chain: bytes
    safe: int
    root: bytes                         # head of the hub's own audit chain
    hub_time: int


class SignedAck(msgspec.Struct, array_like=True, frozen=True):
    """The bytes of an `Ack` and the hub's signature over them."""

    content: bytes
    signature: bytes


class Next(msgspec.Struct, frozen=True):
    """How to go on: seconds to wait, the largest batch in bytes, whether more waits at the hub, and why.

    `idle_seconds`: how long a device with nothing to say may stay silent. `windows` (minutes of the day in China, from
    and until, over midnight where from is the later one) and `daily_bytes` (0: any) bind blobs, never envelopes.
    """

    wait_seconds: int = 0
    largest_bytes: int = 1024 * 1024
    more: bool = False
    why: str = ""
    idle_seconds: int = 0
    windows: tuple[tuple[int, int], ...] = ()
    daily_bytes: int = 0


def ack_to_sign(content: bytes) -> bytes:
    """Return what the hub signs for a receipt."""
    return b"ferry1 ack" + content


def frame(kind: Frame, body: bytes) -> bytes:
    """Return one frame."""
    return bytes((kind,)) + len(body).to_bytes(3, "big") + body


def packed(kind: Frame, value: Any) -> bytes:
    """Return a frame around a MessagePack value."""
    return frame(kind, msgspec.msgpack.encode(value))


def unpacked(body: bytes, shape: type[Any]) -> Any:
    """Return the value in a frame's body.

    Raises:
        Faulty: it has not that shape.
    """
    try:
        return msgspec.msgpack.decode(body, type=shape)
    except UNREADABLE as fault:
        raise Faulty(f"no {shape.__name__}: {fault}") from fault


def frames(raw: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Yield (type, body, where the frame begins).

    Raises:
        Faulty: cut off.
    """
    at = 0
    while at < len(raw):
        end = at + 4 + int.from_bytes(raw[at + 1:at + 4], "big")
        if end > len(raw):
            raise Faulty("cut off")
        yield raw[at], raw[at + 4:end], at
        at = end
