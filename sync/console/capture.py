"""When a form was taken, as far as it can be known: a machine's clock may be wrong by years.

The hub counts from the moment of capture where that lies between enrolment and arrival, else from arrival
(sync/hub/open.py); the pages say which of the two it was.
"""

from dataclasses import dataclass
from datetime import date

from edge.ground.clock import local_day, moment, seconds
from sync.console.office import machines
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
    enrolled = next((seconds(one.enrolled_at) for one in machines() if one.device == case.device.hex()), 0)
    possible = enrolled <= case.lodged_at <= case.received_at
    near = enrolled <= case.lodged_at <= case.received_at + TOLERATED_SECONDS
    return Capture(case.lodged_at if possible else case.received_at, not near)
