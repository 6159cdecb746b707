"""What is wrong with a page as it stands: by our own rules, and by axe-core's."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.chrome import Size

HERE = Path(__file__).parent
AXE = (HERE.parent / "vendor" / "axe.min.js").read_text("utf-8")
FAULTS = (HERE / "faults.js").read_text("utf-8")


def faults_of(page: Page, size: Size, *, axe: bool = True) -> list[str]:
    """Return what is wrong with the page now: by our own rules and by axe-core's."""
    page.wait_for_load_state()
    found: list[str] = page.evaluate(FAULTS, {"target": size.target, "scrolls": size.scrolls})
    if axe:
        page.evaluate(AXE)
        told: Any = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found += [f"axe {one['id']}: {one['nodes'][0]['html'][:120]}" for one in told["violations"]]
    return found
