"""Things of later versions, clocks that are wrong, machines that are revoked."""

import msgspec
import pytest

from edge.desk.receive import receive_held
from edge.domain.envelope import Kind
from edge.domain.news import PublishedBody, StatusBody
from edge.records import news
from sync.hub import aside, publish
from sync.hub.open import take_up_known
from sync.hub.registry import open_alarms
from tests.fakes.county import County
from tests.sync import strangers
from tests.sync.invariants import Witness

YEARS = 3650


@pytest.mark.parametrize("days", [-YEARS, YEARS])
def test_a_clock_that_is_wrong_by_ten_years_changes_no_outcome(county: County, days: int) -> None:
    kiosk, witness = county.kiosk("柳河镇"), Witness(county)
    first = kiosk.lodge("CL-02")
    kiosk.set_clock_wrong(days=days)
    second = kiosk.lodge("CL-02")
    county.pass_time(hours=1)
    kiosk.set_clock_wrong()
    third = kiosk.lodge("CL-02")
    county.pass_time(hours=1)

    county.decide(second, "accept")
    county.pass_time(hours=1)

    witness.check(thorough=True)
    assert sorted(county.hub_cases()) == sorted([first, second, third])
    assert kiosk.track(second) == "accepted"
    assert (kiosk.incarnations(), county.alarms()) == (1, [])


@pytest.mark.parametrize("days", [-YEARS, YEARS])
def test_a_wrong_clock_moves_no_deadline(county: County, days: int) -> None:
    kiosk = county.kiosk("柳河镇")
    right = kiosk.lodge("CL-02")
    kiosk.set_clock_wrong(days=days)
    wrong = kiosk.lodge("CL-02")

    county.pass_time(minutes=10)

    assert county.case(wrong).reply_by == county.case(right).reply_by


def test_a_kind_that_the_hub_does_not_know_is_kept_and_opened_after_an_upgrade(county: County) -> None:
    kiosk, witness = county.kiosk("柳河镇"), Witness(county)
    name = strangers.of_unknown_kind(kiosk)
    receipt = kiosk.lodge()
    county.pass_time(minutes=10)
    witness.check()
    assert (kiosk.acked(), county.states(), county.hub_cases()) == (2, {"unknown_kind": 1, "opened": 1}, [receipt])
    with county.hub.store.write() as db:   # as if this version had learned what it says
        db.execute("UPDATE envelopes SET kind = ? WHERE name = ?", (Kind.INQUIRY.value, name))

    assert take_up_known(county.hub) == 1
    county.open()

    assert county.states() == {"opened": 2}


