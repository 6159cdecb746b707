"""A sample of flipped bits; `python -m tests.faults.flips` takes thousands."""

import pytest

from tests.faults.flips import prepared, sweep

BITS = 40


@pytest.mark.faults
@pytest.mark.slow
def test_a_flipped_bit_anywhere_is_found_before_it_is_used_and_loses_nothing() -> None:
    with prepared() as ground:
        counts = sweep(ground, BITS, seed=5)

    assert sum(counts.values()) == BITS
    assert counts["salvaged"] and counts["mended"] and counts["harmless"]
