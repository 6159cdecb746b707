"""以后补: what a citizen still has to bring. A case may be returned once, so it is asked for then or never."""

from collections.abc import Collection

from edge.domain.form import Item
from edge.domain.form_walk import form_fields
from edge.domain.owed import owed_fields, owed_names
from edge.ground.ids import JSON
from sync.console.frame import tr
from sync.console.office import catalogue
from sync.console.say import say as _
from sync.hub.review import CaseView

WHY = "您说以后补，请现在补上。"
"""The reason that stands ready: in the citizen's language, not the reviewer's."""


def owed_of(item: Item | None, answers: dict[str, JSON], asked: Collection[str] = ()) -> list[str]:
    """Return the fields of what is still to be brought and is not among what is asked for."""
    return [key for key in owed_fields(item, answers) if key not in asked] if item else []


def to_ask(view: CaseView) -> list[str]:
    """Return what a return has ticked before anybody touches it: what is owed, and no more than was asked for before.
    """
    before = [{field for field, _why in one.asks} for one in view.history if one.word == "needs_correction"]
    fields = {one.key for one in form_fields(view.item)} if view.item else set()
    return [key for key in owed_of(view.item, view.answers) if key in fields and all(key in asked for asked in before)]


def named(item: Item, fields: list[str]) -> str:
    """Return the names of these papers and signatures."""
    return _("、").join(map(tr, owed_names(item, fields)))


def not_asked(item: Item, fields: list[str]) -> str:
    """Return what a returned case says on the kiosk about papers that stay owed; empty without any."""
    return _("您说以后补的%(papers)s，这次没有要。", papers=named(item, fields)) if fields else ""


def at_the_counter(item: Item, fields: list[str]) -> str:
    """Return what the kiosk says about owed papers that the county cannot ask for any more; empty without any."""
    phone = catalogue().departments[item.department].phone
    words = _("还要补：%(papers)s。请拿到窗口，或者打 %(phone)s 问。", papers=named(item, fields), phone=phone)
    return words if fields else ""


def to_come(item: Item, fields: list[str]) -> str:
    """Return what the kiosk says about owed papers before the first decision; empty without any."""
    words = _("还要补：%(papers)s。先备好；县里要的时候，在这里补，或者拿到窗口。", papers=named(item, fields))
    return words if fields else ""
