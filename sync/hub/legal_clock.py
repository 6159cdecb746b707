"""The legal clock of a case: from when the answer period runs, and to which day.

It runs from capture on the machine, not from sync. A machine's clock may be wrong by years: a moment before its
enrolment or after the arrival cannot be right, and then the arrival counts.
"""

from datetime import date

from edge.domain.form import Item
from edge.ground.clock import local_day, moment
from edge.ground.database import Connection
from sync.hub.hub import Hub
from sync.hub.tables import devices
from sync.hub.tables.envelopes import Kept


def counted_from(db: Connection, device: bytes, captured_at: int, received_at: int) -> int:
    """Return from when the period runs, in seconds since 1970."""
    row = devices.get(db, device)
    enrolled_at = row.enrolled_at if row else received_at
    return captured_at if enrolled_at <= captured_at <= received_at else received_at


def reply_by(hub: Hub, db: Connection, item: Item, kept: Kept) -> date:
    """Return the last day to answer what an envelope brought: so many working days after the day of its capture."""
    begin = counted_from(db, kept.device, kept.envelope.header.device_time, kept.received_at)
    return hub.county().working_days().add(local_day(moment(begin)), item.limits.answer_days)
