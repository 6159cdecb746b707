"""A sync round as a table of steps, each safe to repeat. Source: docs/protocol.md 8 "session"."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from edge.desk.revoked import is_revoked, note_revoked, signing_key
from edge.desk.site import LineNews, Site
from edge.desk.start_up import hear_of_starts
from edge.domain.envelope import Faulty
from edge.ground.problem import BAD_MESSAGE, HUB_UNREACHABLE, UNKNOWN_DEVICE, Problem
from edge.records import facts, lane, use, withheld
from sync.agent import asked as questions
from sync.agent import cargo, link_rules, loose, push
from sync.agent.enrol import KEY_FILE
from sync.agent.hub_link import SYNC, Link
from sync.agent.link_rules import Door
from sync.agent.pace import Pace
from sync.agent.pull import pull
from sync.agent.telling import Telling, left_bytes, pieces_left
from sync.protocol.exchange import Reply, read_reply
from sync.protocol.messages import LOOSE, USE

REVOKED_STATE = "revoked"


class Step(StrEnum):
    """Where a session stands."""

    ASK = "ask"
    CARRY = "carry"
    SETTLE = "settle"


@dataclass
class Session:
    """One round under way."""

    site: Site
    link: Link
    pace: Pace
    message: push.Message | None = None
    reply: Reply | None = None
    hub: bytes = b""
    came: int = 0
    papers: bool = False
    blob_bytes: int | None = None      # how many bytes of chunks may travel now, None for any number
    before: tuple[int, int] = (0, 0)   # how far the receipt went and how many chunks were missing when it began
    loose: bool = False                # chunks travel beside the conversation

    @property
    def asked_to_wait(self) -> bool:
        """Whether the hub's answer asks for silence."""
        return self.reply is not None and self.reply.next.wait_seconds > 0


@dataclass(frozen=True)
class Outcome:
    """How a round ended. `more`: something still waits on either side, go on at once."""

    acked: int
    waiting: int
    came: int
    more: bool
    wait_seconds: int
    pace: Pace
    state: str
    idle_seconds: int = 0


@dataclass
class Agent:
    """The edge side of the conversation, with the pace that it has learned."""

    site: Site
    link: Link
    pace: Pace = field(default_factory=Pace)
    papers: bool = False   # the hub does not know us, or its key set is older than ours: show it what it lost
    door: Door = field(default_factory=Door)
    telling: Telling = field(default_factory=Telling)
    alive_since: float | None = None   # when the first of the rounds began that were all answered since

    def round(self) -> Outcome:
        """Run one round.

        Raises:
            Problem: HUB_UNREACHABLE, or BAD_MESSAGE when what came back was not signed by the hub; nothing durable
                followed.
        """
        session = Session(self.site, self.link, self.pace, papers=self.papers,
                          blob_bytes=self.door.allowance(self.site))
        began = self.site.clock.monotonic()
        self.telling.begin(self.site)
        self.site.sending.set()
        try:
            for step in STEPS.values():
                step(session)
            self._learn(session, self.site.clock.monotonic() - began)
            self._go_loose(session)
        except (Problem, Faulty) as fault:
            self._failed(session, fault, began)
            raise fault if isinstance(fault, Problem) else Problem(BAD_MESSAGE, str(fault)) from fault
        finally:
            self.site.sending.clear()
        self.alive_since = self.alive_since or began
        return self._succeeded(session)

    def _learn(self, session: Session, took_seconds: float) -> None:
        """Take over what an answered message tells of the line."""
        if session.reply is not None and session.message is not None:
            self.pace = self.pace.succeeded(took_seconds, len(session.message.raw), session.reply.next.largest_bytes)

    def _go_loose(self, session: Session) -> None:
        """Send chunks beside the conversation where the line is cut often, once the hub holds every record."""
        db = self.site.store.read()
        may = session.loose and not session.asked_to_wait and not is_revoked(db)
        if may and lane.acked(db)[0] == lane.head(db).n and pieces_left(db):
            began = self.site.clock.monotonic()
            loose.Loads(self.site, self.telling, cargo.Limits(self.door.allowance(self.site))).go(self.link)
            if self.site.clock.monotonic() - began >= loose.LONGEST_SECONDS:
                self.pace = self.pace.lasted()

    def _failed(self, session: Session, fault: Exception, began: float) -> None:
        self.telling.end(self.site)
        self.papers = self.papers or _is_unknown(fault)
        alive_seconds = self.site.clock.monotonic() - (self.alive_since or began)
        self.pace, self.alive_since = _pace_after(self.pace, fault, session.message, alive_seconds), None
        if session.message is not None:
            push.lost(self.site, session.message)
        if isinstance(fault, Faulty) or (isinstance(fault, Problem) and fault.kind in (HUB_UNREACHABLE, BAD_MESSAGE)):
            note_line(self.site, up=False)

    def _obey_revocation(self) -> None:
        """Destroy the key once it is committed that this machine was struck off."""
        if is_revoked(self.site.store.read()):
            path = self.site.store.path.parent / KEY_FILE
            self.site.key = signing_key(self.site.store, path, self.site.chance)

    def _succeeded(self, session: Session) -> Outcome:
        if session.reply is None or session.message is None:
            raise Problem(BAD_MESSAGE)
        self._obey_revocation()
        follow = session.reply.next
        self.papers = session.reply.welcome.key_set_version < self.site.key_set().version
        db = self.site.store.read()
        acked, head = lane.acked(db)[0], lane.head(db).n
        owed = facts.get(db, "echo_owed", bytes) is not None
        self.telling.answered(self.site, len(session.message.raw), acked - session.before[0])
        # chunks that still wait are a reason to go on only while something moves
        moves = (left := cargo.left(db)) > 0 and ((acked, left) != session.before or session.came > 0)
        more = head > acked or follow.more or owed or moves
        if not more:
            self.telling.end(self.site)
        return Outcome(acked, head - acked, session.came, more, follow.wait_seconds, self.pace,
                       session.reply.welcome.state, follow.idle_seconds)


