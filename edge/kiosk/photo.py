"""Photos of a paper that was brought: take, look, take again, add a page; all in memory until the form is handed in.

The camera needs a script; without one, or without a camera, a file will do, and the paper itself always does.
"""

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, request, url_for
from werkzeug import Response as AnyResponse

from edge.desk.readiness import Ready
from edge.domain.form import Field, Material
from edge.domain.form_walk import LATER, photo_question
from edge.ground.problem import KINDS, NOT_FOUND, PHOTO_MISSING, PHOTOS_TOO_LARGE, Problem, cure, title
from edge.kiosk import fill
from edge.kiosk.form import Form, form
from edge.kiosk.guard import visit, visits
from edge.kiosk.page import render, tr
from edge.kiosk.progress import progress
from edge.kiosk.saying import _
from edge.kiosk.site_here import imaging, site
from edge.kiosk.visit import Taken
from edge.machine.imaging import MEDIA_TYPE, CleanPhoto

bp = Blueprint("photo", __name__, url_prefix="/fill/<key>/photo")
MOST_PAGES = 10
FAULT = ".fault"
"""Behind a question's key: the code of what was wrong with the photo that was sent last."""


@dataclass(frozen=True)
class Desk:
    """What lies on the table: the paper, the pages taken of it, the question's place in the form."""

    form: Form
    asked: Field
    material: Material
    place: int

    @property
    def pages(self) -> list[Taken]:
        """Return the pages in order; what is done to the list is kept."""
        return self.form.draft.photos.setdefault(self.asked.key, [])


@bp.before_request
def _handed_in() -> AnyResponse | None:
    return None if request.endpoint == "photo.picture" else fill.handed_in()


@bp.get("")
def show(key: str) -> AnyResponse:
    """Show the camera, or the pages that were taken (`?page=n`); `?add` and `?again=n` lead back to the camera."""
    desk = _desk(key)
    if desk is None:
        return redirect(url_for("fill.resume"), 303)
    again = request.args.get("again", 0, type=int)
    wanted = request.args.get("page", len(desk.pages), type=int)
    retaking = 1 <= again <= len(desk.pages)
    adding = "add" in request.args and len(desk.pages) < MOST_PAGES
    if not desk.pages or retaking or adding:
        return _camera(desk, again if retaking else 0)
    return _look(desk, min(max(wanted, 1), len(desk.pages)))


@bp.post("")
def act(key: str) -> AnyResponse:
    """Keep a photo, or go where the pressed button leads."""
    desk = _desk(key)
    if desk is None:
        return redirect(url_for("fill.resume"), 303)
    go, page = request.form.get("go", "take"), request.form.get("page", 0, type=int)
    desk.form.draft.errors.pop(key, None)
    if go == "take":
        return _take(desk, page)
    if go == "back":
        return redirect(url_for("fill.show", key=key), 303)
    if go == "later" and desk.material.may_defer:
        desk.form.draft.given[key] = LATER
        desk.form.draft.photos.pop(key, None)
        return redirect(fill.onward(desk.form, desk.place), 303)
    if go == "drop" and 1 <= page <= len(desk.pages):
        del desk.pages[page - 1]
        return redirect(url_for(".show", key=key), 303)
    if not desk.pages:
        desk.form.draft.unseen.add(key)
    return redirect(fill.onward(desk.form, desk.place), 303)


@bp.get("/<id>.jpg")
def picture(key: str, id: str) -> Response:
    """Give a page that this visit took, as long as the visit lasts and the form is not handed in."""
    draft = visit().draft
    pages = draft.photos.get(key, []) if draft is not None else []
    found = next((page for page in pages if page.id == id), None)
    if found is None:
        raise Problem(NOT_FOUND)
    return make_response(found.content, {"Content-Type": MEDIA_TYPE})


def _desk(key: str) -> Desk | None:
    """Return the paper of this question, or None when it was not brought or its turn has not come."""
    current = form()
    asked, place = fill.find(current, key)
    material = current.material(key)
    first = current.first_open()
    if asked is None or material is None or (first and place > current.questions().index(first)):
        return None
    return Desk(current, asked, material, place)


