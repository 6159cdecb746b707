"""Lists of items: by life event, by department, by words, or all."""

import re
from collections.abc import Iterable, Sequence

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from edge.domain.catalogue import by_ease
from edge.domain.form import Item
from edge.ground.problem import NOT_FOUND, Problem
from edge.kiosk.comfort import turned
from edge.kiosk.elsewhere import elsewhere
from edge.kiosk.guard import visit
from edge.kiosk.moon import legend, moon
from edge.kiosk.page import render, shown, tr
from edge.kiosk.paging import cut
from edge.kiosk.saying import _
from edge.kiosk.site_here import site

bp = Blueprint("listing", __name__)
ROWS = {("zh", False): 6, ("zh", True): 4, ("en", False): 4, ("en", True): 3}
"""Rows on a screen by language and large type: English lines are longer."""
NAMES = {("zh", False): 10, ("zh", True): 6, ("en", False): 8, ("en", True): 6}
"""Rows on a screen where a list is longer: names alone, so that one sees more of them at once."""
LONGEST_SEARCH = 40
MOST_ABSENT = 5


@bp.get("/event/<key>")
def by_event(key: str) -> Response:
    """Show the items of a life event."""
    catalogue = shown()
    for event in catalogue.events:
        if event.key == key:
            visit().meter.came("event")
            return _show(tr(event.name), catalogue.for_event(key), ranked=True)
    raise Problem(NOT_FOUND)


@bp.get("/department/<key>")
def by_department(key: str) -> Response:
    """Show the items that a department decides."""
    catalogue = shown()
    if key not in catalogue.departments:
        raise Problem(NOT_FOUND)
    visit().meter.came("department")
    return _show(tr(catalogue.departments[key].name), catalogue.for_department(key))


@bp.get("/all")
def everything() -> Response:
    """Show every department that has items: from there each item is two touches away."""
    offices = shown().offices()
    return render("departments.html", title=_("全部事项"), offices=offices, link="/department/", back="/",
                  total=sum(count for _key, _one, count in offices))


@bp.get("/search")
def search() -> Response:
    """Ask for the words to look for."""
    return render("search.html", typed=visit().search)


@bp.post("/search")
def remember() -> Response:
    """Keep the words in the visit: people type names here, and a URL is no place for them."""
    visit().search = request.form.get("words", "").strip()[:LONGEST_SEARCH]
    if turned(request.form.get("go", "")):
        return redirect(url_for(".search"), 303)
    return redirect(url_for(".found" if visit().search else ".search"), 303)


@bp.get("/found")
def found() -> Response:
    """Show what fits the words."""
    typed = visit().search
    if not typed:
        return redirect(url_for(".search"), 303)
    visit().meter.came("search")
    items = shown().search(typed)
    if items:
        return _show(_("找到 %(number)d 件", number=len(items)), items, ranked=True)
    absent = site().catalogue().search(typed)
    if absent:
        return _show(_("这件事，这台机器不办"), [], absent=absent[:MOST_ABSENT])
    return _show(_("没找到。换个说法再找找"), [])


def _show(title: str, items: Iterable[Item], *, ranked: bool = False, absent: Sequence[Item] = ()) -> Response:
    """Show a list; one that is not `ranked` already has the easiest first."""
    catalogue = shown()
    ordered = list(items) if ranked else by_ease(items)
    looks = visit().lang, visit().large
    names = len(ordered) > ROWS[looks]
    page = cut(ordered, NAMES[looks] if names else ROWS[looks], request.args.get("page", ""))
    rows = [
        (item, "" if names else brief(tr(item.purpose)), moon(item, tr(catalogue.departments[item.department].name)))
        for item in page.rows
    ]
    return render("list.html", title=title, total=len(ordered), rows=rows, page=page,
                  legend=() if names or visit().large else legend(),
                  absent=[(one, elsewhere(one.code)) for one in absent])


def brief(purpose: str) -> str:
    """Return the first sentence: what one gets, in one line."""
    return re.split(r"[。；;]|\. ", purpose, maxsplit=1)[0]
