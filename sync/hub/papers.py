"""Papers at the county: the day on the paper beside the machine's time, and one number that two cases bear.

Two cases under one number stay two cases: what may happen once hangs on the envelope's name. A person looks which paper
was typed in wrong.
"""

from datetime import date

from edge.domain.submission import Paper
from edge.ground.database import Connection
from sync.hub.hub import Hub
from sync.hub.tables import alarms, papers
from sync.hub.tables.cases import Case
from sync.hub.tables.papers import PaperCase

SAME_NUMBER = "same-number"


def note(hub: Hub, db: Connection, case: Case, paper: Paper | None) -> None:
    """Write down what a fresh case's paper says, and sound when its number is another case's as well."""
    if paper is not None:
        papers.add(db, case.name, PaperCase(_day(paper.handed_in), paper.own))
    first, *others = papers.with_number(db, case.code)
    if others:
        alarms.sound(db, SAME_NUMBER, first, f"{1 + len(others)} cases bear one receipt code", hub.now())


def _day(said: str) -> str:
    """Return the day that a machine says stands on the paper, "" where no calendar knows it."""
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        return ""
