"""Paper: numbers printed ahead, typed in later; the same number twice is kept twice and shown."""

from datetime import date, timedelta

import pytest

from edge.desk.lodge import Lodged, lodge
from edge.desk.paper import PAPER, Numbered, look, reserve
from edge.domain.receipt import read_code
from edge.ground.problem import TOO_MANY_PAPERS, Problem
from sync.hub.tables import papers
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk

DAY = date(2026, 11, 20)


def type_in(kiosk: Kiosk, code: str, *, key: str | None = None, day: date = DAY) -> Lodged:
    """Type a paper in with the item's example."""
    item = kiosk.site.catalogue().item("RS-01")
    return lodge(kiosk.site, item, dict(item.example), channel=PAPER, paper=Numbered(code, day), idempotency_key=key)


def numbers(kiosk: Kiosk, count: int = 1) -> list[str]:
    """Reserve numbers for papers."""
    return reserve(kiosk.site, kiosk.site.catalogue().item("RS-01"), count)


def test_numbers_are_durable_before_they_are_printed_and_stand_nowhere_in_clear(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    codes = numbers(kiosk, 5)
    kiosk.restart()

    assert len(set(codes)) == 5 and all(read_code(code) == code for code in codes)
    assert [look(kiosk.site, code).item for code in codes] == ["RS-01"] * 5
    kiosk.site.store.close()
    raw = b"".join(path.read_bytes() for path in kiosk.folder.rglob("*") if path.is_file())
    assert [code for code in codes if code.encode() in raw] == []
    kiosk.restart()


def test_what_is_typed_in_keeps_the_number_of_the_paper_and_its_day(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    code = numbers(kiosk)[0]

    lodged = type_in(kiosk, code)
    county.settle()

    case = county.case(code)
    assert (lodged.receipt, lodged.print_job != "", case.channel) == (code, True, PAPER)
    assert papers.of(county.hub.store.read(), case.name) == papers.PaperCase("2026-11-20", True)
    assert case.lodged_at == int(county.time.at.timestamp())   # the claim stands beside the machine's time
    assert county.alarms() == []


def test_a_number_of_another_machine_is_taken_and_marked(county: County) -> None:
    here, there = county.kiosk("柳河镇"), county.kiosk("东关社区")
    code = numbers(there)[0]

    type_in(here, code)
    county.settle()

    found = papers.of(county.hub.store.read(), county.case(code).name)
    assert found == papers.PaperCase("2026-11-20", False)
    assert not look(here.site, code).own and look(there.site, code).own


def test_a_number_that_was_typed_in_before_is_known_here(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    code = numbers(kiosk)[0]
    assert look(kiosk.site, code).typed_at == ()

    type_in(kiosk, code)
    county.time.go(timedelta(hours=1))
    type_in(kiosk, code)

    assert len(look(kiosk.site, code).typed_at) == 2


def test_one_number_from_two_machines_is_two_cases_and_an_alarm(county: County) -> None:
    here, there = county.kiosk("柳河镇"), county.kiosk("东关社区")
    code = numbers(here)[0]
    type_in(here, code)
    type_in(there, code)
    county.settle()

    both = [case for case in county.case_rows() if case.code == code]
    db = county.hub.store.read()

    assert len(both) == 2 and {case.site for case in both} == {"柳河镇", "东关社区"}
    assert county.alarms() == ["same-number"]
    assert sorted(papers.with_number(db, code)) == sorted(case.id for case in both)
    assert papers.numbers_twice(db, [code, "AAAAAAAAAA"]) == {code}


def test_the_same_touch_twice_is_one_paper(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    code = numbers(kiosk)[0]

    first, second = type_in(kiosk, code, key="one touch"), type_in(kiosk, code, key="one touch")
    county.settle()

    assert first.id == second.id and county.hub_cases() == [code]
    assert len(look(kiosk.site, code).typed_at) == 1


@pytest.mark.parametrize("count", [0, -1, 101])
def test_nobody_prints_by_the_thousand(county: County, count: int) -> None:
    kiosk = county.kiosk("柳河镇")

    with pytest.raises(Problem) as refused:
        numbers(kiosk, count)

    assert refused.value.kind is TOO_MANY_PAPERS


def test_a_plug_pulled_while_typing_in_leaves_all_or_nothing(county: County) -> None:
    from tests.fakes.wire import PulledPlug
    kiosk = county.kiosk("柳河镇")
    code = numbers(kiosk)[0]
    for asking in range(1, 12):
        kiosk.dice.pull_plug_at(asking)
        before = kiosk.head()
        try:
            type_in(kiosk, code)
        except PulledPlug:
            kiosk.restart()
            assert kiosk.head() == before == len(look(kiosk.site, code).typed_at)
        kiosk.dice.forget_plans()
    assert kiosk.head() == len(look(kiosk.site, code).typed_at)
