"""Safe: up to which place of a lane all that may be restored holds it too. Source: docs/protocol.md 7."""

from edge.ground.database import Connection
from sync.hub.tables import backups, lanes


def safe_up_to(db: Connection, device: bytes, incarnation: bytes) -> int:
    """Return the lowest head of a lane over all backups that may be restored; 0 without any backup.

    A head counts by its chain value: a backup of another history holds nothing of this lane, however far it goes.
    """
    lowest: int | None = None
    for n, chain in backups.heads_at(db, device, incarnation):
        at = lanes.named(db, device, incarnation, n)
        found = n if at is not None and at[1] == chain else 0
        lowest = found if lowest is None else min(lowest, found)
    return lowest or 0
