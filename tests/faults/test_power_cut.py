"""Power cuts in the middle of writing, over SQLite's own code and the product's: what was told is there afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.power import cut_at_hub, cut_at_site, prepared

pytestmark = [pytest.mark.faults, pytest.mark.slow]
SEEDS = 60


@pytest.fixture(scope="module")
def ground() -> Iterator[Path]:
    """A county with an enrolled machine and a question that waits to be answered."""
    with prepared() as folder:
        yield folder


def test_what_was_told_survives_any_power_cut(ground: Path) -> None:
    outcomes = [cut_at_site(ground, seed) for seed in range(SEEDS)]

    assert [one for _, wrong in outcomes for one in wrong] == []
    assert sum(told for told, _ in outcomes) > SEEDS


def test_what_the_hub_signed_survives_any_power_cut(ground: Path) -> None:
    outcomes = [cut_at_hub(ground, 1000 + seed) for seed in range(SEEDS)]

    assert [one for _, wrong in outcomes for one in wrong] == []
    assert sum(signed for signed, _ in outcomes) > 0
