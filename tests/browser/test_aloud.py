"""听一听: what a page says, in which order, when, and what it never says."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from edge.domain.spoken import sentences, voice_name
from edge.kiosk import create_kiosk
from edge.kiosk.voice import SAMPLES
from tests.browser.chrome import SIZES, new_page, serving
from tests.fakes.one_site import make_site

pytestmark = pytest.mark.browser

LISTENING = """
window.heard = [];
window.hold = %s;
window.Audio = class {
  constructor(address) { this.name = address.split("/").pop(); }
  play() {
    window.heard.push(this.name);
    if (!window.hold) setTimeout(() => this.onended(), 5);
    return Promise.resolve();
  }
  pause() { this.onpause?.(); }
};
Object.defineProperty(window, "speechSynthesis", { value: { getVoices: () => [], cancel() {}, speak() {} } });
"""
QUESTION, HINT = "您叫什么名字？", "和身份证上一样"
NAME = "欧阳春兰"
Open = Callable[..., Page]


def named(*texts: str) -> list[str]:
    return [voice_name(one) for text in texts for one in sentences(text)]


@pytest.fixture
def asked(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open the question about the name where the sound is only noted."""
    site, _clock = make_site(tmp_path)
    with serving(create_kiosk(site, phone="0533-0000000")) as base:
        pages: list[Page] = []

        def open_page(*, hold: bool = False, scripts: bool = True, lang: str = "zh") -> Page:
            page = new_page(browser, SIZES[0], scripts=scripts)
            page.add_init_script(LISTENING % str(hold).lower())
            pages.append(page)
            page.goto(base + "/")
            if lang == "en":
                page.locator('.dock button[value="lang"]').click()
                expect(page.locator("html")).to_have_attribute("lang", "en")
            page.goto(base + "/item/RS-01")
            page.locator(".actions .go").first.click()
            page.wait_for_url("**/fill/name")
            return page

        yield open_page
        for page in pages:
            page.context.close()
    site.store.close()


def heard(page: Page) -> list[str]:
    names: list[str] = page.evaluate("window.heard")
    return names


def start_reading(page: Page) -> None:
    """Press 听一听 and wait for the first sentence: the button says 停 before the list of recordings is there."""
    page.locator("[data-voice]").click()
    expect(page.locator("[data-voice]")).to_have_text("停")
    page.wait_for_function("window.heard.length > 0")


def test_nothing_is_read_before_somebody_asks(asked: Open) -> None:
    page = asked()

    page.wait_for_timeout(500)

    assert heard(page) == []
    expect(page.locator("[data-voice]")).to_have_text("听一听")


def test_the_question_and_its_hint_are_read_in_order(asked: Open) -> None:
    page = asked()

    page.locator("[data-voice]").click()

    expect(page.locator("[data-voice]")).to_have_text("再听一遍")
    assert heard(page) == named(QUESTION, HINT)
    assert all((SAMPLES / f"{name}.ogg").is_file() for name in heard(page))


def test_while_it_reads_the_button_stops_it(asked: Open) -> None:
    page = asked(hold=True)
    start_reading(page)

    page.locator("[data-voice]").click()

    expect(page.locator("[data-voice]")).to_have_text("听一听")
    assert heard(page) == named(QUESTION)


def test_a_touch_elsewhere_stops_it(asked: Open) -> None:
    page = asked(hold=True)
    start_reading(page)

    page.locator("h1").click()

    expect(page.locator("[data-voice]")).to_have_text("再听一遍")
    assert heard(page) == named(QUESTION)


def test_an_error_is_read_first_and_by_itself_once_somebody_asked(asked: Open) -> None:
    page = asked()
    page.locator("[data-voice]").click()
    expect(page.locator("[data-voice]")).to_have_text("再听一遍")
    page.fill("#f-name", "王")

    page.locator(".actions .go").click()

    expect(page.locator("#errors")).to_be_visible()
    expect(page.locator("[data-voice]")).to_have_text("再听一遍")
    assert heard(page)[:2] == named("名字至少2个字。", "请照身份证写全。")
    assert heard(page)[2:4] == named(QUESTION, HINT)


def test_after_the_stop_the_next_page_is_silent(asked: Open) -> None:
    page = asked(hold=True)
    start_reading(page)
    with page.expect_response("**/voice/aloud"):
        page.locator("[data-voice]").click()
    page.fill("#f-name", NAME)

    page.locator(".actions .go").click()
    page.wait_for_url("**/fill/id_number")
    page.wait_for_timeout(300)

    assert heard(page) == []


def test_what_was_typed_is_neither_spoken_nor_asked_for(asked: Open) -> None:
    page = asked()
    sent: list[str] = []

    def recorded(route: Route) -> None:
        """Say that there is a recording of the very name."""
        route.fulfill(json={"names": [*route.fetch().json()["names"], voice_name(NAME)]})

    page.route("**/voice/names", recorded)
    page.on("request", lambda request: sent.append(request.url))
    page.fill("#f-name", NAME)

    page.locator("[data-voice]").click()

    expect(page.locator("[data-voice]")).to_have_text("再听一遍")
    assert voice_name(NAME) not in heard(page)
    assert [address for address in sent if voice_name(NAME) in address or NAME in address] == []


def test_a_sentence_is_read_whole_over_its_bold_words_and_the_one_behind_them_too(asked: Open) -> None:
    page = asked()
    page.evaluate("""() => document.querySelector("main h1").insertAdjacentHTML("afterend",
        '<div class="callout"><p>凭<b>回执号</b>，在任何一个驿站都能查。<b>没出纸？</b>一样有用。</p></div>')""")
    wanted = named("凭回执号，在任何一个驿站都能查。没出纸？一样有用。")
    page.route("**/voice/names", lambda route: route.fulfill(json={"names": wanted}))

    page.locator("[data-voice]").click()

    expect(page.locator("[data-voice-status]")).not_to_have_text("")
    assert heard(page) == wanted


def test_a_page_without_recordings_says_so(asked: Open) -> None:
    page = asked()
    page.route("**/voice/names", lambda route: route.fulfill(json={"names": []}))

    page.locator("[data-voice]").click()

    expect(page.locator("[data-voice]")).to_have_text("没有录音")
    expect(page.locator("[data-voice-status]")).to_have_text("没有录音")


def test_an_english_page_is_not_read_in_chinese(asked: Open) -> None:
    page = asked(lang="en")

    page.locator("[data-voice]").click()

    expect(page.locator("[data-voice]")).to_have_text("No audio")
    assert heard(page) == []


def test_without_scripts_nothing_is_offered(asked: Open) -> None:
    expect(asked(scripts=False).locator("[data-voice]")).to_be_hidden()
