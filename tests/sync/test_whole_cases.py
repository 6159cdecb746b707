"""A case is whole or says that it waits; photos stay within limits, and go with the form that they belong to."""

from contextlib import suppress

import pytest

from edge.domain.submission import Event
from edge.ground.problem import CASE_INCOMPLETE, KEY_REUSED, MATERIAL_WAITING, PHOTOS_TOO_LARGE, TOO_LARGE, Problem
from edge.records import blobs, lane
from sync.hub import materials, review
from sync.hub.review import Verdict
from sync.hub.tables import blobs as held_blobs
from tests.fakes.county import County
from tests.fakes.snaps import (
    ONE_CHUNK,
    drain,
    items,
    looked_at,
    picture,
    shown,
    states,
    talk,
    waiting,
)
from tests.fakes.wire import PulledPlug

SITE = "柳河镇"


def test_a_case_with_photos_on_their_way_is_seen_and_cannot_be_accepted(county: County) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge(photos=[picture(100), picture(3)])
    talk(county, kiosk, 1024)
    assert waiting(county, receipt) == 1, "what is in the manifest is not known yet"
    talk(county, kiosk, 1024)
    case = county.case(receipt)

    view = review.case(county.hub, case.id, "reviewer")
    assert view.waiting_for == 2 and view.may == [Event.RETURN, Event.REJECT]
    assert review.cases_after(county.hub).waiting_for == {case.id: 2}
    assert states(county, receipt) == ["waiting", "waiting"]
    with pytest.raises(Problem) as refused:
        county.decide(receipt, "accept")
    assert refused.value.kind is CASE_INCOMPLETE and refused.value.facts == {"waiting_for": 2}
    with pytest.raises(Problem) as unseen:
        looked_at(county, receipt)
    assert unseen.value.kind is MATERIAL_WAITING

    drain(county, kiosk)
    assert Event.ACCEPT in review.case(county.hub, case.id, "reviewer").may
    county.decide(receipt, "accept")
    county.settle()
    assert kiosk.track(receipt) == "accepted"


def test_a_case_can_be_returned_while_it_waits_and_its_amendment_may_bring_photos(county: County) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge(photos=[picture(100)])
    talk(county, kiosk, 1024)
    county.decide(receipt, "return", asks=[("name", "看不清")])
    county.settle()

    kiosk.amend(receipt, photos=[picture(50, b"n", "hukou")])
    talk(county, kiosk, 1024)
    assert waiting(county, receipt) == 1
    county.settle()

    assert looked_at(county, receipt) == [picture(100).content, picture(50, b"n").content]
    assert review.verdict(county.hub, county.case(receipt).id, "reviewer", Verdict("accept")).case.state == "accepted"


def test_a_photo_is_looked_at_through_its_case_and_stands_in_the_audit(county: County) -> None:
    kiosk = county.kiosk(SITE)
    receipt, other = kiosk.lodge(photos=[picture(3)]), kiosk.lodge(photos=[picture(4)])
    county.settle()
    blob = shown(county, receipt)[0].blob

    with pytest.raises(Problem):
        materials.material(county.hub, county.case(other).id, "reviewer", blob)
    assert materials.material(county.hub, county.case(receipt).id, "reviewer", blob)[1] == "image/jpeg"
    looks = county.hub.store.read().execute("SELECT actor FROM audit WHERE act = 'read-material'").fetchall()
    assert [row["actor"] for row in looks] == ["reviewer"]


def test_the_same_key_with_other_photos_is_another_form(county: County) -> None:
    kiosk = county.kiosk(SITE)
    first = kiosk.take("RS-01", "a key", [picture(3)])

    assert kiosk.take("RS-01", "a key", [picture(3)]).receipt == first.receipt
    with pytest.raises(Problem) as refused:
        kiosk.take("RS-01", "a key", [picture(3, b"q")])
    assert refused.value.kind is KEY_REUSED
    assert kiosk.head() == 1 and len(blobs.every(kiosk.site.store.read())) == 2


