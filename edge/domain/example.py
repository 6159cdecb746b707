"""An item's invented answers, good on any day: appointments lie ahead of the day on which the example is asked for."""

from datetime import date, timedelta

from edge.domain.answers import Answers
from edge.domain.county import County
from edge.domain.form import Item

SOON_DAYS = 30


def example_for(item: Item, county: County, today: date) -> Answers:
    """Return the answers of `item.example`; where a working day to come is asked for, one within the next 30 days."""
    answers: Answers = dict(item.example)
    for key in {field.key for field in item.fields if field.workday} & answers.keys():
        answers[key] = _soon(county, today, str(answers[key]))
    return answers


def _soon(county: County, today: date, written: str) -> str:
    days = county.working_days()
    ahead = [day for n in range(1, SOON_DAYS + 1) if days.is_worked(day := today + timedelta(days=n))]
    return written if not ahead or written in {day.isoformat() for day in ahead} else ahead[0].isoformat()
