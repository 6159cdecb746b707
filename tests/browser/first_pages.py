"""Practice and the first look, as whoever is new here sees them."""

from tests.browser.walker import Walker


class FirstPages(Walker):
    """The pages of those who do not hand in anything yet."""

    def look_first(self) -> None:
        """The five screens for who is new here."""
        for step in range(1, 6):
            self.go(f"/first?step={step}")
            self.look(f"first-{step}")

    def practise(self) -> None:
        """Fill a form with its example, to the page that looks like the receipt."""
        self.go("/item/RS-05")
        self.press("/practice/item/RS-05")
        self.look("practice-start")
        self.page.locator(".actions .go, .actions [name=who]").first.click()
        self.page.wait_for_load_state()
        self.look("practice-question")
        self.press("/practice/example")
        self.go("/check?page=9")
        self.look("practice-check")
        self.page.check("#f-agree")
        self.press_go()
        self.look("practice-done")
        self.go("/")
        self.look("practice-home")
        self.press("/practice/end")

    def press(self, to: str) -> None:
        """Press the button that leads to an address."""
        self.page.locator(f'[formaction="{to}"]').click()
        self.page.wait_for_load_state()
