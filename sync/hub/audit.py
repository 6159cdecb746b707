"""The hub's audit, for those who read it: lines are written where the acts are."""

from collections.abc import Iterator

from edge.domain.audit import Line
from edge.records import audit
from sync.hub.hub import Hub


def lines(hub: Hub) -> Iterator[tuple[Line, bytes]]:
    """Yield every line with its hash, oldest first; `seal_line` tells whether it follows from the one before."""
    return audit.lines(hub.store.read())
