"""From when the answer period of a case runs, and whether the machine's clock is to be doubted.

The hub counts from the moment of capture where that lies between enrolment and arrival, else from arrival
(`sync.hub.legal_clock`). A clock that is a few minutes ahead is not called doubtful.
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
    """`counted_from`, in seconds since 1970, is where the answer period begins. `doubtful`: it is not the moment of
    capture, and the machine's clock was more than `TOLERATED_SECONDS` ahead, or before its enrolment.
    """

    counted_from: int
    doubtful: bool

    @property
    def day(self) -> date:
        """The day by which rules are judged and working days counted."""
        return local_day(moment(self.counted_from))


def capture(case: Case) -> Capture:
    """Return from when a case counts, and whether that is in doubt."""
    counted = counted_from(hub().store.read(), case.device, case.lodged_at, case.received_at)
    near = counted == case.lodged_at or 0 <= case.lodged_at - case.received_at <= TOLERATED_SECONDS
    return Capture(counted, not near)
