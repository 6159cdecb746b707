"""Examine: the invariants that the hub can check alone."""

from edge.domain.envelope import Faulty
from edge.domain.lane import DOWN, UP, link, start
from edge.ground.database import Connection
from edge.ground.ids import JSON
from edge.ground.sealing import digest
from sync.hub import gather
from sync.hub.hub import Hub
from sync.hub.tables import blobs, cases, devices, down, envelopes, lanes


def examine(hub: Hub) -> dict[str, JSON]:
    """Return check → whether it holds."""
    return {"database": hub.store.sound(), **examine_rows(hub.store.read())}


def examine_rows(db: Connection) -> dict[str, JSON]:
    """Return check → whether it holds, for the rows of the hub itself or of a copy."""
    return {"lane_chains": _lanes_recompute(db), "down_chains": _down_recomputes(db),
            "envelopes": _envelopes_sound(db), "cases": _cases_follow(db),
            "blobs": _blobs_sound(db)}


def _lanes_recompute(db: Connection) -> bool:
    """I3: places run on without a gap and every chain value follows from the one before; every name is held (I6)."""
    for row in devices.every(db):
        for end in lanes.of_device(db, row.device):
            chain, expected = start(UP, row.device, end.incarnation), 1
            for position, name, stored in lanes.names(db, row.device, end.incarnation):
                chain = link(chain, name)
                if position != expected or stored != chain or not envelopes.has(db, name):
                    return False
                expected += 1
            if (end.n, end.chain) != (expected - 1, chain):
                return False
    return True


def _down_recomputes(db: Connection) -> bool:
    """I3 for the lanes down."""
    for row in devices.every(db):
        end = down.head(db, row.device)
        if end is None:
            continue
        chain, expected = start(DOWN, row.device, end.incarnation), 1
        for position, name, stored in down.names(db, row.device):
            chain = link(chain, name)
            if position != expected or stored != chain:
                return False
            expected += 1
        if (end.n, end.chain) != (expected - 1, chain):
            return False
    return True


def _envelopes_sound(db: Connection) -> bool:
    """Every envelope still hashes to its name."""
    return all(kept.envelope.name(kept.device) == kept.name and
               (kept.payload is None or digest(kept.payload) == kept.payload_hash)
               for kept in envelopes.every(db))


def _cases_follow(db: Connection) -> bool:
    """I2, I7: every opened submission is a case, and every case has its envelope."""
    return cases.follow_envelopes(db)


def _blobs_sound(db: Connection) -> bool:
    """I10: what is called complete is here and hashes to its name, and nothing else is called so."""
    for held in blobs.every(db):
        try:
            if held.left == 0:
                gather.checked(db, held)
        except Faulty:
            return False
        if any((state == "complete") != (held.left == 0) for state in blobs.states(db, held.name)):
            return False
    return True
