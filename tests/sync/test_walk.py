"""Random walks: whatever happens in whatever order, each told form is a case exactly once, and the lanes drain."""

import pytest

from tests.sync.walk import plan, play

SEEDS = 80   # `make soak` goes on from there
AT_ONCE = 10


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, SEEDS, AT_ONCE))
def test_whatever_happens_each_told_form_is_a_case_exactly_once(first: int) -> None:
    broken = {seed: what for seed in range(first, first + AT_ONCE) if (what := play(plan(seed), seed))}
    assert broken == {}
