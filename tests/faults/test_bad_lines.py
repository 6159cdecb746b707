"""Bad lines between a real machine and a real server: slow, far, lossy, cut (T08), half open or lying (T09).

A sample; `python -m tests.faults.bad_lines --minutes 10` goes through all of them again and again.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.agent import hub_link
from tests.fakes.county import County, fast_folder
from tests.faults.bad_lines import LINES, LYING, bring, lie, plain_goodput

pytestmark = pytest.mark.faults


@pytest.fixture
def county() -> Iterator[County]:
    """One hub, in memory."""
    with fast_folder() as folder:
        whole = County(Path(folder) / "county")
        yield whole
        whole.close()


@pytest.mark.parametrize("name", ["20 % lost", "2 kbit/s, 3 s", "up and down"])
def test_over_a_bad_line_everything_arrives_once(county: County, name: str) -> None:
    found = bring(county, LINES[name], forms=3, photos=0 if "kbit" in name else 1)

    assert found.cases == found.taken
    assert found.left == 0


def test_at_two_per_cent_loss_most_of_what_the_line_carries_is_used(county: County) -> None:
    line = LINES["2 % lost"]
    stream = plain_goodput(line, 500_000)

    found = bring(county, line, forms=6, photos=6)

    assert found.left == 0
    assert found.bytes / found.seconds >= 0.7 * stream


@pytest.mark.parametrize("mood", sorted(LYING))
def test_what_lies_on_the_way_brings_no_receipt_and_ends_nothing(
        county: County, mood: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_link, "STALL_SECONDS", 0.5)
    monkeypatch.setattr(hub_link, "LOOK_SECONDS", 0.1)

    found = lie(county, mood)

    assert (found.held_meanwhile, found.incarnations) == (0, 1)
    assert found.held_after == found.taken
