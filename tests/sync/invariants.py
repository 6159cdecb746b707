"""The invariants of docs/protocol.md 12, looked at after every simulated step by someone with a memory.

Left out, because what they speak of does not exist yet: I18 (disk
budget). I11 is a scan of the whole folder (tests/executable), I15 has a test of its own.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from edge.domain.envelope import Kind, read
from edge.domain.lane import DOWN, UP, Position, link, start
from edge.domain.news import StatusBody
from edge.records import audit, facts, lane, published
from sync.hub.tables import down, lanes, verdicts
from sync.protocol.exchange import read_question, take_apart
from sync.protocol.ferry_file import pieces
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.sync import photos_kept
from tests.sync.backups_kept import Keeper

INQUIRIES = "SELECT device, count(*) AS n FROM envelopes WHERE kind = 'inq' GROUP BY device"
STATES = {"held", "opened", "set_aside", "unopenable", "unknown_kind"}


class Broken(AssertionError):
    """An invariant does not hold."""


def must(holds: object, what: str) -> None:
    """Raise `Broken` unless it holds."""
    if not holds:
        raise Broken(what)


class Witness:
    """Looks at a county again and again, and remembers what may not fall."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.excused: set[bytes] = set()       # every copy was destroyed: arithmetic, not protocol
        self.destroyed: set[bytes] = set()     # gone from some disk that was lost or set back
        self.barred: dict[bytes, set[bytes]] = {}   # revoked device → names that the county had when it was revoked
        self._receipts: dict[str, Position | None] = {}
        self._words: dict[str, dict[bytes, tuple[int, str]]] = {}
        self._incarnations: dict[str, int] = {}
        self._trust: dict[str, int] = {}
        self._heads: dict[tuple[bytes, bytes], Position] = {}
        self._kept: set[bytes] = set()
        self._keeper = Keeper(county)

    # --- accidents that lower something by right

    def hub_was_restored(self) -> None:
        """Forget what the hub had; whatever exists nowhere else now is excused."""
        self._heads.clear()
        self._kept.clear()
        self._excuse(self.destroyed)

    @contextmanager
    def disk_is_lost(self, kiosk: Kiosk) -> Iterator[None]:
        """Take a disk away inside; whatever existed on it alone is excused afterwards."""
        before = names_on(kiosk)
        yield
        after = names_on(kiosk) if self.county.kiosks.get(kiosk.name) is kiosk else set()
        self.destroyed |= before - after
        for memory in (self._receipts, self._words, self._incarnations, self._trust):
            memory.pop(kiosk.name, None)
        self._excuse(before - after)

    def _excuse(self, fragile: set[bytes]) -> None:
        here = set().union(*map(names_on, self.county.kiosks.values())) | self._hub_names()
        self.excused |= {told.name for told in self.county.told.values() if told.name in fragile - here}

    def _hub_names(self) -> set[bytes]:
        return {row["name"] for row in self.county.hub.store.read().execute("SELECT name FROM envelopes")}

    # --- looking

    def check(self, thorough: bool = False) -> None:
        """Look at everything.

        Raises:
            Broken: naming the invariant.
        """
        self._nothing_told_is_gone()
        self._cases_are_made_once()
        self._hub_forgets_nothing()
        self._hub_lanes_recompute()
        on_disks = set().union(*map(names_on, self.county.kiosks.values()))
        must(not (faults := self._keeper.faults(on_disks, self.excused | self.destroyed)), "; ".join(faults))
        must(not (halves := list(photos_kept.halves(self.county))), "; ".join(halves))
        for kiosk in self.county.kiosks.values():
            self._lane_recomputes(kiosk)
            self._receipt_falls_rightly(kiosk)
            self._words_do_not_go_back(kiosk)
            self._trust_does_not_fall(kiosk)
            self._no_needless_incarnation(kiosk)
            self._downlink_skips_nothing(kiosk)
        if thorough:
            for store in (self.county.hub.store, *(kiosk.site.store for kiosk in self.county.kiosks.values())):
                must(audit.first_broken(store.read()) is None, "I19 the audit chain is broken")

    def _nothing_told_is_gone(self) -> None:
        here = set().union(*map(names_on, self.county.kiosks.values())) | self._hub_names()
        for told in self.county.told.values():
            must(told.name in here or told.name in self.excused, f"I1 {told.receipt} was told and is nowhere")

    def _cases_are_made_once(self) -> None:
        names = [case.name for case in self.county.case_rows()]
        must(len(names) == len(set(names)), "I7 one envelope is two cases")
        db = self.county.hub.store.read()
        rows = db.execute("SELECT name FROM envelopes WHERE kind = 'sub' AND state = 'opened'")
        opened = {row["name"] for row in rows}
        must(opened == set(names), "I7 what is opened and what is a case are not the same")
        for device, before in self.barred.items():
            late = {case.name for case in self.county.case_rows() if case.device == device} - before
            must(not late, "I20 a revoked device gained a case")
        self._words_are_said_once()

    def _words_are_said_once(self) -> None:
        """Each (case, step) goes down once to a device, and once more for each time that it asked; after a restore
        another word may have to follow it.
        """
        db, said = self.county.hub.store.read(), Counter[tuple[bytes, bytes, int]]()
        asked = {row["device"]: row["n"] for row in db.execute(INQUIRIES)}
        for row in db.execute("SELECT device, envelope FROM down_envelopes"):
            came = read(row["envelope"])
            if came.header.kind == Kind.STATUS and not self.county.hub_fell:
                body = msgspec.msgpack.decode(came.payload or b"", type=StatusBody)
                place = (row["device"], came.header.ref, body.step)
                said[place] += 1
                must(said[place] <= 1 + asked.get(row["device"], 0), "I7 one word went down twice")

    def _hub_forgets_nothing(self) -> None:
        db = self.county.hub.store.read()
        rows = db.execute("SELECT name, state FROM envelopes").fetchall()
        must({row["state"] for row in rows} <= STATES, "I9 an envelope stands in no known state")
        names = {row["name"] for row in rows}
        must(names >= self._kept, "I9 an envelope vanished from the hub")
        self._kept = names
        for (device, incarnation), before in self._heads.items():
            at = lanes.named(db, device, incarnation, before.n)
            held = before.n == 0 or (at is not None and at[1] == before.chain)
            must(held, "I6 committed places vanished from the hub")

    def _hub_lanes_recompute(self) -> None:
        db = self.county.hub.store.read()
        for row in db.execute("SELECT device, incarnation FROM lanes").fetchall():
            device, incarnation = row["device"], row["incarnation"]
            end = lanes.head(db, device, incarnation)
            entries = lanes.names(db, device, incarnation)
            _recompute(start(UP, device, incarnation), entries, end)
            self._heads[device, incarnation] = end
        for row in db.execute("SELECT device FROM down_lanes").fetchall():
            head = down.head(db, row["device"])
            must(head, "I3 a downlink without a head")
            if head is not None:
                rows = db.execute("SELECT position, name, chain FROM down_names WHERE device = ? ORDER BY position",
                                  (row["device"],))
                _recompute(start(DOWN, row["device"], head.incarnation), [tuple(one) for one in rows], head)

    def _lane_recomputes(self, kiosk: Kiosk) -> None:
        db = kiosk.site.store.read()
        entries = [tuple(row) for row in db.execute("SELECT position, name, chain FROM lane ORDER BY position")]
        _recompute(lane.deleted(db).chain, entries, lane.head(db), lane.deleted(db).n)
        must({name for _, name, _ in entries} == names_on(kiosk), "I3 an envelope stands outside the lane")

    def _receipt_falls_rightly(self, kiosk: Kiosk) -> None:
        found = lane.receipt(kiosk.site.store.read())
        now = Position(found.incarnation, found.n, found.chain) if found else None
        before = self._receipts.get(kiosk.name)
        if before and now and now.incarnation == before.incarnation and now.n < before.n:
            must(kiosk.bad_news_allowed, "I5 stale bad news lowered a receipt")
            must(self.county.hub_fell, "I5 a receipt fell though the hub did not")
        self._receipts[kiosk.name] = now

    def _words_do_not_go_back(self, kiosk: Kiosk) -> None:
        now, before = kiosk.words(), self._words.get(kiosk.name, {})
        for subject, (step, word) in before.items():
            must(subject in now, "I13 a status vanished")
            must(now[subject][0] > step or now[subject] == (step, word), "I13 a status went backwards")
        self._words[kiosk.name] = now

    def _trust_does_not_fall(self, kiosk: Kiosk) -> None:
        version = max(one for one, _ in published.newest(kiosk.site.store.read(), "key_set").values())
        must(version >= self._trust.get(kiosk.name, 0), "I12 the key set's version fell")
        self._trust[kiosk.name] = version

    def _no_needless_incarnation(self, kiosk: Kiosk) -> None:
        now = kiosk.incarnations()
        if now > self._incarnations.get(kiosk.name, now):
            must(self.county.copied, "I21 a new incarnation though nothing was copied or restored")
            must(kiosk.bad_news_allowed, "I21 stale bad news began a new incarnation")
        self._incarnations[kiosk.name] = now

    def _downlink_skips_nothing(self, kiosk: Kiosk) -> None:
        here, hub = kiosk.site.store.read(), self.county.hub.store.read()
        cursor, end = facts.get(here, "down", Position), down.head(hub, kiosk.device)
        if cursor is None or end is None or cursor.incarnation != end.incarnation:
            return
        if down.chain_at(hub, kiosk.device, cursor.n) != cursor.chain:
            return   # the hub lost what this machine followed; it says so at the next contact
        passed = {row["name"] for row in hub.execute(
            "SELECT name FROM down_names WHERE device = ? AND position <= ?", (kiosk.device, cursor.n))}
        came = {row["name"] for row in here.execute("SELECT name FROM news")}
        must(passed <= came, "I13 the downlink skipped something")

    def check_ack(self, device: bytes, incarnation: bytes, n: int, chain: bytes) -> None:
        """Compare a signed receipt with what the hub's file holds, seen by a connection of its own.

        Raises:
            Broken: I6.
        """
        db = self.county.hub.store.read()
        held = lanes.named(db, device, incarnation, n)
        must(n == 0 or (held is not None and held[1] == chain), "I6 a receipt was signed over what is not committed")

    def check_kept(self, question: bytes) -> None:
        """Compare what a delivered question carried with what the hub keeps.

        Raises:
            Broken: I9.
        """
        brought = read_question(take_apart(question))
        device, here = brought.hello.device, self._hub_names()
        names = {one.name(device) for run in brought.runs for one in run.envelopes}
        must(names <= here, "I9 the hub dropped an envelope with a good signature")

    def check_file(self, path: Path, read_in: Callable[[], object]) -> None:
        """Let a whole file be read in and compare what it carried with what the hub keeps.

        Raises:
            Broken: I9.
        """
        read_in()
        with path.open("rb") as file:
            for piece in pieces(file.read):
                self.check_kept(piece.raw)

    # --- the end

    def check_healed(self) -> None:
        """Look whether all is well after all lines are up and everything was decided.

        Raises:
            Broken: naming the invariant.
        """
        self.check(thorough=True)
        cases = {case.name: case for case in self.county.case_rows()}
        for told in self.county.told.values():
            must(told.name in cases or told.name in self.excused, f"I2 {told.receipt} was told and is no case")
        db = self.county.hub.store.read()
        for kiosk in self.county.kiosks.values():
            must(kiosk.acked() == kiosk.head(), "I14 a queue does not drain")
            words = kiosk.words()
            for name in names_on(kiosk) & cases.keys():
                spoken = verdicts.of(db, name)
                if spoken:
                    must(words.get(name) == (spoken[-1].step, spoken[-1].word),
                         f"I13 {words.get(name)} is shown where {spoken[-1].word} was decided")
        self._no_two_histories()
        missing = list(photos_kept.missing(self.county, self.excused, self.destroyed))
        must(not missing, "; ".join(missing))

    def _no_two_histories(self) -> None:
        seen: dict[tuple[bytes, bytes, int], bytes] = {}
        for kiosk in self.county.kiosks.values():
            db = kiosk.site.store.read()
            incarnation = lane.incarnation(db)
            for row in db.execute("SELECT position, name FROM lane"):
                place = (kiosk.device, incarnation, row["position"])
                must(seen.setdefault(place, row["name"]) == row["name"], "I8 two histories in one lane, nobody noticed")


def _recompute(chain: bytes, entries: list[tuple[int, bytes, bytes]], end: Position, behind: int = 0) -> None:
    for expected, (position, name, value) in enumerate(entries, start=behind + 1):
        chain = link(chain, name)
        must(position == expected, "I3 a lane has a gap")
        must(value == chain, "I3 a chain does not recompute")
    must((end.n, end.chain) == (behind + len(entries), chain), "I3 a head does not stand at the end of its lane")


def names_on(kiosk: Kiosk) -> set[bytes]:
    """Return the names of all envelopes on a machine's disk."""
    return {row["name"] for row in kiosk.site.store.read().execute("SELECT name FROM envelopes")}
