"""Published things that are too large for an envelope: they come down in chunks, behind everything else."""

import random
from dataclasses import replace

import msgspec
import pytest

from edge.desk.site import Site
from edge.domain.county import County as CountyData
from edge.domain.text import Text
from edge.ground.problem import CATALOGUE_FAULTY, Problem
from edge.records import arriving, news
from sync.hub import publish
from sync.hub.tables import public_blobs
from sync.protocol.cargo import Want
from sync.protocol.exchange import read_reply
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.fakes.snaps import ONE_CHUNK, ask, picture, read, shown, talk

SITE, OTHER = "柳河镇", "东关社区"
NEW, ITEMS = 100, 6   # its version; how many items it has as a blob


def large(county: County, letters: int = 60_000, version: int = NEW) -> CountyData:
    """Return the county's data with a name that no packing makes small."""
    data, dice = county.hub.catalogue().county, random.Random(letters)
    name = "".join(chr(dice.randrange(0x4E00, 0x9FA0)) for _ in range(letters))
    return msgspec.structs.replace(data, version=version, name=Text(name, "Large"))


def here(kiosk: Kiosk) -> int:
    """Return which version of the county's data a machine works by."""
    return kiosk.site.catalogue().county.version


def test_what_is_too_large_for_an_envelope_comes_down_in_chunks(county: County) -> None:
    kiosk, late = county.kiosk(SITE), large(county)
    publish.publish_county(county.hub, late, "it")

    kiosk.sync()

    assert here(kiosk) == NEW and kiosk.site.catalogue().county.name == late.name
    db = kiosk.site.store.read()
    assert arriving.wanted(db) == {} and news.held(db) == []
    assert db.execute("SELECT count(*) AS n FROM arriving_chunks").fetchone()["n"] == 0, "nothing is kept twice"
    assert not ask(kiosk).chunks and not read(ask(kiosk).raw).wants


def test_a_new_machine_gets_it_as_well(county: County) -> None:
    publish.publish_county(county.hub, large(county), "it")

    assert here(county.kiosk(OTHER)) == NEW


def test_small_things_do_not_wait_for_large_ones(county: County) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge()
    county.settle()
    publish.publish_county(county.hub, large(county), "it")
    talk(county, kiosk)
    county.decide(receipt, "accept")

    talk(county, kiosk)

    assert kiosk.track(receipt) == "accepted" and here(kiosk) < NEW


def test_a_cut_costs_one_message_also_downwards(county: County) -> None:
    kiosk = county.kiosk(SITE)
    publish.publish_county(county.hub, large(county), "it")
    sent, cuts = 0, 0
    for number in range(2 * ITEMS + 4):
        reply = county.answer("/ferry/v1/sync", ask(kiosk, ONE_CHUNK).raw)
        sent += len(read_reply(reply, county.hub.key.public).chunks)
        if number % 2:
            cuts += 1
        else:
            kiosk.hear(reply)
        kiosk.restart()

    assert here(kiosk) == NEW and ITEMS <= sent <= ITEMS + cuts


def test_while_the_disk_is_nearly_full_nothing_large_comes_down(county: County,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk = county.kiosk(SITE)
    publish.publish_county(county.hub, large(county), "it")
    nearly_full = replace(kiosk.site.refusing(), downloads=False)
    with monkeypatch.context() as full:
        full.setattr(Site, "refusing", lambda site: nearly_full)
        kiosk.sync()
        assert here(kiosk) < NEW

    kiosk.sync()
    kiosk.sync()
    assert here(kiosk) == NEW


def test_a_bit_that_flipped_on_the_way_in_is_asked_for_again(county: County) -> None:
    kiosk = county.kiosk(SITE)
    publish.publish_county(county.hub, large(county), "it")
    for _ in range(3):
        talk(county, kiosk)
    with kiosk.site.store.write() as db:
        assert db.execute("UPDATE arriving_chunks SET content = zeroblob(length(content)) WHERE number = 1").rowcount

    kiosk.sync()
    kiosk.sync()

    assert here(kiosk) == NEW


def test_a_restored_hub_still_has_what_it_published(county: County) -> None:
    kiosk = county.kiosk(SITE)
    copy = county.copy_hub()
    publish.publish_county(county.hub, large(county), "it")
    talk(county, kiosk)
    talk(county, kiosk)
    county.restore_hub(copy)
    kiosk.sync()
    assert here(kiosk) < NEW, "the hub knows nothing of it any more"

    publish.publish_county(county.hub, large(county), "it")
    kiosk.sync()
    kiosk.sync()

    assert here(kiosk) == NEW


def test_nobody_is_handed_what_citizens_handed_in(county: County) -> None:
    kiosk, other = county.kiosk(SITE), county.kiosk(OTHER)
    receipt = kiosk.lodge(photos=[picture(3)])
    county.settle()
    blob = shown(county, receipt)[0].blob
    with other.site.store.write() as db:
        arriving.want(db, blob)

    raw = ask(other).raw
    reply = county.answer("/ferry/v1/sync", raw)

    assert read(raw).wants == [Want(blob, ((0, 1024),))]
    assert read_reply(reply, county.hub.key.public).chunks == []


def test_what_is_damaged_at_the_hub_is_not_handed_out(county: County) -> None:
    with county.hub.store.write() as db:
        blob = public_blobs.add(db, b"x" * 40_000)
        assert public_blobs.get(db, blob.name) == blob
        db.execute("UPDATE public_blobs SET content = zeroblob(40000)")
        assert public_blobs.get(db, blob.name) is None


def test_more_than_a_mebibyte_is_refused_at_publishing(county: County) -> None:
    with pytest.raises(Problem) as refused:
        publish.publish_county(county.hub, large(county, 400_000), "it")

    assert refused.value.kind is CATALOGUE_FAULTY and county.hub.catalogue().county.version < NEW
