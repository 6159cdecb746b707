"""The catalogue: what is published, in which versions, what changed, and how a new version is checked and published."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, current_app, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from edge.domain.catalogue import CatalogueFault, Fault, item_from_bytes, load_items
from edge.domain.form import Item
from edge.ground.clock import moment
from edge.ground.problem import CATALOGUE_FAULTY, NOT_FOUND, PAGE_EXPIRED, VERSION_TAKEN, Problem
from sync.console import guard, office, words
from sync.console.difference import Part, difference
from sync.console.drafts import Drafts
from sync.console.frame import render, tr
from sync.console.office import hub, now, people
from sync.console.problem_page import sentences_of
from sync.console.say import say as _
from sync.hub import publish as press
from sync.hub.tables import published

bp = Blueprint("catalogue", __name__)
MOST_FILES = 40


@dataclass(frozen=True)
class ItemLine:
    """One published item as the list shows it."""

    code: str
    name: str
    department: str
    offline: str
    version: int
    fields: int
    published: str
    actor: str


@dataclass(frozen=True)
class Proposal:
    """One checked item before it is published: which version it follows, what changes, and why it cannot go out."""

    item: Item
    name: str
    before: int
    parts: list[Part]
    same: bool
    stop: str


def _drafts() -> Drafts:
    found: Drafts = current_app.extensions["drafts"]
    return found


@bp.get("/catalogue")
def show() -> Response:
    """List what is published."""
    return _page()


@bp.get("/catalogue/<code>")
def item(code: str) -> Response:
    """Show one item's versions, and what changed between two of them."""
    versions = published.versions(hub().store.read(), "item", code)
    if not versions:
        raise Problem(NOT_FOUND)
    numbers = [one.version for one in versions]
    newer = request.args.get("to", numbers[0], type=int)
    older = request.args.get("from", next((number for number in numbers if number < newer), 0), type=int)
    kept = {one.version: item_from_bytes(one.content) for one in versions if one.version in (newer, older)}
    if newer not in kept:
        raise Problem(NOT_FOUND)
    return render(
        "catalogue_item.html",
        item=kept[newer],
        name=tr(kept[newer].name),
        older=older if older in kept else 0,
        newer=newer,
        parts=difference(kept.get(older), kept[newer]) if older in kept else [],
        versions=[(one.version, words.when(moment(one.published_at), now()), _who(one.actor)) for one in versions],
    )


@bp.post("/catalogue/check")
def check() -> Response:
    """Check uploaded files; every fault at once, by file, field and cure."""
    uploads = [one for one in request.files.getlist("files") if one.filename][:MOST_FILES]
    if not uploads:
        return _page(fault=_("先选要发布的文件（YAML）。"), status=422)
    try:
        items = _read(uploads)
    except CatalogueFault as fault:
        return _page(faults=fault.faults, status=422)
    _drafts().put(guard.session().token_hash, items)
    return _proposals(items)


@bp.post("/catalogue/publish")
def publish() -> Response:
    """Publish what was checked."""
    items = _drafts().get(guard.session().token_hash)
    if not items:
        raise Problem(PAGE_EXPIRED)
    try:
        fresh = press.publish_items(hub(), items, guard.account().actor)
    except Problem as problem:
        if problem.kind not in (VERSION_TAKEN, CATALOGUE_FAULTY):
            raise
        return _proposals(list(items), f"{problem.detail}: {sentences_of(problem)}", problem.kind.status)
    _drafts().drop(guard.session().token_hash)
    return _page(
        done=_("已发布 %(n)d 个：%(names)s。机器下一次通话就换上。", n=len(fresh), names="、".join(fresh))
        if fresh
        else _("和已发布的一样，什么也没变。")
    )


def _read(uploads: list[FileStorage]) -> list[Item]:
    """Check the files in a folder of their own; their names are only shown, never used as paths."""
    names = {f"{at:03}.yaml": Path(one.filename or "").name[:60] or f"{at}.yaml" for at, one in enumerate(uploads)}
    with TemporaryDirectory(prefix="yizhan-") as folder:
        paths = [Path(folder) / name for name in names]
        for path, one in zip(paths, uploads, strict=True):
            path.write_bytes(one.stream.read())
        try:
            return load_items(paths, office.catalogue().county)
        except CatalogueFault as fault:
            raise CatalogueFault(
                Fault(names.get(one.file, one.file), one.field, one.cure) for one in fault.faults
            ) from fault


def _proposals(items: list[Item], fault: str = "", status: int = 200) -> Response:
    return render(
        "catalogue_check.html",
        status,
        proposals=[_proposal(one) for one in items],
        fault=fault,
        machines=len(office.machines()),
        down=sum(one.down for one in office.machines()),
    )


def _proposal(new: Item) -> Proposal:
    versions = published.versions(hub().store.read(), "item", new.code)
    older = next((one for one in versions if one.version < new.version), None)
    old = item_from_bytes(older.content) if older else None
    taken = next((one for one in versions if one.version == new.version), None)
    parts = difference(item_from_bytes(taken.content) if taken else old, new)
    stop = _("第 %(n)d 版已经发布过，内容不同。把文件里的 version 加 1。", n=new.version) if taken and parts else ""
    return Proposal(new, tr(new.name), older.version if older else 0, parts, bool(taken) and not parts, stop)


def _who(actor: str) -> str:
    return people().get(actor, actor.partition(":")[2] or actor)


def _page(fault: str = "", faults: list[Fault] | None = None, done: str = "", status: int = 200) -> Response:
    newest = {one.code: one for one in published.newest(hub().store.read(), "item")}
    departments = office.catalogue().departments
    offline = {"capture": _("现在能办"), "precheck": _("先收件后办"), "online": _("需联网")}
    rows = [
        ItemLine(
            one.code,
            tr(one.name),
            tr(departments[one.department].short) if one.department in departments else one.department,
            offline[one.offline],
            one.version,
            len(one.fields),
            words.when(moment(newest[one.code].published_at), now()),
            _who(newest[one.code].actor),
        )
        for one in (item_from_bytes(newest[code].content) for code in sorted(newest))
    ]
    return render("catalogue.html", status, rows=rows, fault=fault, faults=faults or [], done=done)
