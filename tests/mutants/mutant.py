"""A bug planted on purpose."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """One edit of one file: `old` stands in it exactly once and becomes `new`; then `test` must fail."""

    name: str
    file: str
    old: str
    new: str
    test: str
