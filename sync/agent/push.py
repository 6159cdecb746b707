"""Push: say what the hub does not hold yet, and believe its receipts as far as they go. Source: docs/protocol.md 1,
5, 7.
"""

from dataclasses import dataclass

import msgspec

from edge.desk.site import Site
from edge.domain import envelope
from edge.domain.lane import INCARNATION_BYTES, Position, Standing, standing
from edge.ground.database import Connection
from edge.ground.sealing import digest
from edge.records import audit, facts, lane, news, submissions
from edge.records.envelopes import Stored
from sync.protocol.exchange import Question, Run, Signed, read_ack, write_question
from sync.protocol.messages import Ack, Condition, Hello, Lane, SignedAck

MOST_ENVELOPES = 4000
MOST_ECHOES = 2000
NONCE_BYTES = 8
FRAME_BYTES = 4
ANOTHER_HISTORY = "the hub knows another history of this lane: a copied or restored disk, or a hub that fell back"


class Asked(msgspec.Struct, frozen=True):
    """The last question: its END hash. Whatever is believed spends it, for the lane and for the downlink apart."""

    end_hash: bytes
    up_open: bool = True
    down_open: bool = True
    echoed_to: bytes | None = None   # up to which case it carried echoes; None when nothing is owed behind it


@dataclass(frozen=True)
class Message:
    """A question ready to send."""

    raw: bytes
    end_hash: bytes
    carried: int           # up to which place of the lane


def ask(site: Site, batch_bytes: int) -> Message:
    """Write the next question down and return it.

    Its number is durable before anything is sent: a copied disk would use it again, and the hub would see.
    """
    with site.store.write() as db:
        number = (facts.get(db, "message_number", int) or 0) + 1
        facts.put(db, "message_number", number)
        run, carried = _run(db, batch_bytes)
        echoes, echoed_to = _echoes(db, batch_bytes)
        hello = Hello(
            device=site.identity.device, number=number, device_time=site.now(), receipt=_believed(db),
            down=facts.get(db, "down", Position), condition=_condition(site, db),
            nonce=site.chance(NONCE_BYTES))
        raw, end_hash = write_question(Question(hello, [run], echoes), site.key.sign)
        facts.put(db, "question", Asked(end_hash, echoed_to=echoed_to))
        lane.keep_sent(db, carried)
    return Message(raw, end_hash, carried)


def _run(db: Connection, batch_bytes: int) -> tuple[Run, int]:
    n, _ = lane.acked(db)
    before = lane.chain_at(db, n)
    stored = lane.after(db, n, MOST_ENVELOPES)
    run = Run(Lane(lane.incarnation(db), n + 1, before or b""), [])
    size = 0
    for one in stored:
        whole = one.envelope
        size += FRAME_BYTES + 2 + len(whole.header_bytes) + len(whole.payload or whole.payload_hash)
        # protocol 4: at least one whole envelope, whatever the batch size, or a small batch would never get on
        if run.envelopes and size > batch_bytes:
            break
        run.envelopes.append(_sound(one))
    return run, n + len(run.envelopes)


def _sound(stored: Stored) -> envelope.Envelope:
    """Return the envelope, without its payload where the disk has changed a bit of it: header and hash still keep the
    place.
    """
    whole = stored.envelope
    if whole.payload is not None and digest(whole.payload) != whole.payload_hash:
        return envelope.Envelope(whole.header_bytes, whole.payload_hash, None)
    return whole


def _echoes(db: Connection, batch_bytes: int) -> tuple[list[Signed], bytes | None]:
    """Return the statuses owed as echo, as many as a message may carry, and the last one's case if more are owed.

    All at once, the words of a year would make a message that no hub takes, and the queue behind it would stand for
    ever.
    """
    owed_after = facts.get(db, "echo_owed", bytes)
    echoes: list[Signed] = []
    last, size = b"", 0
    for subject, raw, signature in news.live_statuses(db, owed_after, MOST_ECHOES) if owed_after is not None else []:
        size += FRAME_BYTES + len(raw) + len(signature)
        if echoes and size > batch_bytes:
            return echoes, last
        echoes.append(Signed(envelope.read(raw), signature))
        last = subject
    return echoes, last if len(echoes) == MOST_ECHOES else None


def _believed(db: Connection) -> Position | None:
    receipt = lane.receipt(db)
    return Position(receipt.incarnation, receipt.n, receipt.chain) if receipt else None


def _condition(site: Site, db: Connection) -> Condition:
    number, hash_ = audit.head(db)
    ready = site.refusing()
    return Condition(
        queue=lane.head(db).n - lane.acked(db)[0], taken=submissions.count(db), free_bytes=site.free_bytes(),
        audit_number=number, audit_hash=hash_, incarnations=lane.incarnations(db), software=site.software,
        readiness=ready.state.value, why=ready.why)


def believe(site: Site, signed: list[SignedAck], question: bytes, hub: bytes) -> None:
    """Believe a reply's receipts, in one transaction.

    Args:
        question: the END hash that the reply names.
        hub: the hub's public key.
    """
    with site.store.write() as db:
        asked = facts.get(db, "question", Asked)
        fresh = asked is not None and asked.up_open and asked.end_hash == question
        believed = False
        for one in signed:
            ack = read_ack(one, hub)
            if ack.device == site.identity.device and ack.hub == site.identity.hub_id:
                believed = _weigh(site, db, ack, one, fresh) or believed
        if believed and asked is not None:
            # protocol 6: whatever is believed spends the question; a later answer to it is stale
            facts.put(db, "question", msgspec.structs.replace(asked, up_open=False))
        if asked is None or asked.end_hash == question:
            lane.keep_sent(db, 0)


def _weigh(site: Site, db: Connection, ack: Ack, signed: SignedAck, fresh: bool) -> bool:
    claim = Position(ack.incarnation, ack.n, ack.chain)
    found = standing(lane.incarnation(db), lane.chain_at(db, ack.n), claim)
    if found is Standing.OTHER_LANE:
        return False   # protocol 5: says nothing about my lane
    if found is Standing.NOT_MINE:
        if not fresh:
            return False   # protocol 6: bad news only from the first answer to my last question
        start_anew(site, db, ANOTHER_HISTORY)
        return True
    return _raise_or_lower(site, db, ack, signed, fresh)


def _raise_or_lower(site: Site, db: Connection, ack: Ack, signed: SignedAck, fresh: bool) -> bool:
    old = lane.receipt(db)
    if old is not None and ack.n < old.n:
        if not fresh:
            return False
        # protocol 7: the hub was restored from an older copy; everything above n goes again, word for word
        audit.note(db, site.now(), "agent", "receipt-fell", ack.hub, {"from": old.n, "to": ack.n})
    safe = ack.safe if old is None or fresh or ack.safe > old.safe else old.safe
    lane.keep_receipt(db, lane.Receipt(ack.incarnation, ack.n, ack.chain, min(safe, ack.n), ack.hub_time,
                                       signed.content, signed.signature))
    submissions.hold(db, old.n if old is not None else 0, ack.n, site.now())
    return True


def start_anew(site: Site, db: Connection, why: str) -> None:
    """Begin a new incarnation: every envelope still here goes in again under its name."""
    lane.begin(db, site.chance(INCARNATION_BYTES), why, site.now())
    lane.keep_sent(db, 0)
    audit.note(db, site.now(), "agent", "new-incarnation", lane.incarnation(db).hex(), {"why": why})


def lost(site: Site, message: Message) -> None:
    """Note that a question got no answer: what it carried is queued again. A late answer may still be good news."""
    with site.store.write() as db:
        lane.keep_sent(db, 0)
