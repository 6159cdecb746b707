"""The camera in a real browser: what it judges, what it takes, what is left of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from edge.domain.catalogue import shipped_catalogue
from edge.kiosk import create_kiosk
from edge.machine.imaging import ChildImaging, CleanPhoto
from tests.browser.chrome import EXECUTABLE, FLAGS, SIZES, new_page, serving
from tests.browser.story import Story
from tests.fakes.one_site import make_site
from tests.fakes.photos import blurred, dark, glaring, page, written

pytestmark = pytest.mark.browser
STANDING = SIZES[0]
PAPER = page(1280, 960)
ROUNDS = 5
PATIENCE_MS = 30_000
"""A camera made of software takes a whole processor."""


class Machine:
    """A kiosk with what its camera's child has seen."""

    def __init__(self, folder: Path) -> None:
        self.site, _clock = make_site(folder)
        self.taken: list[CleanPhoto] = []
        self.app = create_kiosk(self.site)
        real, taken = ChildImaging(), self.taken

        class Spy(ChildImaging):
            def clean(self, raw: bytes) -> CleanPhoto:
                taken.append(real.clean(raw))
                return taken[-1]

        self.app.config["IMAGING"] = Spy()


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """A kiosk over a site whose line is down."""
    made = Machine(tmp_path / "site")
    yield made
    made.site.store.close()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()


@contextmanager
def seeing(first: Browser, picture: Image.Image, folder: Path) -> Iterator[Browser]:
    """Yield a second browser beside the first, whose camera looks at a picture."""
    film = folder / "film.mjpeg"
    film.write_bytes(written(picture, quality=95) * 3)
    browser = first.browser_type.launch(
        executable_path=EXECUTABLE, args=[*FLAGS, f"--use-file-for-fake-video-capture={film}"]
    )
    try:
        yield browser
    finally:
        browser.close()


def to_photo(story: Story) -> None:
    """Fill MZ-01 up to the photo of the household book."""
    example = {**shipped_catalogue().item("MZ-01").example, "material_hukou": "brought"}
    story.go("/item/MZ-01")
    story.page.locator(".actions .go").first.click()
    for _ in range(40):
        key = story.page.url.partition("/fill/")[2].partition("?")[0]
        if key == "material_hukou/photo":
            return
        if key.endswith("/photo"):
            story.go_on_without_photo()
            continue
        story.answer(key, example.get(key))
        story.press_go()
    raise AssertionError(story.page.url)


def story_of(shown: Page, base: str, machine: Machine) -> Story:
    shown.context.set_default_timeout(PATIENCE_MS)
    return Story(shown, base, machine.site, lambda _name: None)


@pytest.mark.parametrize(("picture", "said", "bad"), [
    (PAPER, "看得清楚。按“拍照”。", []),
    (blurred(PAPER), "有点糊。把户口簿放平，手拿开，再拍一次。", ["blurry"]),
    (glaring(PAPER.point(lambda value: value * 0.85)), "有反光。把户口簿斜一点，避开灯。", ["glare"]),
    (dark(PAPER), "太暗了。开灯，或者换个亮的地方。", ["dark"]),
], ids=["good", "blurred", "glaring", "dark"])
def test_the_frame_and_the_machine_judge_alike(
    machine: Machine, browser: Browser, tmp_path: Path, picture: Image.Image, said: str, bad: list[str]
) -> None:
    with seeing(browser, picture, tmp_path) as looking, serving(machine.app) as base:
        shown = new_page(looking, STANDING)
        to_photo(story_of(shown, base, machine))
        shown.wait_for_selector("#checks:not([hidden])")

        assert shown.inner_text(".spoken") == said
        assert shown.eval_on_selector_all("#checks li.bad", "all => all.map((one) => one.dataset.check)") == bad
        story_of(shown, base, machine).take_photo()

    assert list(machine.taken[0].hints) == bad
    assert (machine.taken[0].width, machine.taken[0].height) == picture.size


def test_one_photo_is_taken_however_often_the_button_is_pressed(machine: Machine, browser: Browser) -> None:
    with serving(machine.app) as base:
        shown = new_page(browser, STANDING)
        to_photo(story_of(shown, base, machine))
        shown.wait_for_selector("#camera[data-open]")
        shown.evaluate("() => { for (let n = 0; n < 3; n += 1) document.querySelector('[data-take]').click(); }")
        shown.wait_for_selector(".frame.taken img")

        assert len(machine.taken) == 1
        assert shown.locator(".thumbs").count() == 0
        shown.context.close()


