"""Working days of 2026 by the State Council's arrangement, and of years that have none yet."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.domain.catalogue import shipped_catalogue
from edge.domain.deadline import WorkingDays

DAYS = shipped_catalogue().county.working_days()


@pytest.mark.parametrize(("first", "last"), [
    ((1, 1), (1, 3)), ((2, 15), (2, 23)), ((4, 4), (4, 6)), ((5, 1), (5, 5)), ((6, 19), (6, 21)), ((9, 25), (9, 27)),
    ((10, 1), (10, 7))])
def test_holidays_of_2026_are_off(first: tuple[int, int], last: tuple[int, int]) -> None:
    day, end = date(2026, *first), date(2026, *last)
    while day <= end:
        assert not DAYS.is_worked(day), day
        day += timedelta(days=1)


@pytest.mark.parametrize("day", [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)])
def test_moved_days_of_2026_are_worked_although_they_are_weekend(day: tuple[int, int]) -> None:
    assert date(2026, *day).weekday() >= 5
    assert DAYS.is_worked(date(2026, *day))


@pytest.mark.parametrize(("start", "days", "due"), [
    ((11, 23), 5, (11, 30)),   # Monday: five working days later is the next Monday
    ((9, 30), 5, (10, 13)),    # over National Day: 8, 9, 10 (a moved Saturday), 12, 13 October
    ((2, 13), 4, (2, 26)),     # over the Spring Festival: 14 (a moved Saturday), 24, 25, 26 February
])
def test_working_days_from(start: tuple[int, int], days: int, due: tuple[int, int]) -> None:
    assert DAYS.add(date(2026, *start), days) == date(2026, *due)


def test_a_year_without_data_counts_weekdays_and_says_so() -> None:
    due = DAYS.due(date(2026, 12, 30), 5)
    assert (due.day, due.provisional) == (date(2027, 1, 6), True)
    assert not DAYS.due(date(2026, 11, 23), 5).provisional
    assert not DAYS.is_known(date(2027, 1, 1))


def test_a_day_both_off_and_moved_counts_as_worked() -> None:
    day = date(2026, 5, 4)
    assert WorkingDays.from_data(
        [type(year)(year=year.year, source="", holidays=year.holidays, worked=(day,))
         for year in shipped_catalogue().county.calendar]).is_worked(day)


def test_a_deadline_never_lies_in_the_past() -> None:
    with pytest.raises(ValueError, match="future"):
        DAYS.add(date(2026, 11, 23), -1)
    assert DAYS.add(date(2026, 11, 23), 0) == date(2026, 11, 23)


@given(st.dates(date(2025, 1, 1), date(2028, 1, 1)), st.integers(1, 60))
def test_adding_and_counting_agree(start: date, days: int) -> None:
    due = DAYS.add(start, days)
    assert DAYS.is_worked(due)
    assert DAYS.between(start, due) == days
    assert DAYS.between(due, start) == 0
