"""The page before a form: what one gets, what to bring, how long, what it costs; then who it is for."""

from dataclasses import replace

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from edge.desk.readiness import Ready
from edge.domain.answers import Answers, questions
from edge.domain.form import Field, Item, Material
from edge.kiosk import words
from edge.kiosk.again import offered
from edge.kiosk.calling import phones_of
from edge.kiosk.guard import visit, visits
from edge.kiosk.moon import Moon, moon, takes_forms
from edge.kiosk.page import render, tr
from edge.kiosk.paging import cut
from edge.kiosk.saying import _
from edge.kiosk.site_here import site, today
from edge.kiosk.visit import Draft

bp = Blueprint("start", __name__)
ALONE, MATERIALS, LARGE_MATERIALS = 4, 3, 2
MATERIAL_ICONS = (
    ("id", "id_card"),
    ("agent", "agent"),
    ("hukou", "book"),
    ("card", "card"),
    ("photo", "camera"),
    ("licence", "shop"),
)


@bp.get("/item/<code>")
def show(code: str) -> Response:
    """Show the item; one that needs a live answer leads to the phone numbers at once."""
    catalogue = site().catalogue()
    item = catalogue.item(code)
    department = catalogue.departments[item.department]
    its_moon = _without_photos(item, moon(item, tr(department.name)))
    if item.offline == "online":
        return render("unable.html", item=item, phones=phones_of(item), live=item.live, takes=takes_forms())
    size = LARGE_MATERIALS if visit().large else ALONE if len(item.materials) <= ALONE else MATERIALS
    page = cut([_bring(one) for one in item.materials], size, request.args.get("page", ""))
    due = catalogue.county.working_days().add(today(), item.limits.answer_days)
    return render(
        "start.html",
        item=item,
        moon=its_moon,
        takes=takes_forms(),
        bring=page,
        due=words.day(due),
        who=_who(item),
        count=_count(item),
        fee=_fee(item),
    )


@bp.get("/item/<code>/privacy")
def privacy(code: str) -> Response:
    """Say what personal data are used for, where large type leaves no room for it on the page before."""
    return render("privacy.html", item=site().catalogue().item(code))


@bp.post("/item/<code>")
def begin(code: str) -> Response:
    """Begin a form; where the item asks who applies, the button pressed is the answer."""
    item = site().catalogue().item(code)
    if not visit().practice:
        site().require()   # before ten minutes of questions, not after them
    draft = visit().draft = Draft(item.code, visits().fresh_token())
    visit().tracked = None
    if not visit().practice:
        visit().meter.begin((item.code, item.version))
    who, asked = request.form.get("who", ""), _asks_who(item)
    if asked is not None and who in {choice.value for choice in asked.choices}:
        draft.given[asked.key] = who
        draft.begun_by = asked.key
    return redirect(url_for("again.ask" if offered() else "fill.resume"), 303)


def _asks_who(item: Item) -> Field | None:
    """Return the question for whom it is done, or None where the item does not ask."""
    return next((field for field in item.fields if field.key == item.who), None)


def _without_photos(item: Item, its: Moon) -> Moon:
    """Say before the first question that papers cannot be photographed now."""
    if not item.materials or visit().practice or site().refusing().state is not Ready.NO_PHOTOS:
        return its
    return replace(its, meaning=its.meaning + _("现在不能拍照片，以后补。"))


def _count(item: Item) -> int:
    """Return how many questions a form has that was begun for oneself, counted as its progress bar counts."""
    given: Answers = {}
    asked = _asks_who(item)
    if asked is not None and asked.choices:
        given[asked.key] = asked.choices[0].value
    shown = questions(item, given, site().catalogue().county, today())
    pages = [field for field in shown if field.kind != "declaration" or field.when]
    return len(pages) - (1 if _who(item) else 0)


def _who(item: Item) -> list[tuple[str, str, str]]:
    """Return (value, words, icon) of each answer to "who applies"; empty where the item does not ask."""
    asked = _asks_who(item)
    if asked is None or asked.when:
        return []
    return [(one.value, tr(one.label), "agent" if one.value == "family" else "person") for one in asked.choices]


def _bring(material: Material) -> tuple[str, str, str, str]:
    """Return (icon, name, hint, tag) of a paper."""
    icon = next((icon for part, icon in MATERIAL_ICONS if part in material.key), "list")
    tag = _("代办才要") if material.only_agent else _("可以后补") if material.may_defer else _("必须有")
    return icon, tr(material.name), tr(material.hint), tag


def _fee(item: Item) -> tuple[str, str]:
    if item.fee.fen == 0:
        return _("不收钱"), _("任何人收钱都不对")
    return _("%(yuan)s 元", yuan=f"{item.fee.fen / 100:,.2f}"), tr(item.fee.note)
