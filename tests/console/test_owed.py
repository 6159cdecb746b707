"""以后补: what a citizen left for later is ticked in a return before anybody touches it, and is never forgotten."""

import re

from tests.console.deciding import text
from tests.console.sample import NOW, Sample, post

RETURN = {"verdict": "return", "step": 0, "ask_material_hukou": "on", "why_material_hukou": "请补"}


def test_papers_left_for_later_are_ticked_and_named_when_they_are_not(county: Sample) -> None:
    case = county.lodge(next(iter(county.devices.values())), "MZ-01", NOW, material_hukou="later",
                        material_photo="later")
    browser = county.browser("reviewer")

    page = text(browser, f"/cases/{case}")
    assert re.findall(r'name="ask_(\w+)" checked', page) == ["material_hukou", "material_photo"]
    assert "您现在不用做什么" not in page and "还要补：户口簿、一寸照片。" in page

    forgot = post(browser, f"/cases/{case}/preview", "/me", **RETURN).get_data(as_text=True)
    assert "说好以后补的，还没要：一寸照片。" in forgot and "您说以后补的一寸照片，这次没有要。" in forgot
    both = post(browser, f"/cases/{case}/preview", "/me", **RETURN, ask_material_photo="on",
                why_material_photo="请补").get_data(as_text=True)
    assert "以后补" not in both
