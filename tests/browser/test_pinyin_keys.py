"""A finger types a name on the pinyin keys, at the sizes of the kiosk, in a real browser."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.chrome import serving
from tests.fakes.keys_page import STATIC, keys_kiosk, place

pytestmark = pytest.mark.browser

STANDING, OLD_PC, PHONE = (1080, 1920), (1366, 768), (390, 844)
LARGE, DARK = 'data-size="large"', 'data-theme="dark"'
DRAWN = "[...document.querySelectorAll('.py-key')].every(key => !key.offsetParent || key.offsetWidth > 0)"
BOXES = "keys => keys.map(key => key.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])"
AXE = STATIC.parent / "tests" / "vendor" / "axe.min.js"

Open = Callable[..., Page]


@pytest.fixture
def at(browser: Browser) -> Iterator[Open]:
    """Open the page at a size; what the browser complained of fails the test at its end."""
    complaints: list[str] = []
    rooms = ExitStack()

    def open_page(size: tuple[int, int] = STANDING, lang: str = "zh-CN", looks: str = "") -> Page:
        base = rooms.enter_context(serving(keys_kiosk(place("东张各庄村"), lang, looks)))
        viewport: ViewportSize = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, has_touch=True, reduced_motion="reduce")
        context.set_default_timeout(5000)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        rooms.callback(context.close)
        page.goto(base + "/")
        return page

    yield open_page
    rooms.close()
    assert complaints == []


def tap(page: Page, *names: str) -> None:
    for name in names:
        page.locator(".pinyin").get_by_role("button", name=name, exact=True).tap()


def spell(page: Page, letters: str) -> None:
    tap(page, *letters)
    expect(page.locator(".py-letters")).to_have_text(re.compile(" ?".join(letters)))
    answered(page)


def answered(page: Page) -> None:
    expect(page.locator(".py-row[aria-busy=false] .py-best")).to_be_visible()
    expect(page.locator(".py-key:active")).to_have_count(0)


@pytest.mark.parametrize("size", [STANDING, OLD_PC])
def test_a_whole_name_is_one_touch_after_its_letters(at: Open, size: tuple[int, int]) -> None:
    page = at(size)
    page.locator("#name").tap()
    spell(page, "zhangsan")
    expect(page.locator(".py-best")).to_have_text("张三")
    tap(page, "张三")
    expect(page.locator("#name")).to_have_value("张三")
    expect(page.locator(".py-letters")).to_have_text("")
    expect(page.locator("#name")).to_be_focused()


def test_a_name_is_put_together_from_characters(at: Open) -> None:
    page = at()
    spell(page, "zhangkun")
    tap(page, "张")
    expect(page.locator(".py-letters")).to_have_text("kun")
    answered(page)
    tap(page, "堃")
    expect(page.locator("#name")).to_have_value("张堃")


def test_a_rare_character_outside_the_everyday_block_is_written_and_erased_whole(at: Open) -> None:
    page = at()
    spell(page, "ji")
    tap(page, "更多")
    first = page.locator(".py-grid .py-option").first
    expect(first).to_be_visible()
    for _ in range(6):
        if page.get_by_role("button", name="𠮷", exact=True).count():
            break
        before = first.inner_text()
        tap(page, "下一页")
        expect(first).not_to_have_text(before)
    tap(page, "𠮷")
    expect(page.locator("#name")).to_have_value("𠮷")
    tap(page, "删一个")
    expect(page.locator("#name")).to_have_value("")


def test_characters_go_where_the_caret_is(at: Open) -> None:
    page = at()
    page.locator("#name").fill("王英")
    page.locator("#name").evaluate("field => field.setSelectionRange(1, 1)")
    spell(page, "xiu")
    tap(page, "秀")
    expect(page.locator("#name")).to_have_value("王秀英")


def test_digits_punctuation_capitals_and_clearing(at: Open) -> None:
    page = at()
    tap(page, "123", "3", "，", "ABC", "B", "间隔点", "空格", "拼音")
    expect(page.locator("#name")).to_have_value("3，B· ")
    spell(page, "cun")
    tap(page, "空格")
    expect(page.locator("#name")).to_have_value("3，B· 村")
    tap(page, "全清")
    expect(page.locator("#name")).to_have_value("")


def test_letters_left_over_are_not_lost_without_a_word(at: Open) -> None:
    page = at()
    spell(page, "wang")
    page.get_by_role("button", name="下一题").tap()
    expect(page.locator(".py-hint")).to_have_text("先在候选字里按一个")
    tap(page, "王")
    page.get_by_role("button", name="下一题").tap()
    expect(page.locator("body")).to_have_text("next")


def test_a_keyboard_that_is_plugged_in_still_writes(at: Open) -> None:
    page = at(OLD_PC)
    page.locator("#name").focus()
    page.keyboard.type("Wang 3")
    expect(page.locator("#name")).to_have_value("Wang 3")


def test_the_letters_are_in_no_address(at: Open) -> None:
    page = at()
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    spell(page, "wangxiuying")
    assert addresses and not [address for address in addresses if "?" in address or "xiuying" in address]


@pytest.mark.parametrize("size", [STANDING, OLD_PC])
@pytest.mark.parametrize("looks", ["", LARGE])
def test_every_key_is_64_px_apart_from_the_next_and_on_the_screen(at: Open, size: tuple[int, int], looks: str) -> None:
    page = at(size, looks=looks)
    spell(page, "zhang")
    for step in ((), ("更多",), ("回到字母", "123")):
        tap(page, *step)
        answered(page)
        page.wait_for_function(DRAWN)
        boxes = page.locator(".py-key:visible").evaluate_all(BOXES)
        assert min(right - left for left, _, right, _ in boxes) >= 64
        assert min(bottom - top for _, top, _, bottom in boxes) >= 64
        assert min(_gap(a, b) for n, a in enumerate(boxes) for b in boxes[:n]) >= 9
        assert max(right for _, _, right, _ in boxes) <= size[0] and max(box[3] for box in boxes) <= size[1]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _gap(a: list[float], b: list[float]) -> float:
    across = max(a[0] - b[2], b[0] - a[2])
    down = max(a[1] - b[3], b[1] - a[3])
    return round(max(across, down), 1)


def test_nothing_around_moves_when_candidates_come_and_open(at: Open) -> None:
    page = at()
    before = top_of_go(page)
    spell(page, "yi")
    assert top_of_go(page) == before
    tap(page, "更多", "下一页")
    assert top_of_go(page) == before


def top_of_go(page: Page) -> int:
    box = page.locator(".go").bounding_box()
    assert box is not None
    return round(box["y"])


def test_a_phone_keeps_its_own_keyboard(at: Open) -> None:
    page = at(PHONE)
    expect(page.locator(".pinyin")).to_be_hidden()
    assert page.locator("#name").get_attribute("inputmode") is None


def test_the_english_kiosk_names_the_keys_in_english(at: Open) -> None:
    page = at(lang="en")
    spell(page, "li")
    tap(page, "More", "Letters", "Delete one")
    expect(page.locator(".py-letters")).to_have_text("l")


@pytest.mark.parametrize("looks", ["", DARK])
def test_axe_finds_nothing(at: Open, looks: str) -> None:
    page = at(looks=looks)
    spell(page, "zhang")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run('.pinyin', {runOnly: ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag22aa']})")
    assert [violation["id"] for violation in found["violations"]] == []
