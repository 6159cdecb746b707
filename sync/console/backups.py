"""Backups: what there is, whether it is fresh, when the next one comes, and what stands still after a restore."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from edge.domain.envelope import Faulty
from edge.ground.clock import CHINA, moment
from edge.ground.problem import BAD_REQUEST, REASON_MISSING, REASON_NAMES, Problem
from sync.console import guard, words
from sync.console.frame import render
from sync.console.looks import Look
from sync.console.office import hub, now
from sync.console.problem_page import sentences_of
from sync.console.say import say as _
from sync.hub import backup_plan, standing_still
from sync.hub.backup_plan import Settings
from sync.hub.key_bundle import has_recovery_code, new_recovery_code
from sync.hub.manifest import Manifest, read_manifest
from sync.hub.tables import backups as table

bp = Blueprint("backups", __name__)
MOST_ROWS = 12


@dataclass(frozen=True)
class BackupLine:
    """One backup as the table shows it."""

    number: int
    made: str
    cases: str
    size: str
    places: list[str]
    keys: str
    state: Look


@bp.get("/backups")
def show() -> Response:
    """Show the list, the plan, and what is wrong."""
    return _page()


@bp.post("/backups")
def make() -> Response:
    """Ask for a backup now; it is made beside everything else."""
    if not backup_plan.settings(hub()).targets:
        return _page(fault=_("先写备份放在哪里，再备份。"), status=422)
    hub().backup_wanted.set()
    return redirect(url_for(".show", said="asked"), 303)


@bp.post("/backups/settings")
def change() -> Response:
    """Set folders, hour and alarm."""
    targets = tuple(dict.fromkeys(
        line.strip() for line in request.form.get("targets", "").splitlines() if line.strip()))
    try:
        wanted = Settings(targets, int(request.form.get("hour", "")), int(request.form.get("alarm_days", "")))
        backup_plan.change(hub(), guard.account().actor, wanted)
    except (ValueError, Problem) as refused:
        if isinstance(refused, Problem) and refused.kind is not BAD_REQUEST:
            raise
        return _page(fault=_("没有改成：文件夹要写全路径，不能在县平台自己的文件夹里，最多 4 个。"), status=422)
    return redirect(url_for(".show", said="set"), 303)


@bp.post("/backups/code")
def code() -> Response:
    """Make a recovery code; it is shown once."""
    return render("recovery_code.html", code=new_recovery_code(hub(), guard.account().actor))


@bp.post("/backups/release")
def release() -> Response:
    """Let what reaches outside go on after a restore."""
    try:
        standing_still.release(hub(), guard.account().actor, request.form.get("reason", ""))
    except Problem as problem:
        if problem.kind not in (REASON_MISSING, REASON_NAMES):
            raise
        said = sentences_of(problem) if problem.kind is REASON_NAMES else _("没有放行：要写一句看过了什么。")
        return _page(fault=said, status=422)
    return redirect(url_for(".show", said="released"), 303)


def _page(fault: str = "", status: int = 200) -> Response:
    wanted, newest, last = backup_plan.settings(hub()), backup_plan.newest_at(hub()), backup_plan.last_try(hub())
    said = {"asked": _("马上开始备份，过一会儿刷新这一页。"), "set": _("已改好。"), "released": _("已放行。")}
    rows = [_line(row) for row in table.every(hub().store.read())[:MOST_ROWS]]
    still = standing_still.standing(hub().store.read())
    return render(
        "backups.html", status, rows=rows, kept=sum(row.state.tint == "accepted" for row in rows), wanted=wanted,
        newest=words.when(newest, now()) if newest else "", overdue=backup_plan.overdue(hub()),
        failed=last.why if last else "", failed_at=words.when(moment(last.at), now()) if last and last.why else "",
        next=words.when(_next(wanted), now()) if wanted.targets else "", running=_running(),
        keys=has_recovery_code(hub()), fault=fault, done=said.get(request.args.get("said", ""), ""),
        came_from=words.exact(moment(still.made_at))[:16] if still else "")


def _line(row: table.BackupRow) -> BackupLine:
    found = _manifest(row.manifest)
    live = row.state == "kept"
    return BackupLine(
        row.number, words.exact(moment(row.made_at))[:16], str(found.cases) if found else "—",
        _size(found.size) if found else "—", table.places(hub().store.read(), row.id) if live else [],
        "" if found is None else _("有") if found.keys else _("没有"),
        Look("accepted", "yes", _("可以恢复")) if live else Look("saved", "no", _("已退役")))


def _manifest(line: bytes) -> Manifest | None:
    try:
        return read_manifest(line, hub().key.public)
    except Faulty:
        return None


def _size(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{max(size / 1e6, 0.1):.1f} MB"


def _next(wanted: Settings) -> datetime:
    here = now().astimezone(CHINA)
    struck = datetime.combine(here.date(), time(wanted.hour), CHINA)
    return struck if struck > here else struck + timedelta(days=1)


def _running() -> str:
    under_way = hub().backing_up
    if under_way is None:
        return ""
    step, percent = under_way
    return _("正在复制，%(n)d %%", n=percent) if step == "copy" else _("正在检查")
