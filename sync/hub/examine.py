"""Examine: the invariants that the hub can check alone."""

from edge.domain.lane import UP, link, start
from edge.ground.ids import JSON
from edge.ground.sealing import digest
from sync.hub.hub import Hub
from sync.hub.tables import cases, devices, envelopes, lanes

EVERY = 1_000_000


def examine(hub: Hub) -> dict[str, JSON]:
    """Return check → whether it holds."""
    return {"database": hub.store.sound(), "lane_chains": _lanes_recompute(hub), "envelopes": _envelopes_sound(hub),
            "cases": _cases_follow(hub)}


def _lanes_recompute(hub: Hub) -> bool:
    """I3: places run on without a gap and every chain value follows from the one before; every name is held (I6)."""
    db = hub.store.read()
    for row in devices.every(db):
        for end in lanes.of_device(db, row.device):
            chain, expected = start(UP, row.device, end.incarnation), 1
            for position, name, stored in lanes.names(db, row.device, end.incarnation):
                chain = link(chain, name)
                if position != expected or stored != chain or envelopes.get(db, name) is None:
                    return False
                expected += 1
            if (end.n, end.chain) != (expected - 1, chain):
                return False
    return True


def _envelopes_sound(hub: Hub) -> bool:
    """Every envelope still hashes to its name."""
    return all(kept.envelope.name(kept.device) == kept.name and
               (kept.payload is None or digest(kept.payload) == kept.payload_hash)
               for kept in envelopes.every(hub.store.read()))


def _cases_follow(hub: Hub) -> bool:
    """I2, I7: every opened submission is a case, and every case has its envelope."""
    db = hub.store.read()
    opened = {kept.name for kept in envelopes.every(db) if kept.kind == "sub" and kept.state == "opened"}
    return opened == {case.name for case in cases.after(db, 0, EVERY)}
