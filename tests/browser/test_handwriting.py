"""A finger writes characters into the box: any order of strokes, rare ones too."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from edge.kiosk import create_kiosk
from tests.browser.chrome import SIZES, Size, serving
from tests.fakes.ink import DRAWINGS, draw, offered, write
from tests.fakes.one_site import make_site

pytestmark = pytest.mark.browser

STANDING, OLD_PC, PHONE = SIZES
AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
Open = Callable[..., Page]


@pytest.fixture
def asked(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open the question about the name on a touch screen."""
    site, _clock = make_site(tmp_path)
    with serving(create_kiosk(site, phone="0533-0000000")) as base:
        pages: list[Page] = []

        def open_page(size: Size = STANDING, *looks: str, scripts: bool = True) -> Page:
            page = browser.new_context(
                viewport={"width": size.width, "height": size.height},
                has_touch=True,
                locale="zh-CN",
                reduced_motion="reduce",
                java_script_enabled=scripts,
            ).new_page()
            page.set_default_timeout(8000)
            pages.append(page)
            page.goto(base + "/")
            for look in looks:
                with page.expect_navigation():
                    page.locator(f'.dock button[value="{look}"]').click()
            page.goto(base + "/item/RS-01")
            page.locator(".actions .go").first.click()
            return page

        yield open_page
        for page in pages:
            page.context.close()
    site.store.close()


def key(page: Page, name: str) -> None:
    """Touch a key of the panel that is shown."""
    page.locator(".pinyin:visible").get_by_role("button", name=name, exact=True).tap()


@pytest.mark.parametrize("size", [STANDING, OLD_PC])
def test_a_name_is_written_with_a_finger(asked: Open, size: Size) -> None:
    page = asked(size)

    write(page, "王秀英")

    expect(page.locator("#f-name")).to_have_value("王秀英")
    expect(page.locator("#f-name")).to_be_focused()


@pytest.mark.parametrize("character", ["秀", "英", "张", "号", "堃"])
def test_the_last_stroke_may_come_first(asked: Open, character: str) -> None:
    page = asked()

    draw(page, character, backwards=True)

    assert offered(page)[0] == character


@pytest.mark.parametrize("character", ["㐱", "𠮷", "堃", "喆", "翀"])
def test_rare_characters_of_names_are_offered(asked: Open, character: str) -> None:
    page = asked()

    draw(page, character)

    assert character in offered(page)[:5]


def test_nothing_is_chosen_by_itself(asked: Open) -> None:
    page = asked()
    draw(page, "王")
    assert offered(page)[0] == "王"

    page.wait_for_timeout(1500)

    expect(page.locator("#f-name")).to_have_value("")


def test_a_stroke_is_taken_back_and_a_drawing_begun_again(asked: Open) -> None:
    page = asked()
    draw(page, "王")
    strokes = page.locator(".ink-stroke")
    expect(strokes).to_have_count(4)

    key(page, "退一笔")
    expect(strokes).to_have_count(3)
    key(page, "重写")

    expect(strokes).to_have_count(0)
    expect(page.locator(".ink-panel .py-option")).to_have_count(0)


def test_a_rare_character_is_erased_whole(asked: Open) -> None:
    page = asked()
    write(page, "王𠮷")

    key(page, "删一个字")

    expect(page.locator("#f-name")).to_have_value("王")


def test_a_dot_that_is_only_touched_is_ink(asked: Open) -> None:
    page = asked()
    box = page.locator(".ink-box").bounding_box()
    assert box is not None

    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    assert "丶" in offered(page)


def test_what_was_written_and_not_chosen_is_not_lost_without_a_word(asked: Open) -> None:
    page = asked()
    draw(page, "王")
    assert offered(page)

    page.locator(".actions .go").tap()

    expect(page.locator(".ink-panel .py-hint")).to_have_text("先按一下要的字，或者重写")
    expect(page.locator(".ink-panel.ink-held")).to_have_count(1)
    write_first = page.locator(".ink-panel .py-best")
    write_first.tap()
    expect(page.locator("#f-name")).to_have_value("王")


