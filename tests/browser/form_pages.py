"""Filling a form, from the item to the receipt: each kind of question is answered as a citizen would answer it."""

import re
from typing import Any

from edge.domain.catalogue import shipped_catalogue
from edge.domain.form import Field, Item
from edge.domain.form_walk import form_fields, options
from edge.ground.disk import UNKNOWN, Disk
from tests.browser.walker import Walker
from tests.fakes.ink import draw

NO_CAMERA = "document.querySelector('video').srcObject.getTracks()[0].dispatchEvent(new Event('ended'))"
"""The camera is pulled out: the page becomes what it is on a machine without one."""
TAIL_OF_ID = -4


class FormPages(Walker):
    """Someone who fills in a form; `item` is the one being filled."""

    item: Item | None = None

    def fill_and_hand_in(
        self, code: str, *, looks: bool = False, answers: dict[str, Any] | None = None
    ) -> tuple[str, str]:
        """Fill an item with its example and hand it in; return receipt code and ID tail."""
        tail = self.fill_to_check(code, looks=looks, answers=answers)
        for number in range(1, 9):
            if looks:
                self.look(f"check-{number}")
            if self.page.locator("#f-agree").count():
                break
            self.press_go()
        if looks:
            self.press_go()
            self.look("check-missed")
        self.page.check("#f-agree")
        self.press_go()
        if looks:
            self.look("receipt")
        return re.sub(r"\s", "", self.page.inner_text(".code")), tail

    def fill_to_check(self, code: str, *, looks: bool = False, answers: dict[str, Any] | None = None) -> str:
        """Answer every question with the item's example; return the ID tail. The page is the last of the check."""
        self.item = item = shipped_catalogue().item(code)
        example = {**item.example, **(answers or {})}
        self.go(f"/item/{code}")
        if looks:
            self.look(f"start-{code}")
        self.page.locator(".actions .go, .actions [name=who]").first.click()
        if self.page.url.endswith("/again"):
            self.page.locator('.actions [value="fresh"]').click()
        for _ in range(90):
            if "/fill/" not in self.page.url:
                break
            key = self.page.url.partition("/fill/")[2]
            if key.endswith("/photo"):
                if looks and self.camera and key == "material_hukou/photo":
                    self.photograph()
                else:
                    self.go_on_without_photo()
                continue
            if looks:
                self.look(f"fill-{key}{self._part(key)}")
            if looks and key == "name":
                self.look_at_both_hands()
            if looks and key in ("name", "id_number"):
                self.go_wrong(key)
            if self.page.locator('.actions [value="add"], .beside [value="add"]').count():
                self.write_rows(key, example.get(key) or [], looks)
                continue
            self.answer(key, example.get(key))
            self.press_go()
            stays = self.page.url.endswith(f"/fill/{key}")
            if stays and not self.page.locator("#errors, [name$='.village'], #door").count():
                if looks:
                    self.look(f"fill-{key}-again")
                self.answer(key, example.get(key))
                self.press_go()
        if not looks:
            self.go("/check?page=9")
        return str(example[item.applicant.id_number])[TAIL_OF_ID:]

    def look_at_both_hands(self) -> None:
        """The writing box with a character in it, with more candidates, the pinyin keys; a phone has neither."""
        ink, pinyin = self.page.locator(".ink-tab:visible >> nth=0"), self.page.locator(".ink-tab:visible >> nth=1")
        if not ink.count():
            return
        first = self.page.locator(".ink-tab[aria-pressed=true]:visible").inner_text()
        ink.click()
        draw(self.page, "英")
        self.page.locator(".ink-panel .py-best").wait_for()
        self.look("fill-name-ink")
        self.page.locator(".ink-panel .py-more").click()
        self.look("fill-name-ink-more")
        pinyin.click()
        self.look("fill-name-pinyin")
        self.page.locator(".ink-tab:visible", has_text=first).click()

    def write_rows(self, key: str, rows: list[dict[str, Any]], looks: bool) -> None:
        """Add each row of a group, then go on; the first row is looked at question by question."""
        for number, row in enumerate(rows):
            self.page.locator('[value="add"]').last.click()
            self.page.wait_for_load_state()
            for _ in range(12):
                if "/rows/" not in self.page.url:
                    break
                inside = self.page.url.rsplit("/", 1)[1]
                if looks and not number:
                    self.look(f"row-{key}-{inside}")
                self.answer(inside, row.get(inside))
                self.press_go()
            if looks:
                self.look(f"rows-{key}-{number + 1}")
        self.page.locator('.actions [value="next"]').click()
        self.page.wait_for_load_state()

    def go_on_without_photo(self) -> None:
        """Hand in a paper without its photo."""
        self.page.locator('.beside [value="skip"]').click()
        self.page.wait_for_load_state()

    def photograph(self) -> None:
        """Take two pages of a paper, with the looks that the page may have on the way."""
        page, take = self.page, self.page.locator("[data-take]")
        page.wait_for_selector("#checks:not([hidden])")
        self.look("photo-camera")
        page.evaluate(NO_CAMERA)
        self.look("photo-file")
        take.click()
        page.wait_for_load_state()
        self.look("photo-missing")
        self.site.disk = lambda: Disk(92 * 2**30, 8 * 2**30)
        page.reload()
        self.look("photo-no-room")
        self.site.disk = lambda: UNKNOWN
        page.reload()
        for name in ("photo-taken", "photo-second"):
            page.wait_for_selector("#camera[data-open]")
            self.take_photo()
            self.look(name)
            if name == "photo-taken":
                page.locator('a[href$="?add"]').click()
        page.locator('.actions [value="keep"]').click()
        page.wait_for_load_state()

    def take_photo(self) -> None:
        """Press 拍照 and wait for the machine to have looked at it."""
        self.page.locator("[data-take]").click()
        self.page.wait_for_selector(".frame.taken img")
        self.page.wait_for_load_state()

    def go_wrong(self, key: str) -> None:
        """Make the mistake that the page knows, and look at what it says."""
        if key == "id_number":
            self.answer(key, "110105194001010035")
        self.press_go()
        self.look(f"fill-{key}-error")

    def answer(self, key: str, value: Any) -> None:
        """Put an answer into the page's field, whatever its kind."""
        page = self.page
        part, asked = self._part(key), self._field(key)
        kind = asked.kind if asked else ""
        if kind in ("money", "decimal") and isinstance(value, int):
            value = f"{value / 100:.2f}"
        if page.locator("[data-pen]").count():
            self.sign(value)
        elif part in ("-town", "-village"):
            chosen = value[0][:9] if part == "-town" else value[0]
            self.turn_to(f'input[name="{key}{part.replace("-", ".")}"][value="{chosen}"]')
            page.check(f'input[name="{key}{part.replace("-", ".")}"][value="{chosen}"]')
        elif page.locator(f'[name="{key}.1"]').count():
            text = str(value)
            parts = (text[:6], text[6:14], text[14:]) if len(text) == 18 else tuple(text.split("-"))
            for number, one in enumerate(parts, 1):
                page.fill(f'[name="{key}.{number}"]', one)
        elif page.locator(f'input[name="{key}"][type=radio], input[name="{key}"][type=checkbox]').count():
            self._tick(key, value)
        elif value is not None:
            page.fill(f'[name="{key}"]', str(value[1] if isinstance(value, list) else value))

    def _tick(self, key: str, value: Any) -> None:
        wanted = (
            value
            if isinstance(value, list)
            else [{True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value]
        )
        for one in wanted:
            choice = self.page.locator(f'input[name="{key}"][value="{one}"]:not([type=hidden])')
            if not choice.count() and self.page.locator('[value="find"]').count():
                self.find(key, str(one))
            self.turn_to(f'input[name="{key}"][value="{one}"]:not([type=hidden])')
            if one is not None:
                choice.check()

    def turn_to(self, option: str) -> None:
        """Turn pages until an option stands on the screen."""
        for _ in range(6):
            turn = self.page.locator('button[name="go"][value^="page"]')
            if self.page.locator(option).count() or not turn.count():
                return
            turn.last.click()
            self.page.wait_for_load_state()

    def find(self, key: str, value: str) -> None:
        """Narrow a long list to one option by writing."""
        asked = self._field(key)
        assert asked is not None and self.item is not None
        label = next(one.label for one in options(asked, self.item, shipped_catalogue().county) if one.value == value)
        self.page.locator('[value="find"]').click()
        self.page.wait_for_load_state()   # its keys take the field over once they are there
        self.page.fill(f'[name="{key}.find"]', label.zh if self.chinese else label.en[:20])
        self.press_go()

    def sign(self, value: Any) -> None:
        """Write a name with the mouse, or choose paper."""
        if value == "paper":
            return
        ground = self.page.locator("[data-pen] svg").bounding_box()
        assert ground is not None
        for stroke in str(value).split(";"):
            points = [tuple(map(int, point.split(","))) for point in stroke.split(" ")]
            for at, (x, y) in enumerate(points):
                self.page.mouse.move(ground["x"] + x / 600 * ground["width"], ground["y"] + y / 200 * ground["height"])
                if not at:
                    self.page.mouse.down()
            self.page.mouse.up()

    def _field(self, key: str) -> Field | None:
        """Return the question of this key in the item that is being filled, also inside rows."""
        fields = form_fields(self.item) if self.item else ()
        return next((one for field in fields for one in (field, *field.fields) if one.key == key), None)

    def _part(self, key: str) -> str:
        for part in ("town", "village"):
            if self.page.locator(f'[name="{key}.{part}"]').count():
                return f"-{part}"
        return "-door" if self.page.locator("#door").count() else ""
