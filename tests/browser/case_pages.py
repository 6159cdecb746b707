"""What became of a form: looked up, put right, accepted, refused, registered."""

from edge.desk.lodge import lodge
from edge.desk.salvage import Salvaged
from edge.domain.catalogue import shipped_catalogue
from edge.domain.form import Item
from edge.ground.problem import PRINTER_FAULT
from edge.records import facts, jobs
from tests.browser.form_pages import TAIL_OF_ID, FormPages
from tests.fakes.one_site import verdict


class CasePages(FormPages):
    """Someone who comes back."""

    def same_person_again(self) -> None:
        """From the receipt to the next form, with nothing taken over."""
        self.page.locator('[formaction="/another"], form[action="/another"] button').first.click()
        self.page.wait_for_load_state()
        self.go("/item/YB-02")
        with self.page.expect_navigation():
            self.page.locator(".actions .go, .actions [name=who]").first.click()
        self.look("again")
        self.page.locator('.actions [value="fresh"]').click()
        self.page.wait_for_load_state()

    def track(self, receipt: str, tail: str) -> None:
        """Look a case up, first with a slip of the pen."""
        self.go("/track")
        self.look("track-code")
        self.page.fill("#f-code", "AAAA")
        self.press_go()
        self.look("track-code-error")
        self.page.fill("#f-code", receipt)
        self.press_go()
        self.look("track-tail")
        self.page.fill("#f-tail", "0000")
        self.press_go()
        self.look("track-tail-error")
        self.page.fill("#f-tail", tail)
        self.press_go()
        self.look("case-queued")

    def open_case(self, receipt: str, tail: str) -> None:
        """Look a case up without a slip."""
        self.go("/track")
        self.page.fill("#f-code", receipt)
        self.press_go()
        self.page.fill("#f-tail", tail)
        self.press_go()

    def correct(self, receipt: str, tail: str) -> None:
        """The county asks for two things again; they are put right."""
        asks = (("bank_card", "和银行登记的名字对不上"), ("material_hukou", "看不清“户籍地”那一行"))
        more = [(paper, "看不清“有效期限”那一行，请放平了再拍一张") for paper in ("material_id", "material_card")]
        verdict(self.site, receipt, tail, "needs_correction", reason="有四样要补", asks=(*asks, *more))
        self.open_case(receipt, tail)
        self.look("case-returned-much")
        verdict(self.site, receipt, tail, "needs_correction", reason="有两样要补", asks=asks, step=3)
        self.open_case(receipt, tail)
        self.look("case-returned")
        self.press_go()
        self.look("correct-1")
        for _ in range(2):   # a card is typed twice
            self.answer("bank_card", "6222020000000000000")
            self.press_go()
        self.answer("material_hukou", "brought")
        self.press_go()
        self.go_on_without_photo()
        self.look("correct-check")
        self.page.check("#f-agree")
        self.press_go()
        self.look("corrected")
        self.leave()

    def get_an_offer(self) -> None:
        """A certificate of grade 2 is renewed: two other items follow from it."""
        item = shipped_catalogue().item("CL-02")
        receipt, tail = self.handed_in(item)
        known = {**item.example, "status": "none"}
        verdict(self.site, receipt, tail, "accepted", reason="", result=dict(item.outcome_example), known=known)
        self.open_case(receipt, tail)
        self.look("case-accepted")
        if self.page.locator('a[href="/track/next"]').count():
            self.go("/track/next")
            self.look("offers")
        verdict(self.site, receipt, tail, "done", reason="证件做好了，带身份证来取。", step=3,
                result=dict(item.outcome_example), known=known)
        self.open_case(receipt, tail)
        self.look("case-done")
        verdict(self.site, receipt, tail, "rejected", reason="证件和本人对不上。", step=4)
        self.open_case(receipt, tail)
        self.look("case-rejected")
        self.leave()

    def handed_in(self, item: Item) -> tuple[str, str]:
        """Hand an item's example in behind the pages, as they would; return receipt code and ID tail."""
        example = dict(item.example)
        lodged = lodge(self.site, item, example, channel="kiosk")
        return lodged.receipt, str(example[item.applicant.id_number])[TAIL_OF_ID:]

    def register(self) -> None:
        """A matter that needs a live answer is only registered: so says the receipt, and so the case."""
        receipt, tail = self.fill_and_hand_in("RS-04")
        self.look("receipt-registered")
        with self.site.store.write() as db:
            while job := jobs.claim(db, self.site.now(), 60):
                jobs.give_up(db, job, PRINTER_FAULT.code)
        self.go("/receipt")
        self.look("receipt-not-printed")
        self.open_case(receipt, tail)
        self.look("case-registered")
        verdict(self.site, receipt, tail, "held")
        self.open_case(receipt, tail)
        self.look("case-registered-arrived")
        self.leave()
        self.ask_after_damage(receipt)

    def ask_after_damage(self, receipt: str) -> None:
        """A machine whose notes were read out knows that some may be lost."""
        with self.site.store.write() as db:
            facts.put(db, "salvaged", Salvaged("damaged/1", self.site.now()))
        self.open_case(receipt, "0000")
        self.look("track-tail-damaged")
        self.leave()
        with self.site.store.write() as db:
            facts.forget(db, "salvaged")
