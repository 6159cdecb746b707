"""Push: say what the hub does not hold yet, and believe its receipts as far as they go. Source: docs/protocol.md 1,
5, 7.
"""

from dataclasses import dataclass, replace

import msgspec

from edge.desk.repair import repair_queue
from edge.desk.revoked import is_revoked
from edge.desk.salvage import salvages
from edge.desk.site import Site
from edge.domain import envelope
from edge.domain.lane import INCARNATION_BYTES, Position, Standing, standing
from edge.domain.use import DayUse
from edge.ground.database import Connection
from edge.ground.problem import REVOKED, Problem
from edge.ground.sealing import digest
from edge.records import audit, blobs, envelopes, facts, lane, news, published, spoiled, submissions, use, withheld
from edge.records.envelopes import Stored
from sync.agent import asked as questions
from sync.agent import cargo
from sync.agent.asked import Asked
from sync.agent.cargo import speaks
from sync.protocol.exchange import Question, Run, Signed, read_ack, write_question
from sync.protocol.messages import FILE, HTTP, USE, Ack, Condition, Hello, Lane, SignedAck

MOST_ENVELOPES = 4000
MOST_ECHOES = 2000
MOST_USES, MOST_ON_FILE = 40, 1000
NONCE_BYTES = 8
FRAME_BYTES = 4
LEAST_BYTES = 128     # no envelope is shorter
ANOTHER_HISTORY = "the hub knows another history of this lane: a copied or restored disk, or a hub that fell back"


@dataclass(frozen=True)
class Message:
    """A question ready to send."""

    raw: bytes
    end_hash: bytes
    carried: int           # up to which place of the lane
    alone: int = 0         # the place of its only envelope, or 0
    offered: bytes = b""   # the name of one that once travelled without its content, and is whole in this message
    chunks: int = 0        # how many chunks it carries
    chunk_bytes: int = 0   # what they take of it
    uses: tuple[DayUse, ...] = ()   # counts that it carries


def ask(site: Site, batch_bytes: int, *, on_file: bool = False, after: int | None = None,
        withhold: int = 0, limits: cargo.Limits | None = None, papers: bool = False) -> Message:
    """Write the next question down and return it.

    Its number is durable before anything is sent: a copied disk would use it again, and the hub would see.

    Raises:
        Problem: REVOKED.

    Args:
        on_file: it travels in a file, with the device's signature beside each envelope: a torn file still counts.
        after: the place behind which it begins; that of the last believed receipt when left out.
        withhold: the place of an envelope that is to travel as header and hash alone.
        limits: what binds chunks, never records.
        papers: show the key set as well; the first message of a file always does.
    """
    with site.store.write() as db:
        if is_revoked(db):
            raise Problem(REVOKED)   # protocol 5: nothing is signed any more
        number = (facts.get(db, "message_number", int) or 0) + 1
        facts.put(db, "message_number", number)
        if not repair_queue(site, db, after, batch_bytes // LEAST_BYTES + 1):
            after = None   # the lane has begun anew without what the disk has spoiled
        begin, load = lane.acked(db)[0] if after is None else after, cargo.Load(site, db, batch_bytes, limits)
        load.take_share(begin)
        run, carried = _run(db, batch_bytes - load.size, begin, on_file)
        load.take_rest(carried, run)
        alone = carried if len(run.envelopes) == 1 and not load.chunks else 0
        if withhold and alone == withhold:
            withheld.note(db, run.envelopes[0].name(site.identity.device), site.now())
            run.envelopes[0] = replace(run.envelopes[0], payload=None)
        run, offered = (run, b"") if on_file or run.envelopes else _offer_again(db, run, site.now())
        echoes, echoed_to = _echoes(db, batch_bytes)
        idle = not run.envelopes and not load.chunks and not echoes
        uses = _uses(db, batch_bytes, on_file) if (after == begin if on_file else idle) else []
        hello = Hello(
            device=site.identity.device, number=number, device_time=site.now(), receipt=_believed(db),
            down=facts.get(db, "down", Position), condition=_condition(site, db),
            reply_to=FILE if on_file else HTTP, room_bytes=0 if on_file else batch_bytes,
            nonce=site.chance(NONCE_BYTES))
        raw, end_hash = write_question(
            Question(hello, [run], echoes, load.chunks, cargo.wanted(site, db),
                     papers=_papers(db, papers or (on_file and after == begin)), uses=uses), site.key.sign)
        if on_file:
            questions.keep_on_file(db, Asked(end_hash, echoed_to=echoed_to))
        else:
            questions.keep(db, Asked(end_hash, echoed_to=echoed_to))
            lane.keep_sent(db, carried)   # a stick may lie in a drawer: what it carries is not on its way yet
    return Message(raw, end_hash, carried, alone, offered, len(load.chunks), load.size, tuple(uses))


def _uses(db: Connection, batch_bytes: int, on_file: bool) -> list[DayUse]:
    """Return counts of use that the hub does not hold, as many as a batch holds, in a file those of the last days: a
    stick tells them all again each time.
    """
    if not speaks(db, USE):
        return []
    uses = use.untold(db, MOST_ON_FILE if on_file else MOST_USES, newest=on_file)
    size = 0
    for at, one in enumerate(uses):
        size += FRAME_BYTES + len(msgspec.msgpack.encode(one))
        if at and size > batch_bytes:
            return uses[:at]
    return uses


def _papers(db: Connection, wanted: bool) -> bytes:
    newest = published.newest(db, "key_set") if wanted else {}
    return next((content for _, content in newest.values()), b"")


def _run(db: Connection, batch_bytes: int, n: int, on_file: bool) -> tuple[Run, int]:
    before = lane.chain_at(db, n)
    stored = lane.after(db, n, MOST_ENVELOPES)
    run = Run(Lane(lane.incarnation(db), n + 1, before or b""), [])
    size = 0
    for one in stored:
        size += cargo.record_bytes(one.envelope)
        # protocol 4: at least one whole envelope, whatever the batch size, or a small batch would never get on
        if run.envelopes and size > batch_bytes:
            break
        run.envelopes.append(_sound(one))
        if on_file:
            run.signatures.append(one.signature)
    return run, n + len(run.envelopes)


def _offer_again(db: Connection, empty: Run, at: int) -> tuple[Run, bytes]:
    """Return a run with an envelope whose content is still owed, and its name; the empty run where none is due."""
    name = withheld.due(db, at)
    stored = envelopes.get(db, name) if name is not None else None
    place = lane.place(db, name) if name is not None else 0
    if stored is None or not place:
        return empty, b""
    withheld.note(db, stored.name, at)
    return Run(Lane(empty.lane.incarnation, place, lane.chain_at(db, place - 1) or b""), [_sound(stored)]), stored.name


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
    owed = news.live_statuses(db, owed_after, MOST_ECHOES) if owed_after is not None else []
    if owed_after is not None and not owed:
        facts.forget(db, "echo_owed")   # no word was ever heard here: without this the machine would ask without rest
    for subject, raw, signature in owed:
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
        queue=lane.waiting(db), taken=submissions.count(db), free_bytes=site.free_bytes(),
        audit_number=number, audit_hash=hash_, incarnations=lane.incarnations(db), software=site.software,
        readiness=ready.state.value, why=ready.why, mark=site.health.mark, boot=site.boot,
        machine=site.health.machine, lost=spoiled.lost(db), salvages=salvages(db), head=lane.head(db),
        chunks=blobs.items_left(db), seconds_left=(site.progress.seconds_left or 0) if site.progress else 0,
        deleted=tuple(Position(one.incarnation, one.n, one.chain) for one in lane.ever_deleted(db)))


