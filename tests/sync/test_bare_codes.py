"""What a bare code may do to a real machine: set its pace, and never more. Source: docs/protocol.md 9, 11."""

from datetime import timedelta

import pytest

from edge.ground.problem import HUB_UNREACHABLE, Problem
from edge.records import withheld
from sync.protocol.exchange import read_question, take_apart
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk


def refuse(kiosk: Kiosk, status: int, times: int = 1) -> None:
    """Let something on the way refuse the next rounds."""
    for _ in range(times):
        kiosk.link.refuse_next(status)
        with pytest.raises(Problem) as refused:
            kiosk.round()
        assert refused.value.kind is HUB_UNREACHABLE


def contents(kiosk: Kiosk) -> list[bool]:
    """Return of each envelope in the last question whether its content was in it."""
    question = read_question(take_apart(kiosk.link.questions[-1]))
    return [one.payload is not None for run in question.runs for one in run.envelopes]


@pytest.mark.parametrize("status", [400, 403, 404, 413, 426, 429, 500, 502, 503, 507])
def test_after_any_bare_code_forms_are_taken_and_arrive_in_the_end(county: County, status: int) -> None:
    kiosk = county.kiosk("柳河镇")
    receipts = [kiosk.lodge() for _ in range(3)]
    refuse(kiosk, status, times=5)
    receipts.append(kiosk.lodge())

    county.pass_time(hours=50)

    assert sorted(county.hub_cases()) == sorted(receipts)
    assert [kiosk.track(receipt) for receipt in receipts] == ["held"] * 4
    assert kiosk.incarnations() == 1


def test_an_envelope_that_is_refused_three_times_lets_the_others_pass_and_is_owed(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    first, second = kiosk.lodge(), kiosk.lodge()
    refuse(kiosk, 400, times=4)
    assert contents(kiosk) == [True]

    kiosk.round()
    assert contents(kiosk) == [False], "its header alone"
    kiosk.sync()
    county.open()

    assert county.hub_cases() == [second]
    assert kiosk.acked() == 2
    assert withheld.names(kiosk.site.store.read()) == {county.told[first].name}

    county.time.go(timedelta(hours=25))
    county.settle(rounds=2)

    assert sorted(county.hub_cases()) == sorted([second, first])
    assert withheld.names(kiosk.site.store.read()) == frozenset()
    assert kiosk.track(first) == "held"


def refuse_alone(kiosk: Kiosk) -> None:
    """Refuse three messages that hold one envelope each."""
    place = kiosk.acked() + 1
    for _ in range(3):
        kiosk.agent.pace = kiosk.agent.pace.refused(400, 900, alone=place)


def test_what_is_owed_stays_owed_while_its_message_is_refused(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    refuse_alone(kiosk)
    kiosk.round()
    for _ in range(3):
        county.time.go(timedelta(hours=25))
        kiosk.agent.pace = type(kiosk.agent.pace)()
        refuse(kiosk, 400)
        assert contents(kiosk) == [True]
        assert withheld.names(kiosk.site.store.read()) == {county.told[receipt].name}

    county.time.go(timedelta(hours=25))
    county.settle()

    assert county.hub_cases() == [receipt]


def test_a_header_that_is_refused_as_well_withholds_nothing(county: County) -> None:
    """Then it was not the content: the whole envelope tries again."""
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    refuse_alone(kiosk)
    refuse(kiosk, 400)
    assert contents(kiosk) == [False]

    kiosk.round()

    assert contents(kiosk) == [True]
    county.open()
    assert county.hub_cases() == [receipt]