def test_what_must_be_understood_waits_for_a_newer_hub(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    header = strangers.header_of(kiosk, Kind.SUBMISSION.value, must_understand=("two-citizens",))
    strangers.put_on_lane(kiosk, strangers.signed(kiosk, header, b"later"))

    county.pass_time(minutes=10)

    assert (county.states(), take_up_known(county.hub)) == ({"unknown_kind": 1}, 0)


def test_a_kind_that_the_machine_does_not_know_is_held_and_done_after_an_upgrade(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    county.pass_time(minutes=10)
    status = StatusBody(1, "accepted", county.hub.now(), b"", b"")
    name = strangers.down_of_unknown_kind(county, kiosk, Kind.STATUS.value, msgspec.msgpack.encode(status),
                                          must_understand=("seals",), ref=county.told[receipt].name)
    county.pass_time(minutes=10)
    assert (kiosk.state(receipt), [held for held, _ in news.held(kiosk.site.store.read())]) == ("held", [name])
    with kiosk.site.store.write() as db:   # as if this version had learned what "seals" are
        raw = news.held(db)[0][1]
        db.execute("UPDATE news SET envelope = ?", (raw.replace(b"\x91\xa5seals", b"\x90"),))
        db.execute("UPDATE news SET envelope = ?", (_shorter_header(raw),))

        assert receive_held(db, 1) == 1

    assert kiosk.state(receipt) == "accepted"


def _shorter_header(raw: bytes) -> bytes:
    changed = raw.replace(b"\x91\xa5seals", b"\x90")
    return (int.from_bytes(raw[:2], "big") - 6).to_bytes(2, "big") + changed[2:]


@pytest.mark.parametrize(("kind", "payload"), [
    (Kind.ITEM, PublishedBody("RS-99", 1, b"not deflated")), (Kind.COUNTY, PublishedBody("", 9, b"")),
    (Kind.STATUS, StatusBody(1, "accepted", 1, b"", b"")), (Kind.KEY_SET, ("no", "keys"))])
def test_what_the_machine_cannot_read_stops_nothing_behind_it(county: County, kind: Kind, payload: object) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    county.pass_time(minutes=10)
    strangers.down_of_unknown_kind(county, kiosk, kind.value, msgspec.msgpack.encode(payload))
    county.decide(receipt, "accept")

    county.pass_time(minutes=20)

    assert kiosk.track(receipt) == "accepted"
    assert len(news.held(kiosk.site.store.read())) == 1


def test_an_item_of_a_newer_form_does_not_stop_the_pages(county: County) -> None:
    import zlib
    kiosk = county.kiosk("柳河镇")
    version = kiosk.site.catalogue().item("RS-01").version
    words = f'{{"code": "RS-01", "version": {version + 1}, "fields": "in a new way"}}'
    newer = PublishedBody("RS-01", version + 1, zlib.compress(words.encode()))
    strangers.down_of_unknown_kind(county, kiosk, Kind.ITEM.value, msgspec.msgpack.encode(newer))

    county.pass_time(minutes=10)

    assert kiosk.site.catalogue().item("RS-01").version == version
    assert kiosk.lodge("RS-01")


def test_a_new_version_of_an_item_reaches_every_machine(county: County) -> None:
    kiosk, other = county.kiosk("柳河镇"), county.kiosk("东关社区")
    item = msgspec.structs.replace(kiosk.site.catalogue().item("RS-01"), version=3)
    publish.publish_items(county.hub, [item], "it")

    county.pass_time(minutes=10)

    assert [one.site.catalogue().item("RS-01").version for one in (kiosk, other)] == [3, 3]


def test_a_lower_step_that_comes_later_is_ignored(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    county.pass_time(minutes=10)
    for step, word in ((2, "accepted"), (1, "rejected")):
        status = msgspec.msgpack.encode(StatusBody(step, word, county.hub.now(), b"", b""))
        strangers.down_of_unknown_kind(county, kiosk, Kind.STATUS.value, status, ref=county.told[receipt].name)
        county.pass_time(minutes=10)

    assert kiosk.state(receipt) == "accepted"


def test_what_a_revoked_machine_sends_is_kept_and_is_no_case(county: County) -> None:
    kiosk, witness = county.kiosk("柳河镇"), Witness(county)
    before = kiosk.lodge()
    county.pass_time(minutes=10)
    county.revoke(kiosk)
    kiosk.lodge()

    county.pass_time(hours=2)

    witness.check()
    assert county.hub_cases() == [before]
    assert (county.states(), kiosk.acked()) == ({"opened": 1, "set_aside": 1}, 2)


def test_a_person_releases_what_a_revoked_machine_sent(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    county.revoke(kiosk)
    receipt = kiosk.lodge()
    county.pass_time(hours=1)

    assert aside.release(county.hub, kiosk.device, "it", "机器找回来了") == 1
    county.open()

    assert county.hub_cases() == [receipt]


def test_an_alarm_is_one_row_however_often_it_sounds(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    county.pass_time(minutes=10)
    old = county.copy_hub()
    kiosk.lodge()
    county.pass_time(minutes=10)
    county.restore_hub(old)
    question = kiosk.ask()

    for _ in range(3):
        county.answer("/ferry/v1/sync", question)

    assert [(alarm.cause, alarm.times) for alarm in open_alarms(county.hub)] == [("receipt-not-held", 3)]