def test_no_button_moves_under_a_finger_when_the_camera_speaks(machine: Machine, browser: Browser) -> None:
    with serving(machine.app) as base:
        shown = new_page(browser, SIZES[1])
        to_photo(story_of(shown, base, machine))
        shown.wait_for_selector("#checks:not([hidden])")
        places = "all => all.map((one) => JSON.stringify(one.getBoundingClientRect()))"
        after = shown.eval_on_selector_all("main .button", places)
        shown.evaluate("() => { for (const one of ['camera', 'checks']) document.getElementById(one).hidden = true; "
                       "document.getElementById('file').hidden = false; }")

        assert shown.eval_on_selector_all("main .button", places) == after
        shown.context.close()


def test_without_a_script_a_file_does_it(machine: Machine, browser: Browser, tmp_path: Path) -> None:
    photo = tmp_path / "hukou.jpg"
    photo.write_bytes(written(PAPER))
    with serving(machine.app) as base:
        shown = new_page(browser, STANDING, scripts=False)
        to_photo(story_of(shown, base, machine))
        assert not shown.locator("#camera").is_visible() and shown.locator("#f-photo").is_visible()
        shown.set_input_files("#f-photo", photo)
        shown.locator(".actions .go").click()

        assert shown.locator("h1").inner_text() == "每个字都看得清吗？"
        assert shown.eval_on_selector(".frame img", "one => one.naturalWidth") == PAPER.width
        shown.context.close()


def test_a_page_over_plain_http_from_another_machine_offers_the_file(machine: Machine, browser: Browser) -> None:
    with serving(machine.app) as base:
        shown = new_page(browser, STANDING)
        shown.add_init_script("Object.defineProperty(Navigator.prototype, 'mediaDevices', { get: () => undefined })")
        to_photo(story_of(shown, base, machine))

        assert shown.locator("#f-photo").is_visible() and not shown.locator("#camera").is_visible()
        assert shown.inner_text("[data-take]") == "用这张照片"
        shown.context.close()


def test_by_keyboard_alone_a_photo_is_taken_and_kept(machine: Machine, browser: Browser) -> None:
    with serving(machine.app) as base:
        shown = new_page(browser, STANDING)
        to_photo(story_of(shown, base, machine))
        shown.wait_for_selector("#camera[data-open]")
        shown.locator("[data-take]").focus()
        shown.keyboard.press("Enter")
        shown.wait_for_selector(".frame.taken img")
        shown.locator('.actions [value="keep"]').focus()
        shown.keyboard.press("Space")
        shown.wait_for_url("**/fill/material_card")

        assert len(machine.taken) == 1
        shown.context.close()


def test_two_citizens_in_a_row_leave_each_other_no_picture(machine: Machine, browser: Browser) -> None:
    with serving(machine.app) as base:
        shown = new_page(browser, STANDING)
        for _ in range(ROUNDS):
            story = story_of(shown, base, machine)
            to_photo(story)
            shown.wait_for_selector("#camera[data-open]")
            story.take_photo()
            address = shown.get_attribute(".frame img", "src") or ""
            story.press_leave()

            shown.go_back()
            shown.wait_for_load_state()
            assert shown.locator("img").count() == 0 and "/photo" not in shown.url
            answer = shown.request.get(base + address)
            assert answer.status == 404 and b"JFIF" not in answer.body()
            kept = shown.evaluate("async () => JSON.stringify([localStorage, sessionStorage, await caches.keys()])")
            assert "photo" not in kept and "jpg" not in kept, kept
        shown.context.close()
    assert len(machine.taken) == ROUNDS


def test_the_camera_is_let_go_when_the_page_is_left(machine: Machine, browser: Browser) -> None:
    with serving(machine.app) as base:
        shown = new_page(browser, STANDING)
        to_photo(story_of(shown, base, machine))
        shown.wait_for_selector("#camera[data-open]")
        shown.evaluate("() => { window.track = document.querySelector('video').srcObject.getTracks()[0]; }")
        shown.evaluate("() => window.dispatchEvent(new Event('pagehide'))")

        assert shown.evaluate("() => window.track.readyState") == "ended"
        shown.context.close()


def test_other_sites_get_no_camera_through_us(machine: Machine, browser: Browser) -> None:
    answer = machine.app.test_client().get("/")

    assert "camera=(self)" in answer.headers["Permissions-Policy"]
    assert "microphone=()" in answer.headers["Permissions-Policy"]