def _take(desk: Desk, page: int) -> AnyResponse:
    """Clean the sent photo and put it in its place; what will not do is said on the page that it came from."""
    key, sent = desk.asked.key, request.files.get("photo")
    raw = sent.read() if sent else b""
    try:
        if not raw:
            raise Problem(PHOTO_MISSING)
        if not visit().practice:
            site().require(photos=True)
        _keep(desk, page, imaging().clean(raw))
    except Problem as problem:
        desk.form.draft.part[f"{key}{FAULT}"] = problem.kind.code
        again, add = (page or None), (1 if desk.pages and not page else None)
        return redirect(url_for(".show", key=key, again=again, add=add), 303)
    return redirect(url_for(".show", key=key, page=page or len(desk.pages)), 303)


def _keep(desk: Desk, page: int, cleaned: CleanPhoto) -> None:
    replaced = 1 <= page <= len(desk.pages)
    if (not replaced and len(desk.pages) >= MOST_PAGES) or not visits().has_room(visit(), len(cleaned.content)):
        raise Problem(PHOTOS_TOO_LARGE)
    taken = Taken(visits().fresh_token(), cleaned.content, cleaned.hints)
    if replaced:
        desk.pages[page - 1] = taken
    else:
        desk.pages.append(taken)
    desk.form.draft.unseen.discard(desk.asked.key)


def _camera(desk: Desk, again: int) -> AnyResponse:
    number = again or len(desk.pages) + 1
    kind = KINDS.get(desk.form.draft.part.pop(f"{desk.asked.key}{FAULT}", ""))
    full = not visit().practice and site().refusing().state is Ready.NO_PHOTOS
    name = tr(desk.material.name)
    return _render(
        "photo.html",
        desk,
        number=number,
        again=again,
        heading=tr(photo_question(desk.material))
        if number == 1
        else _("拍%(paper)s的第 %(page)d 页", paper=name, page=number),
        fault=(title(kind, visit().lang), cure(kind, visit().lang)) if kind else (),
        full=full,
        live=spoken(name),
        may_defer=desk.material.may_defer and not desk.pages,
        reason=fill.asked_because(desk.form, desk.asked.key),
    )


def _look(desk: Desk, number: int) -> AnyResponse:
    page, name = desk.pages[number - 1], tr(desk.material.name)
    worst = next((one for one in ("dark", "glare", "blurry") if one in page.hints), "")
    return _render(
        "photo_taken.html",
        desk,
        number=number,
        page=page,
        pages=desk.pages,
        worst=spoken(name)[worst] if worst else "",
        full=len(desk.pages) >= MOST_PAGES,
    )


def _render(template: str, desk: Desk, **values: object) -> AnyResponse:
    department = site().catalogue().departments[desk.form.item.department]
    return render(
        template,
        item=desk.form.item,
        key=desk.asked.key,
        name=tr(desk.material.name),
        hint=tr(desk.material.hint),
        department=tr(department.name),
        progress=progress(desk.form, desk.asked.key),
        checks=checks(),
        its=values,
    )


def checks() -> list[tuple[str, str, str]]:
    """Return (check, words when it holds, words when it fails) of what is judged in a photo."""
    return [
        ("dark", _("够亮"), _("太暗")),
        ("glare", _("没有反光"), _("有反光")),
        ("blurry", _("字清楚"), _("字不清楚")),
    ]


def spoken(name: str) -> dict[str, str]:
    """Return what the frame says for each check that fails."""
    return {
        "dark": _("太暗了。开灯，或者换个亮的地方。"),
        "glare": _("有反光。把%(paper)s斜一点，避开灯。", paper=name),
        "blurry": _("有点糊。把%(paper)s放平，手拿开，再拍一次。", paper=name),
        "good": _("看得清楚。按“拍照”。"),
        "wait": _("摄像头正在打开。"),
    }
