"""Sticks at the county: files of machines read in through the browser, and the reply that each takes home."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from flask import Blueprint, Response, request, send_file
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from edge.ground.clock import moment
from edge.ground.once import write_once
from edge.ground.problem import FOR_THE_OTHER_SIDE, NO_FERRY_FILE, NOT_FOUND, Problem
from sync.console import guard, words
from sync.console.frame import render
from sync.console.office import hub, machines, now, people
from sync.console.problem_page import words_of
from sync.console.say import say as _
from sync.hub import courier
from sync.hub.courier import Tally
from sync.hub.tables import imports
from sync.hub.tables.imports import Import
from sync.protocol.ferry_file import SUFFIX

bp = Blueprint("usb", __name__)
MOST_FILES, MOST_SHOWN = 20, 50


@dataclass(frozen=True)
class Line:
    """One file that was read in, or was refused. `reply` is the number of its reply, 0 without one."""

    name: str
    machine: str
    said: list[str]
    bad: bool
    reply: int = 0
    when: str = ""
    who: str = ""


@bp.get("/usb")
def show() -> AnyResponse:
    """Show what was read in lately."""
    return _page()


@bp.post("/usb")
def take() -> AnyResponse:
    """Read the uploaded files in, each by itself; one that is refused stops no other."""
    uploads = [one for one in request.files.getlist("files") if one.filename][:MOST_FILES]
    if not uploads:
        return _page(fault=_("先选 U 盘上的 .ferry 文件。"), status=422)
    return _page(fresh=[_take(one) for one in uploads])


@bp.get("/usb/<int(max=999999999):number>/reply")
def reply(number: int) -> AnyResponse:
    """Hand out the reply of an import."""
    found, path = imports.get(hub().store.read(), number), courier.kept_reply(hub(), number)
    if found is None or not found.replied or not path.exists():
        raise Problem(NOT_FOUND)
    stem = PurePosixPath(found.name).stem
    answer: Response = send_file(path, "application/octet-stream", as_attachment=True,
                                 download_name=f"{stem}{courier.REPLY_MARK}{SUFFIX}", etag=False)
    return answer


def _take(upload: FileStorage) -> Line:
    name = PurePosixPath((upload.filename or "").replace("\\", "/")).name   # shown, and never used as a path
    try:
        tally, replies = courier.take(hub(), upload.stream.read)
    except Problem as problem:
        if problem.kind not in (NO_FERRY_FILE, FOR_THE_OTHER_SIDE):
            raise
        return Line(name[:courier.LONGEST_NAME], "", list(words_of(problem)), True)
    number = courier.book(hub(), guard.account().actor, name, tally, replied=bool(replies))
    if replies:
        path = courier.kept_reply(hub(), number)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        write_once(path, replies)
    said = _said(tally.fresh, tally.known, tally.aside, tally.strange, tally.torn)
    return Line(name[:courier.LONGEST_NAME], _machine(tally), said, _bad(tally), number if replies else 0)


def _bad(tally: Tally) -> bool:
    return tally.torn or tally.strange > 0 or tally.aside > 0


def _machine(tally: Tally) -> str:
    return f"{tally.device.site_name} {tally.device.label}".strip() if tally.device else ""


def _said(fresh: int, known: int, aside: int, strange: int, torn: bool) -> list[str]:
    said = [_("新 %(fresh)d 份，已有 %(known)d 份。", fresh=fresh, known=known)]
    if aside:
        said.append(_("这台机器已吊销：%(n)d 份先放一边，等人决定。", n=aside))
    if strange:
        said.append(_("县里不认识这台机器，它的材料没有读入。先查它是谁的。"))
    if torn:
        said.append(_("文件不完整，读出来的都算数。带回那台机器再存一次。"))
    return said


def _line(one: Import) -> Line:
    labels = {machine.device: f"{machine.site} {machine.label}".strip() for machine in machines()}
    there = one.replied and courier.kept_reply(hub(), one.id).exists()
    return Line(
        one.name,
        labels.get(one.device.hex(), "") if one.device else "",
        _said(one.fresh, one.known, one.aside, one.strange, one.torn),
        one.torn or one.strange > 0 or one.aside > 0,
        one.id if there else 0,
        words.when(moment(one.at), now()),
        people().get(one.actor, one.actor.partition(":")[2] or one.actor),
    )


def _page(fresh: list[Line] | None = None, fault: str = "", status: int = 200) -> AnyResponse:
    before = [_line(one) for one in imports.newest(hub().store.read(), MOST_SHOWN)]
    return render("usb.html", status, fresh=fresh or [], rows=before, fault=fault)
