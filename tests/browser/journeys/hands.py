"""How a person reaches what a page shows: a finger on keys, a finger that writes, a phone's keys, a keyboard alone.

Nothing is ever clicked: fingers are touch events, and whoever has a keyboard never touches.
"""

import re
import time
from dataclasses import dataclass
from itertools import groupby, pairwise

from playwright.sync_api import Locator, Page
from pypinyin import lazy_pinyin

from tests.fakes.ink import write

PLACES = """query => Object.fromEntries([...document.querySelectorAll(query)].filter(key => key.checkVisibility())
  .map(key => [key, key.getBoundingClientRect()])
  .map(([key, box]) => [key.dataset.key || key.textContent, [box.left + box.width / 2, box.top + box.height / 2]]))"""
SPELT = """letters => document.querySelector('.py-letters').textContent.replace(/[' ]/g, '') === letters
  && document.querySelector('.py-row[aria-busy=false] .py-best') !== null"""
OTHERS = """seen => { const first = document.querySelector('.py-grid .py-option');
  return first !== null && first.textContent !== seen; }"""
WRITTEN = """text => [...document.querySelectorAll('main input.field')].map(field => field.value).join('')
  .replace(/[ -]/g, '') === text"""
BEHIND = "(key, id) => (document.activeElement.compareDocumentPosition(key) & Node.DOCUMENT_POSITION_PRECEDING) !== 0"
FOCUSED = "element => element === document.activeElement"
PEN_WIDTH, PEN_HEIGHT = 600, 200
STEP, REST = 0.02, 0.2
AT_ONCE = 3
"""Characters whose letters are typed together, as one types a name."""
MOST_TABS = 150
HAN = re.compile(r"[㐀-鿿𠀀-𯨟]")


@dataclass
class Finger:
    """A finger on the keys of the screen."""

    page: Page
    writes: str = "拼音"

    def press(self, target: Locator) -> None:
        """Touch a button or a link."""
        target.tap()

    def choose(self, box: Locator) -> None:
        """Touch the option or the tick that a box belongs to."""
        box.locator("xpath=ancestor::label").tap()

    def number(self, text: str) -> None:
        """Write digits, a sum or a code on the keys for them."""
        keys = self.page.evaluate(PLACES, ".pad .key")
        for letter in text:
            self.page.touchscreen.tap(*keys[letter])
        self.page.wait_for_function(WRITTEN, arg=text)

    def words(self, text: str) -> None:
        """Write words by pinyin or by hand."""
        self.turn_to_tab()
        if self.writes == "手写":
            write(self.page, text)
            return
        for han, run in groupby(text, lambda letter: bool(HAN.match(letter))):
            whole = "".join(run)
            if not han:
                self.plain(whole)
            for at in range(0, len(whole) if han else 0, AT_ONCE):
                self.spell(whole[at:at + AT_ONCE])

    def turn_to_tab(self) -> None:
        """Turn to the way of writing that this person has."""
        tab = self.page.locator(".ink-tab:visible").nth(0 if self.writes == "手写" else 1)
        if tab.get_attribute("aria-pressed") != "true":
            self.press(tab)

    def spell(self, text: str) -> None:
        """Type the letters of a few characters and choose what is offered, the longest fit first."""
        letters = "".join(lazy_pinyin(text))
        self.letters(letters)
        while text:
            self.page.wait_for_function(SPELT, arg=letters)
            chosen, used = self.offered(text), len(letters)
            self.press(self.key(chosen))
            text = text[len(chosen):]
            letters = "".join(lazy_pinyin(text)) if text else ""
            assert len(letters) < used

    def offered(self, text: str) -> str:
        """Return the longest candidate with which the text begins, turning pages until there is one."""
        fits: list[str] = []
        for turn in ("更多", *["下一页"] * 9):
            grid = self.page.locator(".py-grid:visible")
            among = grid if grid.count() else self.page.locator(".pinyin:not(.ink-panel) .py-row")
            shown = among.locator(".py-option").all_inner_texts()
            fits = sorted((one for one in shown if text.startswith(one)), key=len)
            if fits:
                break
            seen = "" if turn == "更多" else shown[0]
            self.press(self.key(turn))
            self.page.wait_for_function(OTHERS, arg=seen)
        return fits[-1]

    def letters(self, letters: str) -> None:
        """Type on the keys that are shown."""
        keys = self.page.evaluate(PLACES, ".pinyin:not(.ink-panel) .py-stage .py-key")
        for letter in letters:
            self.page.touchscreen.tap(*keys[letter])

    def plain(self, text: str) -> None:
        """Write what is not spelt: digits, signs, capitals, spaces, new lines."""
        for letter in text:
            word = {" ": "空格", "\n": "换行"}.get(letter)
            board = "123" if letter.isdigit() or not letter.isalpha() else "ABC"
            if word is None and not self.key(letter).count():
                for one in ("123", "ABC")[:1 if board == "123" else 2]:
                    if self.key(one).count():
                        self.press(self.key(one))
            self.press(self.key(word or letter))
        if self.key("拼音", among=".py-stage").count():
            self.press(self.key("拼音", among=".py-stage"))

    def key(self, name: str, among: str = "") -> Locator:
        """Return a key of the pinyin panel by its name."""
        return self.page.locator(f".pinyin:not(.ink-panel) {among}").get_by_role("button", name=name, exact=True)

    def sign(self, strokes: str) -> bool:
        """Write a name on the glass; False where this hand cannot and paper is needed."""
        ground = self.page.locator("[data-pen] svg").bounding_box()
        assert ground is not None
        finger = self.page.context.new_cdp_session(self.page)
        at = time.time() - 2
        for stroke in strokes.split(";"):
            points = [tuple(map(int, point.split(","))) for point in stroke.split(" ")]
            middles = [((ax + bx) / 2, (ay + by) / 2) for (ax, ay), (bx, by) in pairwise(points)]
            # the finger rests at the end: a browser takes one that still runs for a fling, and swallows the next touch
            for number, (x, y) in enumerate([points[0], *middles, points[-1], points[-1]]):
                at += REST if number > len(middles) + 1 else STEP
                place = {"x": ground["x"] + x / PEN_WIDTH * ground["width"],
                         "y": ground["y"] + y / PEN_HEIGHT * ground["height"]}
                kind = "touchMove" if number else "touchStart"
                finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [place], "timestamp": at})
            finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": [], "timestamp": at + STEP})
        finger.detach()
        return True


