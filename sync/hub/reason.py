"""Why a person did it, as it goes into the audit for good: a sentence, and nobody's number."""

from edge.domain.reason import holds_a_number
from edge.ground.problem import REASON_MISSING, REASON_NAMES, Problem

LEAST_WORDS, MOST_WORDS = 2, 200


def stated(reason: str, least: int = LEAST_WORDS, most: int = MOST_WORDS) -> str:
    """Return a reason as it is written down.

    Raises:
        Problem: REASON_MISSING when it is too short or too long, REASON_NAMES when it holds somebody's number.
    """
    why = " ".join(reason.split())
    if not least <= len(why) <= most:
        raise Problem(REASON_MISSING, f"{least} 到 {most} 个字 / {least} to {most} characters")
    if holds_a_number(why):
        raise Problem(REASON_NAMES)
    return why
