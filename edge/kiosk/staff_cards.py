"""Quick cards: one sheet an item, to hang beside the machine or to learn from. Nothing of a person stands on one."""

from flask import Blueprint, render_template
from markupsafe import Markup
from werkzeug import Response

from edge.domain.form import Item, Material
from edge.kiosk.page import render
from edge.kiosk.paper_sheet import asks
from edge.kiosk.saying import _
from edge.kiosk.site_here import site, today
from edge.kiosk.staff import staff_only
from edge.kiosk.staff_items import choose_item

bp = Blueprint("cards", __name__, url_prefix="/staff/cards")
TAGS = {"agent": "代办才要", "later": "可以后补", "must": "必须有"}


@bp.get("")
@staff_only
def choose() -> Response:
    """Choose the item, by its department."""
    return choose_item(_("打印哪件事的办事卡？"), site().catalogue().items.values(), to="/staff/cards", back="/staff")


@bp.get("/<code>")
@staff_only
def show(code: str) -> Response:
    """Show what the card says, with the sheet that the browser prints."""
    item = site().catalogue().item(code)
    sheet = Markup(draw(item))  # nosec B704 - our own template
    return render("card_print.html", item=item, back=f"/staff/cards?department={item.department}", card=sheet)


def draw(item: Item) -> str:
    """Return the card of an item as HTML without its frame; Chinese, as all paper."""
    catalogue = site().catalogue()
    return render_template(
        "kiosk/_card.html", item=item, county=catalogue.county, department=catalogue.departments[item.department],
        asks=asks(item, catalogue.county), bring=[(one, _tag(one)) for one in item.materials],
        phones=catalogue.own_phones(item), day=today())


def _tag(material: Material) -> str:
    return TAGS["agent" if material.only_agent else "later" if material.may_defer else "must"]