class Phone(Finger):
    """A finger on a phone, which brings its own keys for words."""

    def words(self, text: str) -> None:
        """Touch the field and write as the phone's own keys do."""
        self.page.locator("main .field").tap()
        self.page.keyboard.insert_text(text)


class Keyboard(Finger):
    """A keyboard alone, without a pointer and without an input method: Tab, Enter, Space, arrows, digits."""

    def press(self, target: Locator) -> None:
        """Go to a button or a link with Tab and press Enter."""
        self.tab_to(target)
        self.page.keyboard.press("Enter")

    def tab_to(self, target: Locator) -> None:
        """Press Tab, forward or back, until the focus is there."""
        key = "Shift+Tab" if target.evaluate(BEHIND) else "Tab"
        for _ in range(MOST_TABS):
            if target.evaluate(FOCUSED):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"Tab does not reach {target}")

    def choose(self, box: Locator) -> None:
        """Go into the group and choose with Space or the arrows."""
        name = box.get_attribute("name")
        group = self.page.locator(f'main input[name="{name}"]:not([type=hidden])')
        chosen = group.and_(self.page.locator(":checked"))
        radio = box.get_attribute("type") == "radio"
        self.tab_to((chosen if chosen.count() else group).first if radio else box)
        if not radio or not chosen.count():
            self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if box.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        assert box.is_checked()

    def number(self, text: str) -> None:
        """Type; the page has put the caret into the field."""
        self.page.keyboard.type(text)
        self.page.wait_for_function(WRITTEN, arg=text)

    def letters(self, letters: str) -> None:
        """Go from key to key on the screen."""
        for letter in letters:
            self.press(self.key(letter, among=".py-stage"))

    def sign(self, strokes: str) -> bool:
        """A keyboard writes no name."""
        return False
