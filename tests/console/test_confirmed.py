"""Grave acts are asked on one page for all of them: what it means, a reason, a tick where it is for good."""

import pytest
from flask.testing import FlaskClient

from edge.ground.problem import REASON_MISSING, title_and_cure
from edge.records import audit
from sync.hub import accounts, registry
from tests.console.sample import Sample, post

STONE = "石桥镇便民服务中心 1 号机"


@pytest.fixture
def keeper(county: Sample) -> FlaskClient:
    """A browser of county IT."""
    return county.browser("it")


def noted(county: Sample) -> int:
    """Return how many lines the audit has."""
    return sum(1 for _ in audit.lines(county.hub.store.read()))


def state(county: Sample, device: bytes) -> str:
    """Return how a machine stands."""
    return next(one.state for one in registry.machines(county.hub) if one.device == device.hex())


def test_a_machine_is_struck_off_with_a_reason_and_a_tick_only(county: Sample, keeper: FlaskClient) -> None:
    device = county.devices[STONE]
    page, before = f"/devices/{device.hex()}/revoke", noted(county)
    assert "吊销了就收不回" in keeper.get(page).get_data(as_text=True)

    unticked, unsaid = post(keeper, page, page, reason="被偷"), post(keeper, page, page, sure="yes")
    assert (unticked.status_code, unsaid.status_code) == (422, 422)
    assert 'value="被偷"' in unticked.get_data(as_text=True), "what was typed is gone"
    # the script of the page shows another address in its place, so that going back sends nothing twice
    assert f'action="{page}"' in unticked.get_data(as_text=True)
    assert (state(county, device), noted(county)) == ("active", before)
    assert post(keeper, page, page, reason="被偷", sure="yes").status_code == 303

    assert (state(county, device), keeper.get(page).status_code) == ("revoked", 404)


def test_who_reads_english_is_refused_in_english_sentences(county: Sample, keeper: FlaskClient) -> None:
    page = f"/devices/{county.devices[STONE].hex()}/revoke"
    post(keeper, "/language", lang="en")

    said = post(keeper, page, page, sure="yes").get_data(as_text=True)

    assert title_and_cure(REASON_MISSING, "en") in said and "。" not in said


@pytest.mark.parametrize(("verb", "kept"), [("release", "held"), ("refuse", "unopenable")])
def test_what_was_set_aside_waits_for_a_reason(county: Sample, keeper: FlaskClient, verb: str, kept: str) -> None:
    device = county.devices[STONE]
    with county.hub.store.write() as db:
        aside = db.execute("UPDATE envelopes SET state = 'set_aside' WHERE device = ?", (device,)).rowcount
    page = f"/set-aside/{device.hex()}/{verb}"

    assert f"{aside} 份" in keeper.get(page).get_data(as_text=True)
    assert (post(keeper, page, page).status_code, keeper.get(page).status_code) == (422, 200)
    assert post(keeper, page, page, reason="问过站点了").status_code == 303

    found = county.hub.store.read().execute("SELECT state FROM envelopes WHERE device = ?", (device,))
    assert {row["state"] for row in found} == {kept}
    assert keeper.get(page.replace(verb, "burn")).status_code == 404


def test_the_last_keeper_of_accounts_is_told_why_on_the_same_page(county: Sample, keeper: FlaskClient) -> None:
    own = next(one for one in accounts.everyone(county.hub) if one.name == "it")
    page = f"/accounts/{own.id}/disable"

    refused = post(keeper, page, page, reason="调走了")

    assert refused.status_code == 409 and "最后一个" in refused.get_data(as_text=True)
    assert 'name="reason"' in refused.get_data(as_text=True)
