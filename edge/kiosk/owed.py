"""以后补: papers left for later and signatures on paper, named wherever the case is told, and how they are brought.

A machine takes a paper only once the county has asked for it: that is what the protocol can carry. So nothing here says
that it can be brought at once.
"""

from edge.desk.track import Tracked
from edge.domain.county import Department
from edge.domain.form import Item
from edge.domain.owed import owed_names
from edge.domain.submission import State
from edge.kiosk.page import tr
from edge.kiosk.saying import _


def papers(item: Item | None, owed: tuple[str, ...]) -> str:
    """Return the names of what these fields ask for; empty where nothing is owed."""
    return _("、").join(map(tr, owed_names(item, owed)) if item else owed)


def first_of(item: Item, owed: tuple[str, ...]) -> str:
    """Return the first name and how many there are; empty where nothing is owed."""
    return _("%(paper)s等 %(number)d 样", paper=papers(item, owed[:1]), number=len(owed)) if owed else ""


def of_case(case: Tracked, item: Item | None, department: Department | None) -> str:
    """Return what is still to be brought of a case and how, as far as its state allows; empty where nothing is owed."""
    named = papers(item, case.owed)
    if not named or case.state in (State.REJECTED, State.DONE, State.ERASED):
        return ""
    if case.state is State.NEEDS_CORRECTION:
        return _("您说以后补的%(papers)s，这次没有要。", papers=named)
    if case.state is not State.ACCEPTED and not case.corrected:
        return _("还要补：%(papers)s。先备好；县里要的时候，在这里补，或者拿到窗口。", papers=named)
    # the county asks only once: what it has not asked for by now it cannot ask for here any more
    if department is None:
        return _("还要补：%(papers)s。请拿到窗口。", papers=named)
    return _("还要补：%(papers)s。请拿到窗口，或者打 %(phone)s 问。", papers=named, phone=department.phone)
