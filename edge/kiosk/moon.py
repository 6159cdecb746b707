"""The moon of an item: what this machine can do about it, now."""

from dataclasses import dataclass

from edge.desk.lodge import PHONE
from edge.desk.site import Line
from edge.domain.form import Item
from edge.kiosk.guard import visit
from edge.kiosk.saying import _
from edge.kiosk.site_here import channel, site


@dataclass(frozen=True)
class Moon:
    """A drawing, its tint, its words, and what they mean today."""

    icon: str
    tint: str
    label: str
    meaning: str


def takes_forms() -> bool:
    """Return whether a form begun now can be handed in here; one of practice always can."""
    return visit().practice or site().refusing().takes_forms


def moon(item: Item, department: str) -> Moon:
    """Return the moon of an item, `department` being the name of the one that decides."""
    if item.offline != "online" and not takes_forms():
        return Moon("danger", "none", _("现在不收"), _("请用纸质表，或者到最近的窗口。"))
    up = site().line().state is not Line.DOWN
    if item.offline == "capture":
        return Moon("moon-now", "now", _("现在能办"), _kept_first(up, department))
    if item.offline == "precheck":
        return Moon(
            "moon-later",
            "later",
            _("先收件后办"),
            _("现在填、现在交；%(department)s核对过，才算受理。", department=department),
        )
    return Moon("moon-line-up" if up else "moon-line", "online", _("需联网"), _("要县里当场回话。"))


def _kept_first(up: bool, department: str) -> str:
    """Say where a form waits; "this machine" would be the phone to whoever holds one."""
    if channel() == PHONE:
        return (
            _("材料先存在站里的机器上，再自动送到%(department)s。", department=department)
            if up
            else _("线路断着也能交。材料先存在站里的机器上，线路通了自动送到%(department)s。", department=department)
        )
    return (
        _("材料先存在这台机器里，再自动送到%(department)s。", department=department)
        if up
        else _("线路断着也能交。材料先存在这台机器里，线路通了自动送到%(department)s。", department=department)
    )


def legend() -> list[Moon]:
    """Return the three moons explained; none where nothing is taken, for then they promise what is not so."""
    if not takes_forms():
        return []
    drawn = "moon-line" if site().line().state is Line.DOWN else "moon-line-up"
    return [
        Moon("moon-now", "now", _("现在能办"), _("线路断着也能办：现在填，现在交。")),
        Moon("moon-later", "later", _("先收件后办"), _("现在填、现在交；县里核对过，才算受理。")),
        Moon(drawn, "online", _("需联网"), _("要县里当场回话。线路断着办不了，会告诉您别的办法。")),
    ]