def _pace_after(pace: Pace, fault: Exception, message: push.Message | None, alive_seconds: float) -> Pace:
    """Return the pace after a round that failed; a bare code sets it, whoever said it."""
    said = fault.facts if isinstance(fault, Problem) else {}
    status = said.get("http_status")
    if said.get("reached") is False:
        return pace.not_reached()
    if not isinstance(status, int) or message is None:
        return pace.failed(alive_seconds)
    after = said.get("retry_after_seconds")
    return pace.refused(status, len(message.raw), message.alone,
                        timedelta(seconds=after if isinstance(after, int) else 0))


def _ask(session: Session) -> None:
    session.hub = session.site.key_set().hub
    db = session.site.store.read()
    session.before = lane.acked(db)[0], cargo.left(db)
    session.loose = session.pace.cut_often and cargo.speaks(db, LOOSE)
    next_place, room = session.before[0] + 1, session.pace.room(left_bytes(db))
    session.message = push.ask(
        session.site, room, withhold=next_place if session.pace.withheld(next_place) else 0, papers=session.papers,
        limits=cargo.Limits(0 if session.loose else session.blob_bytes))
    if session.message.chunk_bytes and session.blob_bytes is not None:
        link_rules.spend(session.site, session.message.chunk_bytes)


def _carry(session: Session) -> None:
    if session.message is not None:
        raw = session.link.exchange(SYNC, session.message.raw)
        session.reply = read_reply(raw, session.hub)


def _is_unknown(fault: Exception) -> bool:
    """Return whether somebody said that this machine is unknown: perhaps a hub from a backup that is older than it.

    Whoever said so may not be the hub; all that follows is one longer question.
    """
    if not isinstance(fault, Problem):
        return False
    return fault.kind is UNKNOWN_DEVICE or fault.facts.get("http_status") == UNKNOWN_DEVICE.status


def _settle(session: Session) -> None:
    if session.reply is None:
        raise Problem(BAD_MESSAGE)
    site, reply, told = session.site, session.reply, session.reply.welcome
    try:
        # one transaction for all that a reply brought: an idle line must not wear out a small machine's disk
        with site.store.write() as db:
            session.came = settle(site, reply, session.hub)
            note_line(site, up=True, hub_time=told.hub_time)
            link_rules.heed(db, reply.next)
            sent = session.message
            if sent is not None and sent.offered and sent.end_hash == told.question:
                withheld.settle(db, sent.offered)
            if sent is not None and sent.end_hash == told.question and USE in told.capabilities:
                use.tell(db, sent.uses)
    except (Problem, Faulty):
        raise
    except Exception:
        # a fault of ours in what came down must not hold up what goes up: the receipt is good by itself
        push.believe(site, reply.acks, told.question, session.hub)
        raise


def settle(site: Site, reply: Reply, hub: bytes) -> int:
    """Take over what a verified reply brought, by whichever way it came; return how many envelopes came down."""
    with site.store.write() as db:
        told = reply.welcome
        open_question = questions.find(db, told.question)
        if told.state == REVOKED_STATE and open_question is not None and open_question.up_open:
            note_revoked(db, site.now())   # protocol 5: by a signed and fresh reply, never by a bare code
        push.believe(site, reply.acks, told.question, hub)
        hear_of_starts(site, db, told.mark, forgets=told.forgets)
        return pull(site, reply, hub)


STEPS: dict[Step, Callable[[Session], None]] = {Step.ASK: _ask, Step.CARRY: _carry, Step.SETTLE: _settle}


def note_line(site: Site, *, up: bool, hub_time: int = 0) -> None:
    """Write down whether the line is up, as our own exchange has just proved, and the hub's time if it is newer."""
    now = site.now()
    with site.store.write() as db:
        old = facts.get(db, "line", LineNews) or LineNews(not up, now)
        since = old.since if old.up == up else now
        times = (hub_time, now) if hub_time > old.hub_time else (old.hub_time, old.own_time)
        facts.put(db, "line", LineNews(up, since, now if up else old.last_exchange, *times))
