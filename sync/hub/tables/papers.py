"""What is known of forms that were typed in from paper, and which cases bear one number."""

from collections.abc import Iterable
from dataclasses import dataclass

from edge.ground.database import Connection

ADD = "INSERT INTO paper_cases (name, handed_in, own) VALUES (:name, :handed_in, :own)"
OF = "SELECT handed_in, own FROM paper_cases WHERE name = :name"
SAME_NUMBER = "SELECT id FROM cases WHERE code = :code ORDER BY position"
TWICE = "SELECT count(*) AS n FROM cases WHERE code = :code"


@dataclass(frozen=True)
class PaperCase:
    """`handed_in` is the day on the paper, like 2026-11-30, "" where none could be read; `own`: the machine that typed
    it in had printed its number.
    """

    handed_in: str
    own: bool


def add(db: Connection, name: bytes, paper: PaperCase) -> None:
    """Note that a case came on paper."""
    db.execute(ADD, {"name": name, "handed_in": paper.handed_in, "own": paper.own})


def of(db: Connection, name: bytes) -> PaperCase | None:
    """Return what is known of a case's paper, or None when it did not come on one."""
    row = db.execute(OF, {"name": name}).fetchone()
    return None if row is None else PaperCase(row["handed_in"], bool(row["own"]))


def with_number(db: Connection, code: str) -> list[str]:
    """Return the ids of all cases under a receipt code, in the order in which they were opened."""
    return [row["id"] for row in db.execute(SAME_NUMBER, {"code": code})]


def numbers_twice(db: Connection, codes: Iterable[str]) -> set[str]:
    """Return those of the receipt codes that more than one case bears."""
    return {code for code in set(codes) if db.execute(TWICE, {"code": code}).fetchone()["n"] > 1}
