"""The proof that nothing was lost in a period: what each device says that it sent, beside what the hub holds.

Two independent statements are compared. The device's stands in messages that it signed: "my lane goes to n, with this
chain value". The hub's is made anew from the names that it holds. Equal chain values mean the same envelopes in the
same order, to the last bit. Source: docs/protocol.md 12.
"""

from collections import Counter
from datetime import date, timedelta

import msgspec

from edge.domain.lane import UP, link, start
from edge.ground.clock import local_day
from edge.ground.database import Connection
from edge.ground.sealing import digest
from sync.hub.hub import Hub
from sync.hub.safe import safe_up_to
from sync.hub.signed import sign_line, to_json
from sync.hub.tables import backups, cases, devices, envelopes, lanes, statements
from sync.hub.tables.devices import DeviceRow
from sync.hub.tables.statements import Statement

_PURPOSE = b"ferry1 proof"
WHOLE, UNDER_WAY, LOST, UNLIKE, UNSAID = "whole", "under_way", "lost", "unlike", "unsaid"


class LaneProof(msgspec.Struct, frozen=True):
    """One lane in the period. Places `first` to `last` are what the device says that it sent in it.

    `verdict`: whole; under_way (the rest still lies at the device); lost (missing here and deleted there); unlike (the
    chains differ); unsaid (the device never said how far it goes).
    """

    device: str
    site: str
    label: str
    lane: str
    first: int
    last: int
    sent: int
    held: int
    message: int              # the number of the message in which the device signed it
    heard_at: int
    chain_there: str
    chain_here: str
    safe: int
    deleted: int
    missing: tuple[int, int] | None
    verdict: str
    states: dict[str, int]
    cases: int


class Proof(msgspec.Struct, frozen=True):
    """All lanes of a period; days in China."""

    hub: str
    begin: str
    end: str
    made_at: int
    lanes: list[LaneProof]
    backups: int
    newest_backup: int

    def total(self, field: str) -> int:
        """Return the sum of `sent`, `held` or `cases` over all lanes."""
        return sum(int(getattr(one, field)) for one in self.lanes)

    @property
    def lost(self) -> int:
        """How many envelopes are missing here and were deleted there, or cannot be told apart."""
        return sum(_missing(one) for one in self.lanes if one.verdict in (LOST, UNLIKE))

    @property
    def under_way(self) -> int:
        """How many still lie at their devices."""
        return sum(_missing(one) for one in self.lanes if one.verdict == UNDER_WAY)

    @property
    def holds(self) -> bool:
        """Whether nothing is lost: what is not here is still there."""
        return all(one.verdict in (WHOLE, UNDER_WAY) for one in self.lanes)


def _missing(one: LaneProof) -> int:
    return one.missing[1] - one.missing[0] + 1 if one.missing else 0


def prove(hub: Hub, begin: date, end: date) -> Proof:
    """Return the proof for the days `begin` to `end`, both included."""
    db = hub.store.read()
    rows = {row.device: row for row in devices.every(db)}
    known = {(device, at.incarnation) for device in rows for at in lanes.of_device(db, device)}
    places = sorted(known | set(statements.lanes_spoken_of(db)))
    found = [one for device, incarnation in places
             if device in rows and (one := _prove_lane(db, rows[device], incarnation, begin, end)) is not None]
    kept = [row for row in backups.every(db) if row.state == "kept"]
    return Proof(hub.id, begin.isoformat(), end.isoformat(), hub.now(),
                 sorted(found, key=lambda one: (one.site, one.label, one.lane)), len(kept),
                 max((row.made_at for row in kept), default=0))


def _prove_lane(db: Connection, row: DeviceRow, incarnation: bytes, begin: date, end: date) -> LaneProof | None:
    before = statements.last(db, row.device, incarnation, (begin - timedelta(days=1)).isoformat())
    said = statements.last(db, row.device, incarnation, end.isoformat())
    n0 = before.n if before else 0
    head = lanes.head(db, row.device, incarnation)
    if said is None:
        # a machine of an older version: the hub alone says something, and that is no proof
        return _line(db, row, incarnation, 0, head.n, None) if head.n else None
    return _line(db, row, incarnation, n0, said.n, said) if said.n > n0 else None


def _line(db: Connection, row: DeviceRow, incarnation: bytes, n0: int, n: int, said: Statement | None) -> LaneProof:
    names = [name for position, name, _ in lanes.names(db, row.device, incarnation) if position <= n]
    held, chain = names[n0:], start(UP, row.device, incarnation)
    for name in names:
        chain = link(chain, name)
    missing = (len(names) + 1, n) if len(names) < n else None
    states = Counter(kept.state for name in held if (kept := envelopes.get(db, name)) is not None)
    return LaneProof(
        row.device.hex(), row.site_name, row.label, incarnation.hex(), n0 + 1, n, n - n0, len(held),
        said.number if said else 0, said.heard_at if said else 0, said.chain.hex() if said else "", chain.hex(),
        safe_up_to(db, row.device, incarnation), said.deleted if said else 0, missing,
        _verdict(said, chain, missing), dict(sorted(states.items())),
        sum(cases.by_name(db, name) is not None for name in held))


def _verdict(said: Statement | None, chain: bytes, missing: tuple[int, int] | None) -> str:
    if said is None:
        return UNSAID
    if missing is not None:
        return LOST if missing[0] <= said.deleted else UNDER_WAY
    return WHOLE if chain == said.chain else UNLIKE


def sign_proof(hub: Hub, proof: Proof) -> bytes:
    """Return the proof as one signed line."""
    return sign_line(_PURPOSE, to_json(proof), hub.key)


def short_mark(proof: Proof) -> str:
    """Return eight groups of four by which a printed proof is recognised as the one that was signed."""
    mark = digest(_PURPOSE, to_json(proof)).hex()[:32]
    return " ".join(mark[at:at + 4] for at in range(0, 32, 4))


def period(hub: Hub, begin: str, end: str) -> tuple[date, date]:
    """Return the days typed; left out they are the first of this month and today.

    Raises:
        ValueError: no day, or the end before the beginning.
    """
    today = local_day(hub.clock.now())
    last = date.fromisoformat(end) if end else today
    first = date.fromisoformat(begin) if begin else last.replace(day=1)
    if first > last:
        raise ValueError(f"{first} comes after {last}")
    return first, last
