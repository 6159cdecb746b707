"""A whole message: made and signed, read and verified. Source: docs/protocol.md 4, 6, 11.

END holds the length of all before it, its hash, and a signature over both. Nothing durable follows from a message
whose END does not verify: a captive portal may answer anything.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from edge.domain import envelope
from edge.domain.envelope import Envelope, Faulty
from edge.domain.use import DayUse
from edge.ground.keys import SIGNATURE_BYTES, verify
from edge.ground.sealing import digest
from sync.protocol.cargo import Chunk, Want, chunk_frame, read_chunk, read_want, want_frame
from sync.protocol.messages import (
    LARGEST_MESSAGE,
    Ack,
    Frame,
    Hello,
    Lane,
    Next,
    SignedAck,
    Welcome,
    ack_to_sign,
    frame,
    frames,
    packed,
    unpacked,
)

_SIGNED = b"ferry1 end"
Sign = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Run:
    """Envelopes in a row on one lane."""

    lane: Lane
    envelopes: list[Envelope] = field(default_factory=list)
    signatures: list[bytes] = field(default_factory=list)   # in files: the device's own over each envelope


@dataclass(frozen=True)
class Signed:
    """An envelope of the hub with its signature."""

    envelope: Envelope
    signature: bytes


@dataclass(frozen=True)
class Question:
    """What an edge says: HELLO, echoes that it owes, lanes with envelopes, then chunks and what it wants of blobs."""

    hello: Hello
    runs: list[Run] = field(default_factory=list)
    echoes: list[Signed] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)
    wants: list[Want] = field(default_factory=list)
    papers: bytes = b""   # an encoded `SignedKeySet`
    uses: list[DayUse] = field(default_factory=list)


@dataclass(frozen=True)
class Reply:
    """What the hub says: WELCOME, one ACK for each lane, envelopes that go down, what it wants of blobs, chunks, NEXT.
    """

    welcome: Welcome
    acks: list[SignedAck] = field(default_factory=list)
    down: list[Signed] = field(default_factory=list)
    next: Next = field(default_factory=Next)
    wants: list[Want] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)


def close(body: bytes, sign: Sign) -> tuple[bytes, bytes]:
    """Return the message with its END, and the hash of the END, by which a reply will name it."""
    seal = len(body).to_bytes(4, "big") + digest(body)
    end = seal + sign(_SIGNED + seal)
    return body + frame(Frame.END, end), digest(end)


def write_question(question: Question, sign: Sign) -> tuple[bytes, bytes]:
    """Return the bytes of a question and the hash of its END."""
    parts = [packed(Frame.HELLO, question.hello)]
    parts += [frame(Frame.PAPERS, question.papers)] if question.papers else []
    parts += [frame(Frame.ECHO, echo.signature + echo.envelope.to_bytes()) for echo in question.echoes]
    for run in question.runs:
        parts.append(packed(Frame.LANE, run.lane))
        for place, one in enumerate(run.envelopes):
            # protocol 3: an erased envelope keeps its place, without its content
            parts.append(frame(Frame.BARE, one.without_payload()) if one.payload is None
                         else frame(Frame.ENVELOPE, one.to_bytes()))
            if run.signatures:
                parts.append(frame(Frame.SIGNATURE, run.signatures[place]))
    # protocol 13: never in front of a record
    parts += [chunk_frame(chunk) for chunk in question.chunks]
    parts += [want_frame(want) for want in question.wants]
    parts += [packed(Frame.USE, use) for use in question.uses]
    return close(b"".join(parts), sign)


def write_reply(reply: Reply, sign: Sign) -> bytes:
    """Return the bytes of a reply."""
    parts = [packed(Frame.WELCOME, reply.welcome)]
    parts += [packed(Frame.ACK, ack) for ack in reply.acks]
    parts += [frame(Frame.DOWN, one.signature + one.envelope.to_bytes()) for one in reply.down]
    parts += [want_frame(want) for want in reply.wants]
    parts += [chunk_frame(chunk) for chunk in reply.chunks]
    parts.append(packed(Frame.NEXT, reply.next))
    return close(b"".join(parts), sign)[0]


@dataclass(frozen=True)
class Opened:
    """A message taken apart, its END not verified yet: first one must know whose it claims to be."""

    parts: list[tuple[int, bytes]]
    sealed: bytes
    signature: bytes
    end_hash: bytes

    def verify(self, public: bytes) -> None:
        """Check the signature of END.

        Raises:
            Faulty: not signed by the owner of `public`.
        """
        if not verify(public, self.signature, _SIGNED + self.sealed):
            raise Faulty("the signature of the message does not fit")


def take_apart(raw: bytes) -> Opened:
    """Return the frames of a message whose length and hash fit.

    Raises:
        Faulty: too long, cut off, changed, or something after END.
    """
    if len(raw) > LARGEST_MESSAGE:
        raise Faulty("too long")
    parts: list[tuple[int, bytes]] = []
    for kind, body, at in frames(raw):
        if kind == Frame.END:
            sealed, signature = body[:-SIGNATURE_BYTES], body[-SIGNATURE_BYTES:]
            if sealed != at.to_bytes(4, "big") + digest(raw[:at]) or at + 4 + len(body) != len(raw):
                raise Faulty("changed on the way")
            return Opened(parts, sealed, signature, digest(body))
        parts.append((kind, body))
    raise Faulty("no end")


def read_hello(opened: Opened) -> Hello:
    """Return who asks.

    Raises:
        Faulty: the message does not begin with HELLO.
    """
    if not opened.parts or opened.parts[0][0] != Frame.HELLO:
        raise Faulty("no HELLO")
    hello: Hello = unpacked(opened.parts[0][1], Hello)
    return hello


def read_question(opened: Opened) -> Question:
    """Return the question; verify END first.

    Raises:
        Faulty: a frame that cannot be read, or an envelope before any LANE.
    """
    question = Question(read_hello(opened))
    for kind, body in opened.parts[1:]:
        if kind == Frame.LANE:
            question.runs.append(Run(unpacked(body, Lane)))
        elif kind in (Frame.ENVELOPE, Frame.BARE):
            if not question.runs:
                raise Faulty("an envelope stands in no lane")
            reader = envelope.read if kind == Frame.ENVELOPE else envelope.read_without_payload
            question.runs[-1].envelopes.append(reader(body))
        elif kind == Frame.ECHO:
            question.echoes.append(_signed(body))
        elif kind == Frame.CHUNK:
            question.chunks.append(read_chunk(body))
        elif kind == Frame.WANT:
            question.wants.append(read_want(body))
        elif kind == Frame.USE:
            # a count is never a reason to turn a message away
            with suppress(Faulty):
                question.uses.append(unpacked(body, DayUse))
    return question


def read_reply(raw: bytes, hub: bytes) -> Reply:
    """Return the reply that the owner of the 32-byte key `hub` signed.

    Raises:
        Faulty: anything else; nothing may follow from it.
    """
    opened = take_apart(raw)
    opened.verify(hub)
    if not opened.parts or opened.parts[0][0] != Frame.WELCOME:
        raise Faulty("no WELCOME")
    acks: list[SignedAck] = []
    down: list[Signed] = []
    follow = Next()
    wants: list[Want] = []
    chunks: list[Chunk] = []
    for kind, body in opened.parts[1:]:
        if kind == Frame.ACK:
            acks.append(unpacked(body, SignedAck))
        elif kind == Frame.DOWN:
            down.append(_signed(body))
        elif kind == Frame.NEXT:
            follow = unpacked(body, Next)
        elif kind == Frame.WANT:
            wants.append(read_want(body))
        elif kind == Frame.CHUNK:
            chunks.append(read_chunk(body))
    return Reply(unpacked(opened.parts[0][1], Welcome), acks, down, follow, wants, chunks)


def read_ack(signed: SignedAck, hub: bytes) -> Ack:
    """Return a receipt that the hub signed.

    Raises:
        Faulty: not its signature.
    """
    if not verify(hub, signed.signature, ack_to_sign(signed.content)):
        raise Faulty("the receipt is not signed by the hub")
    ack: Ack = unpacked(signed.content, Ack)
    return ack


def _signed(body: bytes) -> Signed:
    return Signed(envelope.read(body[SIGNATURE_BYTES:]), body[:SIGNATURE_BYTES])
