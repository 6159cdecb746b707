"""Practice: who tries a form out hands in nothing, whatever the pages do.

The mark belongs to the request under way. Every envelope of a person and every photo is sealed behind
`refuse_practice`: a page that forgets that this is practice gets a refusal, and nothing was written down.
"""

from contextvars import ContextVar

from edge.ground.problem import ONLY_PRACTICE, Problem

_practice: ContextVar[bool] = ContextVar("practice", default=False)


def practising(practice: bool) -> None:
    """Say whether what follows in this request is practice."""
    _practice.set(practice)


def refuse_practice() -> None:
    """Let only what is meant pass.

    Raises:
        Problem: ONLY_PRACTICE.
    """
    if _practice.get():
        raise Problem(ONLY_PRACTICE)
