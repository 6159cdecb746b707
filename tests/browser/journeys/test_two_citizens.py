"""Nothing of one citizen is left for the next: not behind the back button, in a field, in a store or on a disk."""

import pytest

from tests.browser.journeys.hall import Hall
from tests.browser.journeys.two_citizens import ENDINGS, begun

pytestmark = pytest.mark.browser


def test_nothing_of_one_citizen_is_left_for_the_next(hall: Hall) -> None:
    """One hands in, one leaves in the middle; `make soak` plays a hundred rounds with every ending."""
    with begun(hall) as rounds:
        for number in range(2):
            rounds.play(number)
        rounds.end()

        assert rounds.left == []
        assert len(rounds.handed_in) == ENDINGS[:2].count("handed in")
