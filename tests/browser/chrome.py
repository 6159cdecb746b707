"""A real browser and a real server for it, in one process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

EXECUTABLE = "/usr/bin/chromium"
"""The kiosk's browser, for what hangs on its profile or its camera."""
SHELL = "/usr/bin/chromium-headless-shell"
"""The same pages drawn by the same engine without the rest of a browser: a third less work for each page."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
    "--disable-features=Translate",
    "--use-fake-device-for-media-stream",  # a camera that sees a moving test picture
    "--use-fake-ui-for-media-stream",
]


@dataclass(frozen=True)
class Size:
    """A screen: its name in file names, its width and height, and whether its pages may scroll."""

    name: str
    width: int
    height: int
    scrolls: bool
    target: int


SIZES = (
    Size("1080", 1080, 1920, False, 64),
    Size("1366", 1366, 768, False, 64),
    Size("390", 390, 844, True, 48),
)


@contextmanager
def serving(app: Flask, port: int = 0) -> Iterator[str]:
    """Serve on a port, 0 a free one, and yield the address."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(5)


@contextmanager
def chromium(program: str = SHELL) -> Iterator[Browser]:
    """Yield a browser with an empty profile; for pictures it is the kiosk's own."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def new_page(browser: Browser, size: Size, *, scripts: bool = True, touch: bool = False) -> Page:
    """Return a page of a citizen who has never been here; with `touch` it can be tapped."""
    context = browser.new_context(
        viewport={"width": size.width, "height": size.height},
        locale="zh-CN",
        reduced_motion="reduce",
        java_script_enabled=scripts,
        has_touch=touch,
    )
    context.set_default_timeout(8000)
    return context.new_page()
