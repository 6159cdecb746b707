"""The line to the county in true words, and the clock: small pieces that a page fetches again by itself."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, make_response, render_template, request
from werkzeug import Response

from edge.desk.lodge import PHONE
from edge.desk.site import Line, LineState, Site
from edge.domain.envelope import Faulty, Kind
from edge.ground.clock import local_day
from edge.kiosk import words
from edge.kiosk.saying import _
from edge.kiosk.site_here import channel, site
from edge.records import lane

bp = Blueprint("line", __name__)
JUST_NOW = timedelta(minutes=2)
FEW = 20   # more that wait at once are never words alone
WORDS = frozenset({Kind.INQUIRY, Kind.LOST})


@dataclass(frozen=True)
class LineWords:
    """What the line says: its drawing and tint, the bold sentence, the plain one, the time at the right."""

    state: str
    bold: str
    plain: str
    since: str

    @property
    def mark(self) -> str:
        """Return what changes when the words do."""
        return f"{self.state}|{self.bold}|{self.plain}|{self.since}"


def line_words(at: Site) -> LineWords:
    """Return the line's words. 通着 only after an exchange of our own; a total only where the machine knows it."""
    line = at.line()
    now = at.clock.now()
    if line.state is Line.UP:
        last = line.last_exchange
        if last is None or now - last < JUST_NOW:
            since = _("刚刚通过话")
        else:
            since = _("%(when)s 通过话", when=words.when(last, now))
        return LineWords("up", _("和县里的线路通着"), "", since)
    if line.state is Line.SENDING:
        what = _("给县里的话，不是材料") if _without_forms(at, line) else _how_far(line)
        return LineWords("sending", _("正在往县里送："), what, "")
    if line.since is None:
        return LineWords("down", _("还没有和县里通上话。"), _what_goes_on(at), "")
    same_day = local_day(line.since) == local_day(now)
    start = words.clock(line.since) if same_day else words.when(line.since, now)
    return LineWords("down", _("和县里的线路断了。"), _what_goes_on(at), _("%(time)s 起", time=start))


def _what_goes_on(at: Site) -> str:
    if not at.refusing().takes_forms:
        return ""
    return _("能填能交，先存在站里的机器上。") if channel() == PHONE else _("能填能交，先存在本机。")


def _without_forms(at: Site, line: LineState) -> bool:
    """Return whether what waits is words alone, as a question about a receipt is: nobody has a form under way."""
    if not 0 < line.waiting <= FEW:
        return False
    db = at.store.read()
    try:
        kinds = [one.envelope.header.kind for one in lane.after(db, lane.acked(db)[0], FEW)]
    except Faulty:
        return False   # the disk has changed it; housekeeping mends that
    return bool(kinds) and all(kind in WORDS for kind in kinds)


def _how_far(line: LineState) -> str:
    """Return how many of how many are there, and about how long the rest takes once that is known."""
    progress = line.progress
    if progress is None or not progress.total:
        return _("还剩 %(number)d 件", number=line.waiting) if line.waiting else _("照片")
    there = _("送到了 %(done)d/%(total)d 件", done=progress.done, total=progress.total)
    return there + _how_long(progress.seconds_left)


def _how_long(seconds_left: int | None) -> str:
    if seconds_left is None:
        return ""
    minutes = -(-seconds_left // 60)
    return _("，不到 1 分钟") if minutes <= 1 else _("，大约还要 %(n)d 分钟", n=minutes)


@bp.get("/line")
def show() -> Response:
    """Return the line's words again, or nothing while they have not changed (so that no reader repeats them)."""
    line = line_words(site())
    if request.args.get("v") == line.mark:
        return make_response("", 204)
    return make_response(render_template("kiosk/_line.html", line=line))


@bp.get("/clock")
def clock() -> Response:
    """Return the clock again."""
    now = site().clock.now()
    there = local_day(now)
    date = f"{words.day(there)} {words.weekday(there)}"
    return make_response(render_template("kiosk/_clock.html", clock=words.clock(now), date=date))
