"""Someone in front of a page: where they are, what they press."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from edge.desk.site import Site

Look = Callable[[str], None]


@dataclass
class Walker:
    """One walk: `look` is called on every page with its name."""

    page: Page
    base: str
    site: Site
    look: Look
    camera: bool = True

    def go(self, path: str) -> None:
        """Open a page by its address."""
        self.page.goto(self.base + path)

    def press_go(self) -> None:
        """Press the one go button; a name that is to be signed on paper has its own."""
        paper = self.page.locator('[data-pen] ~ .beside [value="paper"]')
        unsigned = paper.count() and not self.page.locator("[data-pen] polyline").count()
        (paper if unsigned else self.page.locator(".actions .go").last).click()
        self.page.wait_for_load_state()

    def leave(self) -> None:
        """Press 结束; the next person wants the same looks."""
        self.go("/help")
        looks = self.looks
        self.press_leave()
        self.press_looks(looks)

    def press_leave(self) -> None:
        """Press 结束, and once more where something was filled in."""
        self.page.locator('button[formaction="/leave"]').click()
        self.page.wait_for_load_state()
        if self.page.url.endswith("/leaving"):
            self.page.locator('form.actions[action="/leave"] button').click()
            self.page.wait_for_load_state()

    @property
    def looks(self) -> list[str]:
        """Return the dock's buttons that are pressed."""
        root = self.page.locator("html")
        looks = ["large"] if root.get_attribute("data-size") else []
        looks += ["dark"] if root.get_attribute("data-theme") else []
        return looks + ([] if self.chinese else ["lang"])

    def press_looks(self, looks: list[str]) -> None:
        """Press the dock's buttons for these looks."""
        for look in looks:
            self.page.locator(f'.dock button[value="{look}"]').click()
            self.page.wait_for_load_state()

    @property
    def chinese(self) -> bool:
        """Tell which language the visit has."""
        return self.page.locator("html").get_attribute("lang") == "zh-CN"