def test_more_candidates_come_in_the_place_of_the_box(asked: Open) -> None:
    page = asked()
    draw(page, "十")
    few = offered(page)

    key(page, "更多")

    others = page.locator(".ink-panel .py-grid .py-option").all_inner_texts()
    assert len(others) >= 9 and not set(few) & set(others)
    key(page, "回到框")
    expect(page.locator(".ink-stroke")).to_have_count(2)


def test_the_tab_used_last_stays_for_the_visit(asked: Open) -> None:
    page = asked()
    write(page, "王秀英")
    key(page, "拼音")
    expect(page.locator(".ink-panel")).to_be_hidden()
    page.locator(".actions .go").tap()
    page.wait_for_url(re.compile("/fill/(?!name)"))

    page.locator('.actions [value="back"]').tap()

    expect(page.locator("#f-name")).to_have_value("王秀英")
    expect(page.locator(".ink-panel")).to_be_hidden()
    key(page, "手写")
    expect(page.locator(".ink-box")).to_be_visible()


def test_where_the_box_cannot_read_it_says_so(asked: Open) -> None:
    page = asked()
    page.route("**/handwriting.bin", lambda route: route.abort())
    page.reload()

    draw(page, "王")

    expect(page.locator(".ink-panel .py-hint")).to_have_text("现在认不了手写，请用拼音")


def test_without_scripts_no_box_is_offered(asked: Open) -> None:
    page = asked(scripts=False)

    expect(page.locator("#f-name")).to_be_visible()
    expect(page.locator(".ink-box, .ink-tab, .py-key")).to_have_count(0)


def test_a_phone_keeps_its_own_keyboard(asked: Open) -> None:
    expect(asked(PHONE).locator(".ink-panel")).to_be_hidden()


def test_the_english_pages_begin_with_letters(asked: Open) -> None:
    page = asked(STANDING, "lang")
    expect(page.locator(".ink-panel")).to_be_hidden()

    key(page, "Write")
    write(page, "王")

    expect(page.locator("#f-name")).to_have_value("王")


def test_nothing_written_leaves_the_page(asked: Open) -> None:
    page = asked()
    draw(page, "一")
    assert offered(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))

    write_rest(page)

    assert [address for address in sent if "/here" not in address and "/line" not in address] == []


def write_rest(page: Page) -> None:
    """Choose what is offered and write on."""
    page.locator(".ink-panel .py-best").tap()
    write(page, "丁")


@pytest.mark.parametrize(("size", "looks"), [
    (STANDING, ()), (STANDING, ("large", "lang")), (STANDING, ("dark",)), (OLD_PC, ("large",)), (OLD_PC, ("lang",))])
def test_the_keys_are_large_and_on_the_screen_and_axe_finds_nothing(
    asked: Open, size: Size, looks: tuple[str, ...]
) -> None:
    page = asked(size, *looks)
    if "lang" in looks:
        key(page, "Write")
    draw(page, "英")
    assert offered(page)

    boxes = [key.bounding_box() for key in page.locator(".py-key:visible").all()]

    assert all(box and box["width"] >= 64 and box["height"] >= 64 for box in boxes)
    assert all(box and box["x"] + box["width"] <= size.width for box in boxes)
    assert all(box and box["y"] + box["height"] <= size.height for box in boxes)
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run('.pinyin', {runOnly: ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag22aa']})")
    assert [violation["id"] for violation in found["violations"]] == []


def test_every_drawing_is_one_that_the_box_knows(asked: Open) -> None:
    page = asked()
    known = page.evaluate(
        "import('/static/kiosk/recogniser.mjs').then(m => m.Recogniser.open('/static/kiosk/data/handwriting.bin'))"
        ".then(known => known.texts.join(''))"
    )

    assert len(known) > 9000
    assert [c for c in DRAWINGS if c not in known] == []
    assert [c for c in gb2312() if c not in known] == []


def gb2312() -> list[str]:
    """Return the 6,763 characters of GB 2312."""
    rows = [(high, low) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF) if high != 0xD7 or low <= 0xF9]
    return [bytes(pair).decode("gb2312") for pair in rows]
