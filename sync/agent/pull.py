"""Pull: follow the hub's lane to this device, skipping nothing and taking nothing twice. Source: docs/protocol.md
10.
"""

from edge.desk.receive import receive
from edge.desk.site import Site
from edge.domain.envelope import to_sign
from edge.domain.lane import DOWN, Position, link, start
from edge.ground.database import Connection
from edge.ground.keys import verify
from edge.records import audit, facts
from sync.agent import asked as questions
from sync.agent import cargo
from sync.agent.asked import Asked
from sync.protocol.exchange import Reply, Signed


def pull(site: Site, reply: Reply, hub: bytes) -> int:
    """Take over what a reply brought, in one transaction; return how many envelopes were new."""
    with site.store.write() as db:
        asked = questions.find(db, reply.welcome.question)
        fresh = asked is not None and asked.down_open
        if reply.welcome.echoed and fresh and asked is not None:
            _settle_echo(db, asked)
        cargo.heed(site, db, reply.welcome.capabilities, reply.wants)
        cargo.unload(site, db, reply.chunks)
        base = reply.welcome.down
        if base is None:
            return 0
        before = facts.get(db, "down", Position)
        cursor = _lane_to_follow(site, db, before, base, fresh)
        if cursor is None:
            return 0
        after = _follow(site, db, cursor, base, reply.down, hub)
        if after != before:
            facts.put(db, "down", after)
            questions.spend(db, down=True)
        return after.n - cursor.n


def _settle_echo(db: Connection, asked: Asked) -> None:
    """Owe less by what a question carried; an answer that another way has overtaken takes nothing back."""
    owed_after = facts.get(db, "echo_owed", bytes)
    if asked.echoed_to is None:
        facts.forget(db, "echo_owed")
    elif owed_after is not None:
        facts.put(db, "echo_owed", max(owed_after, asked.echoed_to))


def _lane_to_follow(site: Site, db: Connection, cursor: Position | None, base: Position,
                    fresh: bool) -> Position | None:
    if cursor is not None and cursor.incarnation == base.incarnation:
        return cursor
    if base.n != 0 or base.chain != start(DOWN, site.identity.device, base.incarnation):
        return None   # protocol 10: another lane is followed from its beginning only
    if cursor is None:
        return base
    if not fresh:
        return None
    # protocol 10: the hub lost data. Owed from this moment, in this transaction: every status that it signed
    facts.put(db, "echo_owed", b"")
    audit.note(db, site.now(), "agent", "downlink-changed", base.incarnation.hex())
    return base


def _follow(site: Site, db: Connection, cursor: Position, base: Position, down: list[Signed], hub: bytes) -> Position:
    n, chain, done = base.n, base.chain, cursor
    for one in down:
        if n == done.n and chain != done.chain:
            break   # the same place, another history: the next question tells the hub
        name = one.envelope.name(site.identity.device)
        if not verify(hub, one.signature, to_sign(name)):
            break
        n, chain = n + 1, link(chain, name)
        if n <= done.n:
            continue
        if n != done.n + 1:
            break
        receive(db, one.envelope, name, one.signature, site.now())
        done = Position(base.incarnation, n, chain)
    return done
