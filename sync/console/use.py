"""哪里卡住: for each question of an item how many got through, how long it took, and where people stopped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, request
from werkzeug.wrappers import Response

from edge.domain.form import Item
from edge.domain.form_walk import form_fields
from edge.domain.use import (
    ANSWERED,
    BEGUN,
    CHECK,
    HELPED,
    LEFT,
    LODGED,
    PRACTISED,
    SECONDS,
    SHOWN,
    SLOWER,
    WAYS,
    WRONG,
    Counts,
    name,
)
from edge.ground.clock import local_day
from edge.ground.problem import NOT_FOUND, Problem
from sync.console import guard
from sync.console.frame import render, tr
from sync.console.office import catalogue, hub, now
from sync.console.say import say as _
from sync.hub.accounts import Role
from sync.hub.tables import use

bp = Blueprint("use", __name__)
PERIODS = (7, 30, 90)
SPANS = (*map(str, SECONDS), SLOWER)


@dataclass(frozen=True)
class Line:
    """One question: how often it was shown, what came of it, and the span in which the middle answer came."""

    label: str
    shown: int
    through: int      # per cent of the showings that were answered
    wrong: int
    left: int
    helped: int
    middle: str


@bp.get("/catalogue/<code>/use")
def show(code: str) -> Response:
    """Show the last days of one item, `?days=` 7, 30 or 90 and `?version=`; a reviewer sees the items of their own
    department.
    """
    item = catalogue().items.get(code)
    who = guard.account()
    if item is None or (who.role == Role.REVIEWER and who.department not in ("", item.department)):
        raise Problem(NOT_FOUND)
    asked = request.args.get("days", PERIODS[1], type=int)
    days = asked if asked in PERIODS else PERIODS[1]
    versions = use.of_item(hub().store.read(), code, (local_day(now()) - timedelta(days=days)).isoformat())
    newest = max(versions, default=item.version)
    version = request.args.get("version", newest, type=int)
    counts = versions.get(version, {})
    return render(
        "use.html",
        item=item,
        name=tr(item.name),
        days=days,
        periods=PERIODS,
        version=version,
        versions=sorted(versions, reverse=True),
        begun=counts.get(name("", BEGUN), 0),
        lodged=counts.get(name("", LODGED), 0),
        practised=counts.get(name("", PRACTISED), 0),
        ways=_ways(counts),
        lines=lines(item, counts),
    )


def lines(item: Item, counts: Mapping[str, int]) -> list[Line]:
    """Return the questions that were shown, in the form's order; last the page on which all is looked through."""
    labels = {field.key: tr(field.label) for field in form_fields(item)} | {CHECK: _("看一遍再交")}
    shown = {key.rpartition(".")[0] for key in counts if key.endswith(f".{SHOWN}")}
    gone = sorted(shown - labels.keys())   # asked by another version of the item
    return [_line(key, labels.get(key, key), counts) for key in (*labels, *gone) if key in shown]


def _line(key: str, label: str, counts: Mapping[str, int]) -> Line:
    def of(what: str) -> int:
        return counts.get(name(key, what), 0)

    shown = of(SHOWN)
    through = shown - of(LEFT) if key == CHECK else of(ANSWERED)
    return Line(label, shown, min(100, round(100 * through / shown)) if shown else 0, of(WRONG), of(LEFT), of(HELPED),
                _middle([of(span) for span in SPANS]))


def _middle(numbers: list[int]) -> str:
    """Return the span in which the middle answer came, in words."""
    seen, half = 0, sum(numbers) / 2
    for number, limit in zip(numbers, (*SECONDS, 0), strict=True):
        seen += number
        if number and seen >= half:
            return _("不到 %(n)d 秒", n=limit) if limit else _("%(n)d 秒以上", n=SECONDS[-1])
    return "—"


def _ways(counts: Counts) -> list[tuple[str, int]]:
    words = {"search": _("写字找"), "event": _("按遇到的事"), "department": _("按部门"), "first": _("第一次用的介绍")}
    return [(words[way], counts[name("", way)]) for way in WAYS if name("", way) in counts]
