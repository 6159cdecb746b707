"""Staff choose an item: first its department, then the item, so that a hundred of them are two touches away."""

from collections import Counter
from collections.abc import Iterable

from flask import request
from werkzeug import Response

from edge.domain.form import Item
from edge.kiosk.guard import visit
from edge.kiosk.page import render
from edge.kiosk.paging import cut
from edge.kiosk.site_here import site

ROWS, LARGE_ROWS = 7, 5


def choose_item(title: str, items: Iterable[Item], *, to: str, back: str) -> Response:
    """Show the departments, or with `?department=` the items of one.

    Args:
        to: the address of an item without its code.
        back: where one came from.
    """
    here, key = request.path, request.args.get("department", "")
    found = list(items)
    mine = [item for item in found if item.department == key]
    if not mine:
        counts, known = Counter(item.department for item in found), site().catalogue().departments
        offices = [(one, known[one], count) for one, count in counts.most_common()]
        return render("departments.html", title=title, offices=offices, total=len(found), back=back,
                      link=f"{here}?department=")
    page = cut(mine, LARGE_ROWS if visit().large else ROWS, request.args.get("page", ""))
    return render("paper_items.html", page=page, title=title, back=here, link=f"{here}?department={key}", to=to)
