"""Photos of a case's papers: each as a picture, with what is still on its way and what will not come.

At the hub photos stay sealed; each picture that is shown is opened for this one look, and the look is audited.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edge.domain.form_walk import material_key
from edge.ground.problem import NOT_FOUND, REASON_MISSING, Problem
from sync.console import casework, guard
from sync.console.frame import render, tr
from sync.console.looks import Look
from sync.console.office import hub
from sync.console.say import say as _
from sync.hub import materials
from sync.hub.materials import Material
from sync.hub.review import CaseView

bp = Blueprint("photos", __name__, url_prefix="/cases/<case_id>")
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
PICTURE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
MOST_REASON = 100
TURNS = 4


@dataclass(frozen=True)
class Page:
    """One photo: its number in the case, from 1, its place among those of its paper, how far it has come."""

    number: int
    of_paper: int
    key: str
    paper: str
    state: str
    picture: str
    link: str
    shown: bool


@dataclass(frozen=True)
class Folder:
    """All photos of a case in words."""

    pages: Sequence[Page]
    waiting: int
    lost: int

    def of(self, key: str) -> list[Page]:
        """Return the pages of one paper."""
        return [page for page in self.pages if page.key == key]

    @property
    def look(self) -> Look | None:
        """Return the chip that says what is missing, None when all is here."""
        if self.waiting:
            return Look("soon", "clock", _("还差 %(n)d 张照片，线路上", n=self.waiting))
        return Look("returned", "wrong", _("丢了 %(n)d 张照片", n=self.lost)) if self.lost else None


def folder(view: CaseView) -> Folder:
    """Return the photos of a case, in the order in which they were handed in."""
    names = {one.key: tr(one.name) for one in view.item.materials} if view.item else {}
    counts: dict[str, int] = {}
    pages = []
    for number, one in enumerate(view.materials, 1):
        counts[one.key] = counts.get(one.key, 0) + 1
        pages.append(_page(view.case.id, number, counts[one.key], one, names.get(one.key, one.key)))
    waiting = sum(one.state == "waiting" for one in view.materials)
    lost = sum(one.state == "lost" for one in view.materials)
    # a list of photos that is itself on its way: how many it names is not known yet
    return Folder(pages, waiting or view.waiting_for, lost)


def _page(case_id: str, number: int, of_paper: int, one: Material, paper: str) -> Page:
    return Page(
        number,
        of_paper,
        one.key,
        paper,
        one.state,
        url_for("photos.picture", case_id=case_id, blob=one.blob.hex()),
        url_for("photos.show", case_id=case_id, number=number),
        one.state == "complete" and one.media_type in PICTURES,
    )


def reasons() -> list[str]:
    """Return what is said most often when a photo is asked for again, in the citizen's language."""
    return ["照片看不清，请再拍一次。", "缺页，请把每一页都拍上。", "拍错了，不是这份材料。"]


def photographed(view: CaseView) -> set[str]:
    """Return the fields whose papers came with photos."""
    keys = {one.key for one in view.materials}
    return {material_key(one) for one in (view.item.materials if view.item else ()) if one.key in keys}


@bp.get("/pictures/<blob>")
def picture(case_id: str, blob: str) -> Response:
    """Give one photo. Who looked at which stands in the audit."""
    try:
        name = bytes.fromhex(blob)
    except ValueError as fault:
        raise Problem(NOT_FOUND) from fault
    case = casework.row_of(case_id)
    content, kind = materials.material(hub(), case.id, guard.account().actor, name)
    answer = Response(content, content_type=kind)
    # whatever a machine in wrong hands sent: it is shown as a picture or not at all
    answer.headers["Content-Security-Policy"] = PICTURE_POLICY
    answer.headers["Content-Disposition"] = "inline" if kind in PICTURES else "attachment; filename=material"
    return answer


@bp.get("/photos/<int(max=999):number>")
def show(case_id: str, number: int) -> AnyResponse:
    """Show one photo large, to be turned and enlarged."""
    view = casework.open_case(case_id, f"photo {number}")
    found = folder(view)
    page = next((one for one in found.pages if one.number == number), None)
    if page is None:
        raise Problem(NOT_FOUND)
    return render(
        "photo.html",
        case=view.case,
        page=page,
        before=next((one.link for one in found.pages if one.number == number - 1), ""),
        after=next((one.link for one in found.pages if one.number == number + 1), ""),
        count=len(found.pages),
        turn=request.args.get("turn", 0, type=int) % TURNS,
        near="near" in request.args,
    )


@bp.post("/photos/lost")
def give_up(case_id: str) -> AnyResponse:
    """Wait no longer for what the machine can never send; the reason stands in the audit."""
    reason = " ".join(request.form.get("reason", "").split())[:MOST_REASON]
    if not reason:
        raise Problem(REASON_MISSING)
    materials.give_up(hub(), casework.row_of(case_id).id, guard.account().actor, reason)
    return redirect(url_for("case.show", case_id=case_id, said="lost"), 303)
