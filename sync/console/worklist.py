"""The work list: what waits for an answer, first whoever waits for a call, then the nearest deadline."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from edge.domain.receipt import read_code
from edge.ground.clock import moment
from sync.console import guard, words
from sync.console.capture import capture
from sync.console.day_clock import DayClock, short_clock
from sync.console.frame import render, tr
from sync.console.looks import Look, case_look
from sync.console.office import catalogue, hub, machines, now, today
from sync.console.on_paper import twice
from sync.console.say import say as _
from sync.console.urgent import is_waited_for, urgent_items
from sync.hub import registry, review
from sync.hub.materials import waiting_for
from sync.hub.tables.cases import Case, Search

bp = Blueprint("worklist", __name__)
ON_A_PAGE = 50
MOST_SKIPPED = 100_000
WAITING = "held"


@dataclass(frozen=True)
class Row:
    """One case as the list shows it; `photos` are those still on their way; `live` is waited for now."""

    id: str
    clock: DayClock
    item: str
    code: str
    name: str
    place: str
    channel: str
    lodged: str
    road: str
    look: Look
    doubtful: bool
    twin: bool = False
    photos: int = 0
    live: bool = False


@dataclass(frozen=True)
class Tab:
    """One state with its number."""

    url: str
    words: str
    number: int
    here: bool


@bp.get("/cases")
def show() -> Response:
    """Show one state of the list, narrowed by item and site."""
    state = request.args.get("state", WAITING)
    return _list(
        Search(
            "" if state == "all" else state,
            guard.account().department,
            request.args.get("item", ""),
            request.args.get("site", ""),
        )
    )


@bp.post("/cases/find")
def find() -> Response:
    """Find by receipt code, item or site. What was typed goes into no address: it might be somebody's name."""
    typed = request.form.get("words", "").strip()
    code = read_code(typed)
    if code:
        found, _counts = review.work_list(hub(), Search(department=guard.account().department, words=code), 2)
        if found:   # of two under one number the first leads to the other
            return redirect(url_for("case.show", case_id=found[0].id), 303)
        return _nothing(_("没有这个回执号的案件"), _("可能还在路上，或者不归您的部门。对着回执再看一遍。"))
    items = catalogue().search(typed) if typed else []
    if items:
        return redirect(url_for(".show", state="all", item=items[0].code), 303)
    sites = [site.name for site in registry.sites(hub()) if typed and typed in site.name]
    if sites:
        return redirect(url_for(".show", state="all", site=sites[0]), 303)
    return _nothing(_("没有找到"), _("这里能找回执号（10 位）、事项和站点。不能按人名找，是为了少看别人的信息。"))


def _nothing(bold: str, plain: str) -> Response:
    return render("nothing.html", 404, bold=bold, plain=plain)


def _list(search: Search) -> Response:
    skip = min(max(request.args.get("skip", 0, type=int), 0), MOST_SKIPPED)
    found, counts = review.work_list(hub(), search, ON_A_PAGE + 1, skip, urgent_items())
    shown = found[:ON_A_PAGE]
    labels = {one.device: one.label for one in machines()}
    day, twins, waits = today(), twice(shown), waiting_for(hub(), shown)
    return render(
        "worklist.html",
        rows=[row(one, labels, day, twin=one.code in twins, photos=waits[one.id]) for one in shown],
        tabs=_tabs(search, counts),
        search=search,
        items=[(item.code, tr(item.short)) for item in catalogue().items.values()],
        state=search.state or "all",
        sites=[site.name for site in registry.sites(hub())],
        first=skip + 1,
        last=skip + len(shown),
        total=sum(counts.values()) if not search.state else counts.get(search.state, 0),
        newer=_page(search, max(skip - ON_A_PAGE, 0)) if skip else "",
        older=_page(search, skip + ON_A_PAGE) if len(found) > ON_A_PAGE else "",
        empty=_empty(search),
    )


def _page(search: Search, skip: int) -> str:
    return url_for(".show", state=search.state or "all", item=search.item or None, site=search.site or None, skip=skip)


def _tabs(search: Search, counts: dict[str, int]) -> list[Tab]:
    names = (
        ("held", _("待审")),
        ("needs_correction", _("已退补")),
        ("accepted", _("已受理")),
        ("done", _("已办结")),
        ("rejected", _("不予受理")),
        ("all", _("全部")),
    )
    return [
        Tab(
            url_for(".show", state=key, item=search.item or None, site=search.site or None),
            name,
            sum(counts.values()) if key == "all" else counts.get(key, 0),
            key == (search.state or "all"),
        )
        for key, name in names
    ]


def _empty(search: Search) -> tuple[str, str]:
    if search.item or search.site:
        return _("这样筛，一件也没有"), _("换一个事项或站点，或者看全部。")
    if search.state == WAITING:
        return _("没有待审的"), _("居民交来的，送到县里就会出现在这里，最急的在上面。")
    return _("这里还没有案件"), _("有了决定，案件会移到这里。")


def row(case: Case, labels: dict[str, str], day: date, *, twin: bool = False, photos: int = 0) -> Row:
    """Return a case as the list shows it."""
    item = hub().item(case.item, case.version)
    worked = catalogue().county.working_days()
    taken = capture(case)
    clock = short_clock(
        taken.day,
        date.fromisoformat(case.reply_by),
        item.limits.answer_days if item else 5,
        case.state == WAITING,
        day,
        worked,
    )
    return Row(
        case.id,
        clock,
        tr(item.short) if item else case.item,
        case.item,
        case.masked_name,
        f"{case.site} {labels.get(case.device.hex(), '')}".strip(),
        channel_words(case),
        words.when(moment(case.lodged_at), now()),
        "" if taken.doubtful else words.span(timedelta(seconds=max(0, case.received_at - case.lodged_at))),
        case_look(case.state),
        taken.doubtful,
        twin,
        photos,
        is_waited_for(case, item),
    )


def channel_words(case: Case) -> str:
    """Return how it was handed in: by oneself, with a helper, by another program."""
    if case.helper:
        return _("帮办")
    return {"kiosk": _("自助"), "phone": _("手机"), "paper": _("纸表录入")}.get(case.channel, _("别的机器"))
