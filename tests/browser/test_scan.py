"""The camera reads a slip's QR by itself and sends it; the picture never leaves the page."""

import json
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser

from edge.domain.receipt import Statement, qr_text
from edge.kiosk import create_kiosk
from tests.browser.chrome import SIZES, new_page, serving
from tests.fakes.one_site import make_site

pytestmark = pytest.mark.browser

CAMERA = """(rows) => {
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement("canvas");
    canvas.width = 900; canvas.height = 700;
    const pen = canvas.getContext("2d");
    const draw = () => {
      pen.fillStyle = "#d8d2c8"; pen.fillRect(0, 0, 900, 700);
      pen.setTransform(0.99, 0.1, -0.1, 0.99, 180, 60);
      pen.fillStyle = "white"; pen.fillRect(0, 0, 8 * (rows.length + 8), 8 * (rows.length + 8));
      pen.fillStyle = "black";
      rows.forEach((row, y) => row.forEach((on, x) => { if (on) pen.fillRect(8 * (x + 4), 8 * (y + 4), 8, 8); }));
      pen.setTransform(1, 0, 0, 1, 0, 0);
    };
    draw();
    setInterval(draw, 100);
    return canvas.captureStream(10);
  };
}"""


def test_the_camera_reads_a_slip_that_is_held_askew(browser: Browser, tmp_path: Path) -> None:
    site, _clock = make_site(tmp_path)
    said = qr_text(site.key, Statement(site.identity.device, bytes(32), "DKSY6CJRXA", "MZ-01", site.now()))
    rows = [list(row) for row in segno.make(said, error="m", micro=False).matrix]
    with serving(create_kiosk(site)) as base:
        page = new_page(browser, SIZES[0])
        page.add_init_script(f"({CAMERA})({json.dumps(rows)})")
        page.goto(base + "/verify")
        page.wait_for_url("**/verify/told")

        assert page.inner_text("h1") == "这张回执是真的"
        page.context.close()
    site.store.close()
