"""Forms that nobody can read, rubbish under another's code, amendments and questions out of turn."""

import msgspec
import pytest

from edge.domain.envelope import Kind
from edge.domain.submission import Body, to_payload
from edge.ground.problem import NOT_FOUND_HERE, Problem
from sync.hub.own_keys import department_path
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.sync import strangers
from tests.sync.invariants import Witness
from tests.sync.strangers import RS_01

NO_KEYS = {"short": b"short", "empty": b"", "of low order": b"\0" * 32, "long": b"t" * 33}


def _bytes_of(body: object) -> bytes:
    return to_payload(msgspec.msgpack.encode(body))


def test_a_poisonous_form_stops_nothing_and_its_verdict_is_visible(county: County) -> None:
    kiosk, witness = county.kiosk("柳河镇"), Witness(county)
    strangers.plain_rubbish(kiosk)
    receipt = kiosk.lodge()

    county.pass_time(minutes=20)

    witness.check()
    assert county.hub_cases() == [receipt]
    assert county.states() == {"opened": 1, "unopenable": 1}
    assert county.alarms() == ["unopenable"]
    assert (kiosk.acked(), [word for _, word in kiosk.words().values()]) == (2, ["rejected"])


@pytest.mark.parametrize("inside", [b"", b"\0", b"\1\xff\xff", b"\7what", b"\0" + b"\xc1" * 40, b"\0[1, 2]"])
def test_whatever_stands_inside_the_seal_the_lane_goes_on(county: County, inside: bytes) -> None:
    kiosk = county.kiosk("柳河镇")
    strangers.sealed(kiosk, inside)
    receipt = kiosk.lodge()

    county.pass_time(minutes=20)

    assert county.hub_cases() == [receipt]
    assert county.states() == {"opened": 1, "unopenable": 1}


@pytest.mark.parametrize("track", NO_KEYS.values(), ids=NO_KEYS.keys())
def test_a_form_that_nobody_could_be_answered_about_is_no_case(county: County, track: bytes) -> None:
    kiosk = county.kiosk("柳河镇")
    strangers.sealed(kiosk, _bytes_of(Body("RS-01", RS_01, "7K7M4Q2TX9", track, b"\2{}")))

    county.pass_time(minutes=20)

    assert county.states() == {"unopenable": 1}


@pytest.mark.parametrize(("version", "step"), [(2**40, 0), (-1, 0), (RS_01, 2**63 - 1), (RS_01, -5)])
def test_a_number_that_no_form_has_is_no_case(county: County, version: int, step: int) -> None:
    kiosk = county.kiosk("柳河镇")
    track = kiosk.site.key_set().departments[0].public
    strangers.sealed(kiosk, _bytes_of(Body("RS-01", version, "7K7M4Q2TX9", track, b"\2{}", answers_step=step)))

    county.pass_time(minutes=20)

    assert county.states() == {"unopenable": 1}


@pytest.mark.parametrize("time", [-2**61, -1, 2**40, 2**61])
def test_a_time_that_no_calendar_knows_stops_no_form(county: County, time: int) -> None:
    kiosk = county.kiosk("柳河镇")
    track = kiosk.site.key_set().departments[0].public
    strangers.sealed(kiosk, _bytes_of(Body("RS-01", RS_01, "7K7M4Q2TX9", track, b"\2{}")), device_time=time)
    receipt = kiosk.lodge()

    county.pass_time(minutes=20)

    assert sorted(county.hub_cases()) == sorted(["7K7M4Q2TX9", receipt])
    assert county.case("7K7M4Q2TX9").reply_by[:4] == "2026"


def test_rubbish_under_a_printed_code_does_not_take_its_place(county: County) -> None:
    kiosk, other = county.kiosk("柳河镇"), county.kiosk("东关社区")
    receipt = kiosk.lodge()
    strangers.rubbish_under(other, receipt)
    other.sync()
    county.open()

    county.pass_time(minutes=20)
    county.decide(receipt, "accept")
    county.pass_time(minutes=10)

    assert county.hub_cases() == [receipt]
    assert kiosk.track(receipt) == "accepted"


def test_a_readable_form_under_a_printed_code_is_another_case(county: County) -> None:
    kiosk, other = county.kiosk("柳河镇"), county.kiosk("东关社区")
    receipt = kiosk.lodge()
    track = other.site.key_set().departments[0].public
    strangers.sealed(other, _bytes_of(Body("RS-01", RS_01, receipt, track, b"\2{}")))
    other.sync()
    county.open()

    county.pass_time(minutes=20)

    assert county.hub_cases() == [receipt, receipt]
    assert {case.name for case in county.case_rows()} >= {county.told[receipt].name}


