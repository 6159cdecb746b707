"""Fingers that write: strokes of real characters, replayed as touches.

`strokes.json` holds middle lines of strokes in a box of 1,000 × 1,000, taken from hanzi-writer-data 2.0.1 (Arphic
Public License, `static/vendor/hanzi-writer-data.LICENSE.txt`); 𠮷 and 翀 are put together as in `install/handwriting`.
"""

import json
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Page, expect

Strokes = list[list[tuple[int, int]]]
DRAWINGS: dict[str, Strokes] = json.loads((Path(__file__).parent / "strokes.json").read_text("utf-8"))
PART = 0.8
"""How much of the box's height a character takes."""


def draw(page: Page, text: str, *, backwards: bool = False) -> None:
    """Draw one character with a finger; `backwards` starts with the last stroke."""
    box = page.locator(".ink-box:visible").bounding_box()
    assert box is not None
    size = PART * min(box["width"], box["height"])
    left, top = box["x"] + (box["width"] - size) / 2, box["y"] + (box["height"] - size) / 2
    strokes = DRAWINGS[text][::-1] if backwards else DRAWINGS[text]
    finger = page.context.new_cdp_session(page)
    for stroke in strokes:
        points = [(left + x / 1000 * size, top + y / 1000 * size) for x, y in stroke]
        touches = [points[0]]
        for (ax, ay), (bx, by) in pairwise(points):
            touches += [((ax + bx) / 2, (ay + by) / 2), (bx, by)]
        for at, (x, y) in enumerate(touches):
            kind = "touchMove" if at else "touchStart"
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    finger.detach()


def offered(page: Page) -> list[str]:
    """Return the candidates in the row, best first."""
    expect(page.locator(".ink-panel .py-best")).to_be_visible()
    return page.locator(".ink-panel .py-row .py-option").all_inner_texts()


def write(page: Page, text: str) -> None:
    """Write a text, character by character, each chosen from the row."""
    for character in text:
        draw(page, character)
        page.locator(".ink-panel .py-row").get_by_role("button", name=character, exact=True).tap()
        expect(page.locator(".ink-panel .py-best")).to_have_count(0)
