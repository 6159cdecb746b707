"""What a stick brings back: good news as far as it goes, bad news only of the last trip, and of this machine alone."""

import pytest

from edge.ground.problem import FOR_ANOTHER_MACHINE, Problem
from sync.hub import courier as inward
from sync.hub.hub import open_hub
from sync.hub.tables import carried, devices
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.fakes.snaps import picture
from tests.fakes.stick import Stick, without_line  # noqa: F401 - the fixture `kiosk`
from tests.fakes.time_and_chance import Dice


def test_a_torn_reply_is_good_news_as_far_as_it_goes(county: County, kiosk: Kiosk, stick: Stick) -> None:
    kiosk.lodge()
    stick.export(kiosk)
    stick.there(county)
    reply = stick.files(replies=True)[0]
    raw = reply.read_bytes()
    acked = []
    for cut in range(len(raw)):
        reply.write_bytes(raw[:cut])
        heard = kiosk.hear_file(reply)
        assert heard.torn
        acked.append(kiosk.acked())

    assert acked == sorted(acked) and acked[-1] == 1


def test_a_reply_of_an_old_stick_brings_no_bad_news(county: County, kiosk: Kiosk) -> None:
    kiosk.lodge()
    before = county.copy_hub()
    kiosk.link.up = True
    kiosk.sync()
    kiosk.link.up = False
    county.restore_hub(before)   # the county's copy knows nothing of it, and says so to the first stick
    old, new = Stick(county.folder / "stick1"), Stick(county.folder / "stick2")
    old.export(kiosk)
    old.there(county)
    kiosk.lodge()
    new.export(kiosk)

    old.back(kiosk)

    assert kiosk.acked() == 1   # the last question is the new stick's


def test_a_reply_to_the_last_stick_brings_bad_news_though_the_agent_asked_in_vain_since(
        county: County, kiosk: Kiosk, stick: Stick) -> None:
    receipt = kiosk.lodge()
    before = county.copy_hub()
    kiosk.link.up = True
    kiosk.sync()
    kiosk.link.up = False
    county.restore_hub(before)
    stick.export(kiosk)
    kiosk.sync()   # nobody hears it; the stick's question stays open

    stick.there(county)
    stick.back(kiosk)

    assert kiosk.acked() == 0
    third = Stick(county.folder / "stick3")
    third.export(kiosk)
    third.there(county)
    county.open()
    assert county.hub_cases() == [receipt]


def test_what_the_network_has_told_since_makes_the_stick_s_bad_news_stale(
        county: County, kiosk: Kiosk, stick: Stick) -> None:
    kiosk.lodge()
    before = county.copy_hub()
    kiosk.link.up = True
    kiosk.sync()
    county.restore_hub(before)
    stick.export(kiosk)
    stick.there(county)   # answered while the county knew nothing
    kiosk.sync()          # told by the line, and said again
    assert kiosk.acked() == 1

    stick.back(kiosk)

    assert kiosk.acked() == 1


def test_the_reply_of_another_machine_is_refused_and_changes_nothing(
        county: County, kiosk: Kiosk, stick: Stick) -> None:
    other = county.kiosk("东关社区")
    kiosk.lodge(photos=[picture(90)])
    other.lodge()
    stick.export(kiosk)
    path = stick.files()[0]
    stick.read_in(county, path)
    for cut in (None, -20):   # the county asks for the photo: here it would be declared lost
        reply = stick.files(replies=True)[0]
        reply.write_bytes(reply.read_bytes()[:cut])
        with pytest.raises(Problem) as refused:
            other.hear_file(reply)
        assert refused.value.kind is FOR_ANOTHER_MACHINE

    assert (other.acked(), other.head()) == (0, 1)


def test_a_machine_that_has_forgotten_its_file_still_knows_the_reply_by_its_receipt(
        county: County, kiosk: Kiosk, stick: Stick) -> None:
    kiosk.lodge()
    image = kiosk.image()
    stick.export(kiosk)
    stick.there(county)
    kiosk.restore(image)

    heard = stick.back(kiosk)[0]

    assert (heard.held, heard.torn) == (1, False)


def test_a_revoked_machine_s_forms_are_set_aside_and_said_so(county: County, kiosk: Kiosk, stick: Stick) -> None:
    kiosk.lodge()
    county.revoke(kiosk)
    stick.export(kiosk)

    tally = stick.there(county)[0]
    county.open()

    assert (tally.fresh, tally.aside, county.hub_cases()) == (1, 1, [])
    assert county.states() == {"set_aside": 1}


def test_a_machine_that_the_county_does_not_know_is_said_so(county: County, kiosk: Kiosk, stick: Stick) -> None:
    kiosk.lodge()
    stick.export(kiosk)
    other = open_hub(county.folder.parent / "another", county.watch, Dice(2), create=True)
    with stick.files()[0].open("rb") as file:
        tally, replies = inward.take(other, file.read)
    other.store.close()

    assert (tally.strange, tally.fresh, tally.device, replies) == (1, 0, None, [])


def test_a_stick_is_no_exchange_and_moves_no_clock(county: County, kiosk: Kiosk, stick: Stick) -> None:
    before = devices.get(county.hub.store.read(), kiosk.device)
    kiosk.lodge()
    stick.export(kiosk)
    written = kiosk.site.now()
    line = kiosk.site.line()

    stick.there(county)
    stick.back(kiosk)

    after, found = devices.get(county.hub.store.read(), kiosk.device), carried.of(county.hub.store.read(), kiosk.device)
    assert before is not None and after is not None and found is not None
    assert (after.last_exchange, after.device_time) == (before.last_exchange, before.device_time)
    assert found.written_at == written
    assert kiosk.site.line().state == line.state and kiosk.site.line().last_exchange == line.last_exchange
