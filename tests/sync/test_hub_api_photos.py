"""Photos through the hub's interface."""

import pytest

from tests.fakes.county import County
from tests.fakes.snaps import picture, talk
from tests.sync.test_hub_api import Office, acts, body, problem


@pytest.fixture
def office(county: County) -> Office:
    """A department's own system."""
    return Office(county)


def test_a_system_sees_for_what_a_case_waits_and_looks_at_its_photos(county: County, office: Office) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge(photos=[picture(40), picture(3)])
    talk(county, kiosk, 1024)
    waits = office.open(receipt)
    assert (waits["waiting_for"], waits["may"]) == (1, ["return", "reject"])
    assert [one["state"] for one in waits["materials"]] == ["waiting", "waiting"]
    assert body(office.get("/cases"))["cases"][0]["waiting_for"] == 1
    assert problem(office.decide(receipt, "accept")) == (409, "case-incomplete")
    path = f"/cases/{waits['id']}/materials/{waits['materials'][0]['blob']}"
    assert problem(office.get(path)) == (409, "material-waiting")

    county.settle()

    photo = office.get(path)
    assert (photo.data, photo.content_type) == (picture(40).content, "image/jpeg")
    assert (photo.headers["X-Content-Type-Options"], photo.headers["Cache-Control"]) == ("nosniff", "no-store")
    assert ("read-material", waits["id"]) in {(act, subject) for _, act, subject in acts(county)}
    assert problem(office.get(f"/cases/{waits['id']}/materials/{'0' * 64}")) == (404, "not-found")
    assert problem(office.get(f"/cases/{waits['id']}/materials/nothing")) == (404, "not-found")
    assert body(office.decide(receipt, "accept"))["state"] == "accepted"
