"""验回执, as whoever holds a slip sees it."""

from edge.domain.receipt import Statement, qr_text
from tests.browser.walker import Walker


class ProofPages(Walker):
    """A true slip, a changed one, one of a machine that nobody here knows."""

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
