"""A state machine is a table; this is its reader."""

from collections.abc import Mapping
from typing import TypeVar

S = TypeVar("S")
E = TypeVar("E")


def advance(table: Mapping[tuple[S, E], S], state: S, event: E) -> S | None:
    """Return the state after `event`, or None where the table does not allow it."""
    return table.get((state, event))


def events_from(table: Mapping[tuple[S, E], S], state: S) -> list[E]:
    """Return the events that the table allows in `state`, in its order: which buttons a screen shows."""
    return [event for (at, event) in table if at == state]
