"""Machines that are struck off: what they lose, what is kept, and what a person decides."""

import pytest

from edge.ground.problem import REVOKED, Problem
from sync.agent.round import settle
from sync.hub import aside
from sync.protocol.exchange import read_reply
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk


def test_what_was_set_aside_is_released_or_refused_by_a_person(county: County, kiosk: Kiosk) -> None:
    receipt = kiosk.lodge()
    county.revoke(kiosk)
    kiosk.sync(most=1)
    county.open()
    assert [(one.site, one.envelopes) for one in aside.waiting(county.hub)] == [("柳河镇", 1)]

    with pytest.raises(Problem):
        aside.refuse(county.hub, kiosk.device, "it", " ")
    assert aside.refuse(county.hub, kiosk.device, "it", "没有这个人") == 1
    county.open()

    assert receipt not in county.hub_cases() and aside.waiting(county.hub) == []
    assert county.states()["unopenable"] == 1


def test_a_machine_that_is_struck_off_destroys_its_key_and_keeps_what_was_handed_in(
        county: County, kiosk: Kiosk) -> None:
    kiosk.lodge()
    county.revoke(kiosk)
    kiosk.link.lose_next_reply()
    kiosk.sync(most=1)
    kiosk.lodge()                                # it has not heard yet

    kiosk.sync(most=1)

    assert not (kiosk.folder / "keys" / "device.key").exists()
    assert kiosk.head() == 5
    with pytest.raises(Problem) as refused:
        kiosk.lodge()
    assert refused.value.kind is REVOKED and kiosk.site.refusing().why == "revoked"
    kiosk.restart()
    assert kiosk.sync() is None and county.states()["set_aside"] >= 1


def test_a_bare_word_or_a_stale_one_strikes_nobody_off(county: County, kiosk: Kiosk) -> None:
    question = kiosk.ask()
    county.set_state(kiosk, "revoked")           # said in WELCOME alone, without an envelope
    reply = county.answer("/ferry/v1/sync", question)
    kiosk.link.refuse_next(403)
    kiosk.sync(most=1)                           # a later question was asked: the answer above is stale

    settle(kiosk.site, read_reply(reply, county.hub.key.public), county.hub.key.public)

    assert (kiosk.folder / "keys" / "device.key").exists() and kiosk.site.refusing().takes_forms
