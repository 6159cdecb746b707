"""验回执, as whoever holds a slip sees it, and 刷身份证."""

from edge.domain.receipt import Statement, qr_text
from tests.browser.form_pages import FormPages


class ProofPages(FormPages):
    """A true slip, a changed one, one of a machine that nobody here knows; waiting for a card."""

    def prove_slips(self) -> None:
        """Scan three slips and something else."""
        own = Statement(self.site.identity.device, bytes(32), "DKSY6CJRXA", "MZ-01", self.site.now())
        true = qr_text(self.site.key, own)
        foreign = qr_text(self.site.key, Statement(bytes(16), bytes(32), "DKSY6CJRXA", "MZ-01", self.site.now()))
        self.go("/verify")
        self.look("verify")
        self.page.fill("#f-slip", "DKSY 6CJ RXA")
        self.press_go()
        self.look("verify-error")
        for name, scanned in (("true", true), ("false", true[:-2] + "00"), ("stranger", foreign), ("other", "https://x.cn")):
            self.go("/verify")
            self.page.fill("#f-slip", scanned)
            self.press_go()
            self.look(f"verified-{name}")
        self.leave()

    def read_a_card(self) -> None:
        """Choose the card instead of the keys, and press too early."""
        self.go("/item/MZ-01")
        self.page.locator(".actions .go").first.click()
        self.page.wait_for_load_state()
        self.look("fill-name-with-reader")
        self.page.locator('[formaction$="/begin"]').click()
        self.page.wait_for_load_state()
        self.look("card")
        self.press_go()
        self.look("card-nothing")
        self.page.locator('.actions a[href="/fill/name"]').click()
        self.answer("name", "张三")
        self.press_go()
        self.look("fill-id_number-with-reader")
        self.leave()
