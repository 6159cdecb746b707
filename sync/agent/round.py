"""A sync round as a table of steps, each safe to repeat. Source: docs/protocol.md 8 "session"."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from edge.desk.site import LineNews, Site
from edge.domain.envelope import Faulty
from edge.ground.problem import BAD_MESSAGE, HUB_UNREACHABLE, Problem
from edge.records import facts, lane
from sync.agent import push
from sync.agent.hub_link import SYNC, Link
from sync.agent.pace import Pace
from sync.agent.pull import pull
from sync.protocol.exchange import Reply, read_reply


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


@dataclass
class Agent:
    """The edge side of the conversation, with the pace that it has learned."""

    site: Site
    link: Link
    pace: Pace = field(default_factory=Pace)

    def round(self) -> Outcome:
        """Run one round.

        Raises:
            Problem: HUB_UNREACHABLE, or BAD_MESSAGE when what came back was not signed by the hub; nothing durable
                followed.
        """
        session = Session(self.site, self.link, self.pace)
        began = self.site.clock.monotonic()
        self.site.sending.set()
        try:
            for step in STEPS.values():
                step(session)
        except (Problem, Faulty) as fault:
            self._failed(session, fault)
            raise fault if isinstance(fault, Problem) else Problem(BAD_MESSAGE, str(fault)) from fault
        finally:
            self.site.sending.clear()
        return self._succeeded(session, self.site.clock.monotonic() - began)

    def _failed(self, session: Session, fault: Exception) -> None:
        self.pace = self.pace.failed()
        if session.message is not None:
            push.lost(self.site, session.message)
        if isinstance(fault, Faulty) or (isinstance(fault, Problem) and fault.kind in (HUB_UNREACHABLE, BAD_MESSAGE)):
            note_line(self.site, up=False)

    def _succeeded(self, session: Session, took_seconds: float) -> Outcome:
        if session.reply is None:
            raise Problem(BAD_MESSAGE)
        follow = session.reply.next
        self.pace = self.pace.succeeded(took_seconds, follow.largest_bytes)
        db = self.site.store.read()
        acked, head = lane.acked(db)[0], lane.head(db).n
        owed = facts.get(db, "echo_owed", bytes) is not None
        more = head > acked or follow.more or owed
        return Outcome(acked, head - acked, session.came, more, follow.wait_seconds, self.pace,
                       session.reply.welcome.state)


def _ask(session: Session) -> None:
    session.hub = session.site.key_set().hub
    session.message = push.ask(session.site, session.pace.batch_bytes)


def _carry(session: Session) -> None:
    if session.message is not None:
        raw = session.link.exchange(SYNC, session.message.raw)
        session.reply = read_reply(raw, session.hub)


def _settle(session: Session) -> None:
    if session.reply is None:
        raise Problem(BAD_MESSAGE)
    site, reply, told = session.site, session.reply, session.reply.welcome
    try:
        # one transaction for all that a reply brought: an idle line must not wear out a small machine's disk
        with site.store.write():
            push.believe(site, reply.acks, told.question, session.hub)
            session.came = pull(site, reply, session.hub)
            note_line(site, up=True, hub_time=told.hub_time)
    except (Problem, Faulty):
        raise
    except Exception:
        # a fault of ours in what came down must not hold up what goes up: the receipt is good by itself
        push.believe(site, reply.acks, told.question, session.hub)
        raise


STEPS: dict[Step, Callable[[Session], None]] = {Step.ASK: _ask, Step.CARRY: _carry, Step.SETTLE: _settle}


def note_line(site: Site, *, up: bool, hub_time: int = 0) -> None:
    """Write down whether the line is up, as our own exchange has just proved, and the hub's time if it is newer."""
    now = site.now()
    with site.store.write() as db:
        old = facts.get(db, "line", LineNews) or LineNews(not up, now)
        since = old.since if old.up == up else now
        times = (hub_time, now) if hub_time > old.hub_time else (old.hub_time, old.own_time)
        facts.put(db, "line", LineNews(up, since, now if up else old.last_exchange, *times))
