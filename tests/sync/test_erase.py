"""The right to erase: one command, and what was handed in is gone here and at the machine, with its photos."""

import json

import pytest

from edge.ground.problem import NOT_FOUND_HERE, Problem
from edge.records import audit
from edge.records import envelopes as own_envelopes
from sync.command.cli import main
from sync.hub.tables import blobs, envelopes
from tests.fakes.county import County
from tests.fakes.snaps import picture


def erase(county: County, receipt: str, *words: str) -> int:
    """`yizhan hub erase`, as a person would type it."""
    return main(["hub", "erase", receipt, "--dir", str(county.folder / "hub"), "--reason", "本人要求", *words])


def test_what_is_erased_by_command_is_gone_at_hub_and_machine(
        county: County, capsys: pytest.CaptureFixture[str]) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt, other = kiosk.lodge(photos=[picture(40)]), kiosk.lodge()
    county.pass_time(minutes=10)
    name = county.told[receipt].name

    assert erase(county, f"{receipt[:4]} {receipt[4:]}".lower(), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    county.pass_time(minutes=10)

    db = county.hub.store.read()
    assert (told["envelopes"], told["state"], county.case(receipt).masked_name) == (1, "erased", "")
    here, there = envelopes.get(db, name), own_envelopes.get(kiosk.site.store.read(), name)
    assert here is not None and here.payload is None
    assert there is not None and there.envelope.payload is None
    assert blobs.every(db) == []
    assert (kiosk.state(receipt), kiosk.track(other)) == ("erased", "held")
    with pytest.raises(Problem) as refused:
        kiosk.track(receipt)
    assert refused.value.kind is NOT_FOUND_HERE   # nobody can read who it was any more
    line = next(line for line, _ in audit.lines(db) if line.act == "erase")
    assert line.facts["why"] == "本人要求"


def test_a_form_that_the_disk_has_spoiled_keeps_no_other_from_being_erased(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt, other = kiosk.lodge(), kiosk.lodge()
    county.pass_time(minutes=10)
    with kiosk.site.store.write() as db:
        db.execute("UPDATE envelopes SET header = x'00' WHERE name = ?", (county.told[other].name,))

    assert erase(county, receipt) == 0
    county.pass_time(minutes=10)

    there = own_envelopes.get(kiosk.site.store.read(), county.told[receipt].name)
    assert there is not None and there.envelope.payload is None


def test_twice_and_strange_codes_are_refused(county: County, capsys: pytest.CaptureFixture[str]) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    county.pass_time(minutes=10)
    assert erase(county, receipt) == 0

    assert [erase(county, one) for one in (receipt, "2222222222", "RS-01")] == [1, 1, 1]

    said = capsys.readouterr().err
    assert ("wrong-state" in said, said.count("no-such-receipt")) == (True, 2)
