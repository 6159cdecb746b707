"""Sticks: in any order, twice, lost, torn, beside the network. What was told is a case exactly once."""

import pytest

from edge.records import lane
from sync.agent import courier
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.fakes.stick import Stick, without_line  # noqa: F401 - the fixture `kiosk`
from tests.sync.invariants import Witness


def again(county: County, number: int) -> Stick:
    """Return another stick."""
    return Stick(county.folder / f"stick{number}")


def test_forms_travel_on_a_stick_and_the_reply_brings_the_county_s_word(
        county: County, kiosk: Kiosk, stick: Stick) -> None:
    receipts = [kiosk.lodge() for _ in range(3)]

    exported = stick.export(kiosk)
    tally = stick.there(county)[0]
    county.open()
    county.decide(receipts[0], "accept")
    heard = stick.back(kiosk)[0]

    assert (exported.envelopes, exported.names) == (3, ("yizhan_柳河镇-1号机_1.ferry",))
    assert (tally.fresh, tally.known, tally.torn) == (3, 0, False)
    assert sorted(county.hub_cases()) == sorted(receipts)
    assert (heard.held, heard.answers, heard.torn, heard.again) == (3, exported.names[0], False, False)
    assert [kiosk.track(one) for one in receipts] == ["held"] * 3

    second = again(county, 2)
    second.export(kiosk)
    second.there(county)
    assert second.back(kiosk)[0].came == 1
    assert kiosk.track(receipts[0]) == "accepted"


def test_writing_a_stick_delivers_nothing(kiosk: Kiosk, stick: Stick) -> None:
    receipt = kiosk.lodge()

    stick.export(kiosk)

    assert kiosk.track(receipt) == "queued"
    assert kiosk.acked() == 0


def test_a_lost_stick_costs_nothing_as_the_next_one_carries_all_again(
        county: County, kiosk: Kiosk, stick: Stick) -> None:
    first = kiosk.lodge()
    stick.export(kiosk)
    second = kiosk.lodge()

    other = again(county, 2)
    exported = other.export(kiosk)
    other.there(county)
    county.open()

    assert exported.envelopes == 2
    assert sorted(county.hub_cases()) == sorted([first, second])


def test_sticks_in_the_wrong_order_twice_and_beside_the_network_make_each_form_one_case(
        county: County, kiosk: Kiosk) -> None:
    receipts, sticks = [], []
    for number in range(1, 5):
        receipts.append(kiosk.lodge())
        sticks.append(again(county, number))
        sticks[-1].export(kiosk)
    sticks[2].there(county)
    kiosk.link.up = True
    kiosk.sync()
    for at in (0, 3, 1, 3, 0):
        sticks[at].there(county)
    county.open()
    for at in (3, 0, 2, 2, 1):
        sticks[at].back(kiosk)
    county.settle()

    assert sorted(county.hub_cases()) == sorted(receipts)
    assert kiosk.acked() == kiosk.head() == 4
    assert (kiosk.incarnations(), county.alarms()) == (1, [])
    Witness(county).check_healed()


def test_a_file_read_twice_says_so(county: County, kiosk: Kiosk, stick: Stick) -> None:
    kiosk.lodge()
    stick.export(kiosk)
    path = stick.files()[0]

    first, second = stick.read_in(county, path), stick.read_in(county, path)
    heard = stick.back(kiosk)

    assert (first.fresh, first.known, second.fresh, second.known) == (1, 0, 0, 1)
    assert [one.again for one in heard] == [False, True]
    assert len(stick.files(replies=True)) == 2   # never written over
    assert county.alarms() == []


def test_a_file_read_again_brings_the_news_again_as_its_reply_may_have_been_lost(
        county: County, kiosk: Kiosk, stick: Stick) -> None:
    receipt = kiosk.lodge()
    stick.export(kiosk)
    path = stick.files()[0]
    stick.read_in(county, path)
    for reply in stick.files(replies=True):
        reply.unlink()
    county.open()
    county.decide(receipt, "accept")

    stick.read_in(county, path)
    stick.back(kiosk)

    assert kiosk.track(receipt) == "accepted"


@pytest.mark.parametrize("part", range(6))
def test_torn_at_any_byte_what_is_whole_counts_and_nothing_is_doubled(
        county: County, kiosk: Kiosk, stick: Stick, part: int) -> None:
    receipts = [kiosk.lodge() for _ in range(3)]
    stick.export(kiosk)
    raw = stick.files()[0].read_bytes()
    seen, step = 0, 30
    for cut in range(4 + part * 5, len(raw), step):
        torn = county.folder / "torn.ferry"
        torn.write_bytes(raw[:cut])
        tally = stick.read_in(county, torn)
        seen += tally.fresh
        assert tally.torn and tally.fresh + tally.known <= 3
        assert not (stick.folder / "tornR.ferry").exists()   # a question without its end can have no answer
    county.open()
    assert seen == 3 and sorted(county.hub_cases()) == sorted(receipts)
    assert kiosk.acked() == 0

    stick.there(county)
    stick.back(kiosk)

    assert kiosk.acked() == 3
    Witness(county).check(thorough=True)
    assert len(county.hub_cases()) == 3 and county.alarms() == []


def test_of_a_torn_file_nothing_counts_that_another_hand_has_put_there(
        county: County, kiosk: Kiosk, stick: Stick) -> None:
    kiosk.lodge()
    stick.export(kiosk)
    path = stick.files()[0]
    raw = bytearray(path.read_bytes())
    raw[-200] ^= 1   # within the device's own signature of the envelope, or the envelope
    path.write_bytes(bytes(raw))

    tally = stick.read_in(county, path)

    assert (tally.fresh, tally.known, tally.torn) == (0, 0, True)


def test_a_month_of_forms_and_their_verdicts_goes_on_one_trip(
        county: County, kiosk: Kiosk, stick: Stick, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier, "MESSAGE_BYTES", 4096)
    monkeypatch.setattr(courier, "LARGEST_WRITTEN", 16 * 1024)
    monkeypatch.setattr("sync.hub.admit.MOST_DOWN", 7)
    receipts = [kiosk.lodge() for _ in range(60)]
    exported = stick.export(kiosk)
    assert len(exported.names) >= 2 and exported.envelopes == 60
    stick.there(county)
    county.open()
    for receipt in receipts:
        county.decide(receipt, "accept")

    second = again(county, 2)
    stick.back(kiosk)
    second.export(kiosk)
    second.there(county)
    heard = second.back(kiosk)

    assert sum(one.came for one in heard) >= 60   # more than one reply holds: the file goes on until all is told
    assert {kiosk.track(one) for one in receipts} == {"accepted"}
    assert kiosk.acked() == 60


def test_an_export_goes_beyond_what_the_receipt_says_and_not_what_the_last_stick_held(
        county: County, kiosk: Kiosk, stick: Stick) -> None:
    kiosk.lodge()
    stick.export(kiosk)
    stick.there(county)
    stick.back(kiosk)
    kiosk.lodge()

    exported = again(county, 2).export(kiosk)

    assert exported.envelopes == 1
    assert lane.acked(kiosk.site.store.read())[0] == 1
