"""Use: keep what machines counted of their forms. Source: docs/protocol.md 16."""

from collections.abc import Sequence
from datetime import date, timedelta

from edge.domain.lane import INCARNATION_BYTES
from edge.domain.use import DayUse, is_sound
from edge.ground.database import Connection
from sync.hub.tables import use

KEEP_DAYS = 400
AHEAD_DAYS = 2
"""A machine's clock may run ahead; what lies further in the future would never be dropped."""
MOST_AT_ONCE = 100


def take(db: Connection, device: bytes, uses: Sequence[DayUse], today: date) -> None:
    """Keep the newest total of each day; what is not sound, or too old, is left out and stops nothing."""
    oldest = (today - timedelta(days=KEEP_DAYS)).isoformat()
    for one in uses[:MOST_AT_ONCE]:
        in_bounds = is_sound(one, today + timedelta(days=AHEAD_DAYS)) and one.day >= oldest
        if in_bounds and len(one.incarnation) == INCARNATION_BYTES:
            use.put(db, device, one)
    if uses:
        use.forget(db, device, oldest)