def test_photos_beyond_the_limits_are_refused_before_anything_is_taken(county: County) -> None:
    kiosk = county.kiosk(SITE)
    for photos, kind in [([picture(2100)], PHOTOS_TOO_LARGE), ([picture(1)] * 121, PHOTOS_TOO_LARGE),
                         ([picture(2000)] * 17, PHOTOS_TOO_LARGE)]:
        with pytest.raises(Problem) as refused:
            kiosk.lodge(photos=photos)
        assert refused.value.kind is kind
    for wrong in (picture(1, material="nothing"), picture(0), picture(1)):
        if wrong == picture(1):
            wrong = type(wrong)("id", b"x", "text/html")
        with pytest.raises(Problem) as faulty:
            kiosk.lodge(photos=[wrong])
        assert faulty.value.kind.code == "answers-faulty"
    assert (kiosk.head(), blobs.every(kiosk.site.store.read())) == (0, [])


def test_a_hundred_and_twenty_photos_fit_one_form(county: County) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge(photos=[picture(1, bytes([n])) for n in range(120)])

    county.settle()

    assert looked_at(county, receipt) == [picture(1, bytes([n])).content for n in range(120)]


def test_a_form_whose_seal_would_grow_too_large_is_refused(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk = county.kiosk(SITE)
    monkeypatch.setattr("edge.domain.envelope.LARGEST", 1024)
    with pytest.raises(Problem) as refused:
        kiosk.lodge(photos=[picture(1)] * 20)
    assert refused.value.kind is TOO_LARGE


def test_the_machine_cannot_read_a_photo_back(county: County) -> None:
    kiosk = county.kiosk(SITE)
    kiosk.lodge(photos=[picture(80, b"\x00secret\xff")])
    kiosk.site.store.close()
    try:
        on_disk = b"".join(path.read_bytes() for path in kiosk.folder.rglob("*") if path.is_file())
    finally:
        kiosk.restart()

    assert b"\x00secret\xff" not in on_disk and bytes(range(64)) not in on_disk


def test_the_lane_is_safe_no_further_than_its_photos(county: County) -> None:
    kiosk = county.kiosk(SITE)
    kiosk.lodge()
    kiosk.lodge(photos=[picture(100)])
    kiosk.lodge()
    talk(county, kiosk, ONE_CHUNK)
    db, end = county.hub.store.read(), lane.head(kiosk.site.store.read())
    assert held_blobs.complete_up_to(db, kiosk.device, end.incarnation, 3) == 1

    drain(county, kiosk)
    assert held_blobs.complete_up_to(db, kiosk.device, end.incarnation, 3) == 3
    assert held_blobs.bytes_of(db, kiosk.device) > 100_000


def test_what_was_pruned_takes_its_photos_along(county: County) -> None:
    kiosk = county.kiosk(SITE)
    kept, gone = kiosk.lodge(photos=[picture(3)]), kiosk.lodge(photos=[picture(4), picture(5)])
    county.settle()
    with kiosk.site.store.write() as db:
        assert blobs.forget(db, [county.told[gone].name]) == 3
        assert blobs.forget(db, [county.told[gone].name]) == 0

    assert len(blobs.every(kiosk.site.store.read())) == 2
    assert [one.state for one in blobs.of_envelope(kiosk.site.store.read(), county.told[kept].name)] == ["complete"] * 2
    rows = kiosk.site.store.read().execute("SELECT count(*) AS n FROM blob_items").fetchone()["n"]
    assert rows == items(kiosk)


@pytest.mark.parametrize("asking", range(1, 24))
def test_wherever_the_plug_is_pulled_a_form_has_all_its_photos_or_is_not_there(county: County, asking: int) -> None:
    kiosk = county.kiosk(SITE)
    kiosk.dice.pull_plug_at(asking)
    with suppress(PulledPlug):
        kiosk.lodge(photos=[picture(40), picture(3)])
    kiosk.dice.forget_plans()
    kiosk.restart()

    db = kiosk.site.store.read()
    stored = blobs.every(db)
    assert len(stored) == 3 * db.execute("SELECT count(*) AS n FROM envelopes").fetchone()["n"] == 3 * kiosk.head()
    assert all(blobs.item(db, one.name, number) for one in stored for number in range(one.items))
