"""Real machines that all come back to a real hub in the same moment (T17): a sample.

The whole, a thousand machines in ten waves: `python -m tests.faults.thousand`.
"""

import pytest

from tests.faults.thousand import crowd

pytestmark = pytest.mark.faults
MACHINES, WAVES = 30, 2


def test_machines_that_come_back_at_once_are_all_through_though_the_hub_is_killed_in_their_midst() -> None:
    with crowd(MACHINES) as county:
        faults = [county.wave(number).fault() for number in range(1, WAVES + 1)]

        assert faults == [""] * WAVES
        assert len(county.told) == MACHINES * WAVES
        assert county.judge() == []
