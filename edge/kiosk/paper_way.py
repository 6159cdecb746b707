"""现在请用纸质表: what stands in the place of the first page while this machine takes no forms."""

import re

from werkzeug import Response

from edge.desk.readiness import Readiness, Ready
from edge.ground.problem import INTERNAL, cure, title
from edge.kiosk.guard import visit
from edge.kiosk.page import render

FOR_STAFF = re.compile("工作人员：|Staff: ")


def paper_way(ready: Readiness) -> Response:
    """Say that the machine takes nothing now, whom to ask, and that what was handed in can still be looked up."""
    here = visit()
    kind = ready.refusal or INTERNAL
    told = FOR_STAFF.split(cure(kind, here.lang))[-1]
    changed = here.lang != "zh" or here.large or here.dark or here.holds_something
    return render(
        "paper_way.html",
        why=title(kind, here.lang),
        cure=told[:1].upper() + told[1:],
        red=ready.state is Ready.RED,
        idle="quiet" if changed else "none",
    )