def believe(site: Site, signed: list[SignedAck], question: bytes, hub: bytes) -> None:
    """Believe a reply's receipts, in one transaction.

    Args:
        question: the END hash that the reply names.
        hub: the hub's public key.
    """
    with site.store.write() as db:
        asked = questions.find(db, question)
        fresh = asked is not None and asked.up_open and asked.end_hash == question
        believed = False
        for one in signed:
            ack = read_ack(one, hub)
            if ack.device == site.identity.device and ack.hub == site.identity.hub_id:
                believed = _weigh(site, db, ack, one, fresh) or believed
        if believed:
            # protocol 6: whatever is believed spends the question; a later answer to it is stale
            questions.spend(db, up=True)
        if questions.is_last_on_line(db, question):
            lane.keep_sent(db, 0)


def _weigh(site: Site, db: Connection, ack: Ack, signed: SignedAck, fresh: bool) -> bool:
    claim = Position(ack.incarnation, ack.n, ack.chain)
    found = standing(lane.incarnation(db), lane.chain_at(db, ack.n), claim)
    if found is Standing.OTHER_LANE:
        return False   # protocol 5: says nothing about my lane
    if found is Standing.NOT_MINE:
        if not fresh:
            return False   # protocol 6: bad news only from the first answer to my last question
        _note_fall(site, db, ack)
        start_anew(site, db, ANOTHER_HISTORY)
        return True
    return _raise_or_lower(site, db, ack, signed, fresh)


def _note_fall(site: Site, db: Connection, ack: Ack) -> None:
    """Write down, for both doctors to say, that the hub fell below what was deleted here: only so can a form be lost.
    """
    if lane.note_fall(db, ack.incarnation, ack.n, site.now()):
        audit.note(db, site.now(), "agent", "hub-fell-below-deleted", ack.incarnation.hex(),
                   {"deleted": lane.deleted(db).n, "held": ack.n})


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
    lane.mark_safe(db, min(safe, ack.n), ack.hub_time)
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
