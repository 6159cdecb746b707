"""What day it is on a machine whose clock is wrong."""

import pytest

from edge.domain.likely import likely_now

DAY = 24 * 3600
HUB = 1_795_000_000
YEARS = 10 * 365 * DAY


@pytest.mark.parametrize(("own", "own_then", "hub_then", "likely"), [
    (HUB, 0, 0, HUB),                                                   # no exchange yet: there is nothing better
    (HUB + 5 * DAY, HUB, HUB, HUB + 5 * DAY),                           # a right clock, five days offline
    (HUB - YEARS + DAY, HUB - YEARS, HUB, HUB + DAY),                   # ten years slow, as it was then
    (HUB + YEARS + DAY, HUB + YEARS, HUB, HUB + DAY),                   # ten years fast, as it was then
    (HUB + DAY, HUB - YEARS, HUB, HUB + DAY),                           # was wrong then, was set right since
    (0, HUB, HUB, HUB),                                                 # the battery died: not before the last news
    (HUB + YEARS, HUB, HUB, HUB),                                       # jumped ten years ahead since
])
def test_the_last_signed_time_bounds_a_wrong_clock(own: int, own_then: int, hub_then: int, likely: int) -> None:
    assert likely_now(own, own_then, hub_then) == likely
