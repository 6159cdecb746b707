"""The proof that nothing was lost in a period: what each device says that it sent, beside what the hub holds.

Two independent statements are compared. The device's stands in messages that it signed: "my lane goes to n, with this
chain value". The hub's is made anew from the names that it holds. Equal chain values mean the same envelopes in the
same order, to the last bit. A machine that began anew takes in again what it holds, under the same names: each name is
counted once, in the first line that has it. Source: docs/protocol.md 12 and 15.
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

    `again`: of `held`, how many were counted in a line above or before the period. `cases` are those of the others, so
    that the lines add up. `lanes`: how many the machine has.
    """

    device: str
    site: str
    label: str
    lane: str
    first: int
    last: int
    sent: int
    held: int
    again: int
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
    lanes: int = 1


class _Lane(msgspec.Struct):
    """What both sides know of a lane: what the device said before the period and at its end, and the names here."""

    incarnation: bytes
    n0: int
    said: Statement | None
    names: list[bytes]
    silent: bool             # the device never spoke of it, neither in the period nor later

    @property
    def n(self) -> int:
        # a machine of an older version says nothing: the hub alone speaks of all that it has, and that is no proof
        return self.said.n if self.said else len(self.names) if self.silent else 0


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
        """Return the sum of `sent`, `held`, `cases` or `again` over all lanes, each envelope once."""
        places = sum(int(getattr(one, field)) for one in self.lanes)
        return places - self.total("again") if field in ("sent", "held") else places

    @property
    def lost(self) -> int:
        """How many envelopes are missing here and were deleted there, or cannot be told apart."""
        return sum(_missing(one) for one in self.lanes if one.verdict in (LOST, UNLIKE))

    @property
    def under_way(self) -> int:
        """How many still lie at their devices."""
        return sum(_missing(one) for one in self.lanes if one.verdict == UNDER_WAY)

    @property
    def perhaps_here(self) -> bool:
        """Whether some of these may be here already, on another lane of their machine: nobody knows their names yet."""
        return any(one.verdict == UNDER_WAY and one.lanes > 1 for one in self.lanes)

    @property
    def holds(self) -> bool:
        """Whether nothing is lost: what is not here is still there."""
        return all(one.verdict in (WHOLE, UNDER_WAY) for one in self.lanes)


def _missing(one: LaneProof) -> int:
    return one.missing[1] - one.missing[0] + 1 if one.missing else 0


def prove(hub: Hub, begin: date, end: date) -> Proof:
    """Return the proof for the days `begin` to `end`, both included."""
    db = hub.store.read()
    machines = sorted(devices.every(db), key=lambda row: (row.site_name, row.label))
    kept = [row for row in backups.every(db) if row.state == "kept"]
    return Proof(hub.id, begin.isoformat(), end.isoformat(), hub.now(),
                 [line for row in machines for line in _prove_machine(db, row, begin, end)], len(kept),
                 max((row.made_at for row in kept), default=0))


def _prove_machine(db: Connection, row: DeviceRow, begin: date, end: date) -> list[LaneProof]:
    spoken_of = statements.lanes_spoken_of(db, row.device)
    unsaid = sorted({at.incarnation for at in lanes.of_device(db, row.device)} - set(spoken_of))
    found = [_lane(db, row.device, incarnation, begin, end, incarnation in unsaid)
             for incarnation in (*unsaid, *spoken_of)]
    for lane in found:
        _complete(row.device, lane, [name for other in found if other is not lane for name in other.names])
    if any(len(lane.names) < lane.n for lane in found):
        lifted = envelopes.off_lanes(db, row.device)
        for lane in found:
            _complete(row.device, lane, lifted)
    counted = {name for lane in found for name in lane.names[:lane.n0]}
    lines = []
    for lane in found:
        if lane.n > lane.n0:
            lines.append(_line(db, row, lane, counted, len(found)))
            counted.update(lane.names[lane.n0:lane.n])
    return lines


def _lane(db: Connection, device: bytes, incarnation: bytes, begin: date, end: date, silent: bool) -> _Lane:
    before = statements.last(db, device, incarnation, (begin - timedelta(days=1)).isoformat())
    said = statements.last(db, device, incarnation, end.isoformat())
    names = [name for _, name, _ in lanes.names(db, device, incarnation)]
    return _Lane(incarnation, before.n if before else 0, said, names, silent)


def _complete(device: bytes, lane: _Lane, elsewhere: list[bytes]) -> None:
    """Give the places at the end of a lane that was left the names under which they came otherwise.

    The machine's next lane takes them in the old order, or they were read off its disk; that they are the same is
    proven by the chain value.
    """
    said, here = lane.said, set(lane.names)
    if said is None or len(lane.names) >= said.n:
        return
    names = lane.names + [name for name in dict.fromkeys(elsewhere) if name not in here][:said.n - len(lane.names)]
    if len(names) == said.n and _chain(device, lane.incarnation, names) == said.chain:
        lane.names = names


def _chain(device: bytes, incarnation: bytes, names: list[bytes]) -> bytes:
    chain = start(UP, device, incarnation)
    for name in names:
        chain = link(chain, name)
    return chain


def _line(db: Connection, row: DeviceRow, lane: _Lane, counted: set[bytes], lanes_in_all: int) -> LaneProof:
    said, names = lane.said, lane.names[:lane.n]
    chain = _chain(row.device, lane.incarnation, names)
    held = names[lane.n0:]
    fresh = [name for name in held if name not in counted]
    missing = (len(names) + 1, lane.n) if len(names) < lane.n else None
    states = Counter(kept.state for name in held if (kept := envelopes.get(db, name)) is not None)
    return LaneProof(
        row.device.hex(), row.site_name, row.label, lane.incarnation.hex(), lane.n0 + 1, lane.n, lane.n - lane.n0,
        len(held), len(held) - len(fresh), said.number if said else 0, said.heard_at if said else 0,
        said.chain.hex() if said else "", chain.hex(), safe_up_to(db, row.device, lane.incarnation),
        said.deleted if said else 0, missing, _verdict(said, chain, missing), dict(sorted(states.items())),
        sum(cases.by_name(db, name) is not None for name in fresh), lanes_in_all)


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
    last = _day(end) if end else today
    first = _day(begin) if begin else last.replace(day=1)
    if first > last:
        raise ValueError(f"开始 {first} 晚于结束 {last} / {first} comes after {last}")
    return first, last


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise ValueError(f"日期写成 2026-11-23 这样，不是 {text} / write a day like 2026-11-23, not {text}") from fault
