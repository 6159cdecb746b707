"""Kill -9 at write-class system calls: a sample of the points; `python -m tests.faults.sweep` takes them all."""

import pytest

from tests.faults.sweep import sweep

SAMPLE = {"lodge": 3, "attach": 6, "exchange": 4, "chunks": 6, "admit": 3, "open": 4, "enrol": 24,
          "export": 5, "import": 5, "hear": 5,
          "backup": 20, "restore": 25, "prune": 3}


@pytest.mark.faults
@pytest.mark.slow
@pytest.mark.parametrize(("action", "every"), SAMPLE.items())
def test_killed_anywhere_what_was_told_is_a_case_exactly_once(action: str, every: int) -> None:
    assert len(list(sweep(action, every))) >= 4
