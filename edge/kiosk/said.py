"""What one person wrote in the form before, for the next one of the same visit."""

from dataclasses import dataclass

from edge.domain.answers import Answers


@dataclass
class Said:
    """Shared answers, in memory; `tail` are the last four of their ID number, asked before anything is used."""

    tail: str
    answers: Answers
    tries: int = 0
    error: str = ""
