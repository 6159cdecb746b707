"""When a form was taken, as far as it can be known: a machine's clock may be wrong by years.

The hub counts from the moment of capture where that lies between enrolment and arrival, else from arrival
(sync/hub/open.py); the pages say which of the two it was.
"""

from dataclasses import dataclass
from datetime import date

from edge.ground.clock import local_day, moment
from sync.console.office import hub
from sync.hub.legal_clock import counted_from
from sync.hub.tables.cases import Case

TOLERATED_SECONDS = 600


@dataclass(frozen=True)
class Capture:
    """`counted_from` is where the answer period begins; `doubtful` when the machine's clock cannot have been right."""

    counted_from: int
    doubtful: bool

    @property
    def day(self) -> date:
        """The day by which rules are judged and working days counted."""
        return local_day(moment(self.counted_from))


def capture(case: Case) -> Capture:
    """Return when a case's form was taken."""
    counted = counted_from(hub().store.read(), case.device, case.lodged_at, case.received_at)
    near = counted == case.lodged_at or 0 <= case.lodged_at - case.received_at <= TOLERATED_SECONDS
    return Capture(counted, not near)