def test_a_form_that_the_county_cannot_open_asks_the_citizen_to_come_again(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    for key in kiosk.site.key_set().departments:
        department_path(county.hub.folder, key.key_id).rename(county.folder / key.key_id.hex())
    county.restart_hub()

    county.pass_time(minutes=20)

    told = kiosk.read(receipt)
    assert (told.state, "再来" in (told.reason or "")) == ("rejected", True)
    assert (county.alarms(), county.states()) == (["unopenable"], {"unopenable": 1})


def _returned(county: County, kiosk: Kiosk) -> str:
    receipt = kiosk.lodge()
    county.pass_time(minutes=10)
    county.decide(receipt, "return", asks=[("name", "看不清")])
    county.pass_time(minutes=10)
    return receipt


def test_an_amendment_before_its_submission_is_not_lost(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    old = county.copy_hub()
    receipt = _returned(county, kiosk)
    kiosk.amend(receipt)
    county.restore_hub(old)
    with kiosk.site.store.write() as db:   # as if another lane had brought it: the amendment stands first
        rows = [row["name"] for row in db.execute("SELECT name FROM lane ORDER BY position")]
    assert len(rows) == 2
    from edge.records import envelopes
    first, second = (envelopes.get(kiosk.site.store.read(), name) for name in rows)
    assert first is not None and second is not None
    _admit_alone(county, kiosk, second)
    county.open()

    county.pass_time(minutes=30)

    case = county.case(receipt)
    assert (case.state, case.step) == ("held", 1)
    from sync.hub import review
    assert len(review.case(county.hub, case.id, "reviewer").amendments) == 1


def _admit_alone(county: County, kiosk: Kiosk, stored: object) -> None:
    from edge.records.envelopes import Stored
    from sync.hub.tables import envelopes
    assert isinstance(stored, Stored)
    with county.hub.store.write() as db:
        header = stored.envelope.header
        envelopes.add(db, kiosk.device, stored.name, stored.envelope, header, "held", county.hub.now())


def test_an_amendment_answers_the_return_and_the_case_is_looked_at_again(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = _returned(county, kiosk)
    kiosk.amend(receipt)

    county.pass_time(minutes=10)

    assert county.case(receipt).state == "held"
    assert kiosk.track(receipt) == "held"


def test_an_amendment_of_somebody_else_moves_no_case(county: County) -> None:
    kiosk, other = county.kiosk("柳河镇"), county.kiosk("东关社区")
    receipt = _returned(county, kiosk)
    track = other.site.key_set().departments[0].public
    foreign = Body("RS-01", RS_01, receipt, track, b"\2{}", answers_step=1)
    strangers.sealed(other, _bytes_of(foreign), kind=Kind.AMENDMENT, ref=county.told[receipt].name)

    county.pass_time(minutes=20)

    assert (county.case(receipt).state, county.case(receipt).step) == ("needs_correction", 1)
    assert county.alarms() == ["unopenable"]


def test_an_amendment_of_somebody_else_that_comes_first_follows_nothing(county: County) -> None:
    kiosk, other = county.kiosk("柳河镇"), county.kiosk("东关社区")
    receipt = kiosk.lodge()
    track = other.site.key_set().departments[0].public
    foreign = Body("RS-01", RS_01, receipt, track, b"\2{}", answers_step=1)
    strangers.sealed(other, _bytes_of(foreign), kind=Kind.AMENDMENT, ref=county.told[receipt].name)
    other.sync()
    county.open()

    county.pass_time(minutes=10)
    county.decide(receipt, "return")

    assert county.case(receipt).state == "needs_correction"
    assert county.hub.store.read().execute("SELECT count(*) AS n FROM follow_ups").fetchone()["n"] == 0


def test_an_amendment_that_cannot_be_opened_is_asked_for_again(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = _returned(county, kiosk)
    strangers.sealed(kiosk, b"\0rubbish", kind=Kind.AMENDMENT, ref=county.told[receipt].name)

    county.pass_time(minutes=20)

    told = kiosk.read(receipt)
    assert (told.state, told.step, [ask.field for ask in told.asks]) == ("needs_correction", 2, ["name"])


def test_at_another_site_the_verdict_is_read_after_an_inquiry(county: County) -> None:
    kiosk, other = county.kiosk("柳河镇"), county.kiosk("东关社区")
    receipt = kiosk.lodge()
    county.pass_time(minutes=10)
    county.decide(receipt, "reject", reason="不在本县")
    county.pass_time(minutes=10)
    with pytest.raises(Problem) as nothing_here:
        other.read(receipt)
    other.inquire(receipt)

    county.pass_time(minutes=20)

    assert nothing_here.value.kind is NOT_FOUND_HERE
    told = other.read(receipt)
    assert (told.state, told.reason, told.site) == ("rejected", "不在本县", "柳河镇")


def test_later_verdicts_come_to_the_site_that_asked(county: County) -> None:
    kiosk, other = county.kiosk("柳河镇"), county.kiosk("东关社区")
    receipt = kiosk.lodge()
    county.pass_time(minutes=10)
    other.inquire(receipt)
    county.pass_time(minutes=20)
    assert other.track(receipt) == "held"

    county.decide(receipt, "accept")
    county.pass_time(minutes=10)

    assert (kiosk.track(receipt), other.track(receipt)) == ("accepted", "accepted")


def test_who_asks_before_the_form_has_come_hears_of_it_when_it_comes(county: County) -> None:
    kiosk, other = county.kiosk("柳河镇"), county.kiosk("东关社区")
    kiosk.link.up = False
    receipt = kiosk.lodge()
    other.inquire(receipt)
    county.pass_time(hours=1)
    kiosk.link.up = True

    county.pass_time(minutes=20)

    assert other.track(receipt) == "held"


def test_a_guess_gets_no_answer(county: County) -> None:
    kiosk, other = county.kiosk("柳河镇"), county.kiosk("东关社区")
    receipt = kiosk.lodge()
    county.pass_time(minutes=10)
    from edge.desk.inquire import inquire
    inquire(other.site, receipt, "0000")

    county.pass_time(minutes=10)

    assert other.words() == {}
