"""Told means durable: what is said was committed before, whole, and by a writer that waits for the disk."""

import resource
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest

from edge.desk.lodge import lodge
from edge.ground.database import Store
from edge.ground.keys import SigningKey, write_durably
from edge.ground.problem import KEY_REUSED, UNKNOWN_DEVICE, Problem
from edge.records import audit, lane
from sync.agent import push
from sync.agent.pace import Pace
from sync.hub.tables import lanes
from sync.protocol.exchange import read_question, take_apart, write_question
from sync.protocol.messages import Ack
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.fakes.wire import PulledPlug
from tests.faults.starved import limited
from tests.sync.invariants import Witness

FULL = 2


class WatchedKey(SigningKey):
    """The hub's key, with someone beside it who looks into the file at each receipt, by a connection of his own."""

    def __init__(self, county: County) -> None:
        self.true, self.store = county.hub.key, Store(county.hub.store.path)
        self.public = self.true.public
        self.receipts: list[tuple[int, int]] = []   # (what was signed, what the file held)

    def sign(self, message: bytes) -> bytes:
        """Sign, and look."""
        if message.startswith(b"ferry1 ack"):
            ack = msgspec.msgpack.decode(message.removeprefix(b"ferry1 ack"), type=Ack)
            self.receipts.append((ack.n, lanes.head(self.store.read(), ack.device, ack.incarnation).n))
        return self.true.sign(message)


def _rows(store: Store) -> dict[str, int]:
    """Return how many rows a connection of its own finds in each table that a form goes into."""
    other = Store(store.path)
    try:
        counts = {table: other.read().execute(f"SELECT count(*) AS n FROM {table}").fetchone()["n"]
                  for table in ("envelopes", "lane", "submissions", "jobs", "repeats")}
        lines = [line for line, _ in audit.lines(other.read()) if line.act == "lodge"]
        return {**counts, "audit": len(lines)}
    finally:
        other.close()


def test_a_private_file_that_finds_no_room_for_all_of_it_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "revoked.log"
    write_durably(path, b"whom the county struck off")

    # as on a disk that fills up midway: the system takes a part and says so by a number, the rest is the fault
    with limited(resource.RLIMIT_FSIZE, 4096), pytest.raises(OSError, match="too large"):
        write_durably(path, bytes(10_000))

    assert path.read_bytes() == b"whom the county struck off"


def test_every_writer_waits_for_the_disk(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    for store in (kiosk.site.store, county.hub.store):
        with store.write() as db:
            assert db.execute("PRAGMA synchronous").fetchone()[0] == FULL
            assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_what_is_told_stands_in_the_file_whole(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    form = kiosk.site.catalogue().item("RS-01")

    lodge(kiosk.site, form, dict(form.example), channel="kiosk", idempotency_key="a key")

    assert set(_rows(kiosk.site.store).values()) == {1}


@pytest.mark.parametrize("asking", range(1, 16))
def test_wherever_the_plug_is_pulled_all_of_a_form_is_there_or_nothing(county: County, asking: int) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.dice.pull_plug_at(asking)
    with suppress(PulledPlug):
        kiosk.lodge(key="a key")
    kiosk.dice.forget_plans()
    kiosk.restart()

    assert len(set(_rows(kiosk.site.store).values())) == 1


@pytest.mark.parametrize("asking", range(1, 8))
def test_a_hub_that_goes_off_while_it_opens_loses_no_case(county: County, asking: int) -> None:
    kiosk, witness = county.kiosk("柳河镇"), Witness(county)
    receipts = [kiosk.lodge(), kiosk.lodge()]
    kiosk.sync()
    county.watch.plug_at = asking
    try:
        county.open()
    except PulledPlug:
        county.restart_hub()
    county.watch.plug_at = None
    witness.check()

    county.pass_time(minutes=10)

    witness.check()
    assert sorted(county.hub_cases()) == sorted(receipts)


def test_what_is_signed_is_committed(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    kiosk.lodge()
    county.hub.key = watched = WatchedKey(county)

    kiosk.sync()

    assert watched.receipts and all(signed <= held for signed, held in watched.receipts)
    assert watched.receipts[-1] == (2, 2)
    watched.store.close()


def test_the_same_key_gets_the_same_receipt_also_after_a_restart(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    first = kiosk.take(key="bank-7-0001")
    kiosk.restart()

    second = kiosk.take(key="bank-7-0001")

    assert (second.id, second.receipt, second.qr) == (first.id, first.receipt, first.qr)
    assert kiosk.head() == 1


def test_the_same_key_for_another_form_is_refused(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.take("RS-01", key="bank-7-0001")
    with pytest.raises(Problem) as refused:
        kiosk.take("MZ-01", key="bank-7-0001")

    assert (refused.value.kind, kiosk.head()) == (KEY_REUSED, 1)


def _carried(kiosk: Kiosk, batch_bytes: int) -> int:
    return len(read_question(take_apart(push.ask(kiosk.site, batch_bytes).raw)).runs[0].envelopes)


def test_a_message_carries_at_least_one_envelope(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    kiosk.lodge()
    pace = Pace()
    for _ in range(40):
        pace = pace.failed()

    assert (_carried(kiosk, 1), _carried(kiosk, pace.batch_bytes) >= 1, _carried(kiosk, 10**6)) == (1, True, 2)


def test_a_question_that_its_device_did_not_sign_stores_nothing(county: County) -> None:
    kiosk, other = county.kiosk("柳河镇"), county.kiosk("东关社区")
    kiosk.lodge()
    question = read_question(take_apart(kiosk.ask()))
    forged, _ = write_question(question, other.site.key.sign)
    with pytest.raises(Problem) as refused:
        county.answer("/ferry/v1/sync", forged)

    assert (refused.value.kind, county.states()) == (UNKNOWN_DEVICE, {})


def test_the_receipt_is_kept_as_the_hub_signed_it(county: County) -> None:
    from sync.protocol.exchange import read_ack
    from sync.protocol.messages import SignedAck
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    kiosk.sync()
    kept = lane.receipt(kiosk.site.store.read())
    assert kept is not None

    ack = read_ack(SignedAck(kept.signed, kept.signature), county.hub.key.public)

    assert (ack.n, ack.chain, ack.device, ack.safe) == (1, kept.chain, kiosk.device, 0)
