"""What the staff of a service point see behind their PIN."""

from edge.desk.lodge import lodge
from edge.desk.staff import set_pin
from edge.desk.tried import DEVICES
from edge.domain.catalogue import shipped_catalogue
from tests.browser.form_pages import TAIL_OF_ID
from tests.browser.proof_pages import ProofPages
from tests.fakes.staffed import PIN


class StaffPages(ProofPages):
    """The staff's part of a walk."""

    def staff(self) -> None:
        """The staff's pages: the PIN, a stick there and back, papers printed and typed in."""
        self.prove_slips()
        self.read_a_card()
        set_pin(self.site, PIN)
        self.go("/staff")
        self.look("staff-pin")
        self.page.fill("#f-pin", "000001")
        self.press_go()
        self.look("staff-pin-wrong")
        self.page.fill("#f-pin", PIN)
        self.press_go()
        self.look("staff")
        for way in ("out", "back"):
            self.go(f"/staff/stick/{way}")
            self.look(f"stick-{way}")
            self.press_go()
            self.page.wait_for_selector("a.go[href='/staff']")
            self.look(f"trip-{way}")
        self.devices()
        self.print_a_slip_again()
        self.papers()
        self.leave()

    def devices(self) -> None:
        """Every device, tried by hand; one is found bad."""
        for device in DEVICES:
            self.go(f"/staff/devices/{device}")
            self.look(f"device-{device}")
        self.page.locator('.actions [value="bad"]').click()
        self.go("/staff/devices/slip")
        self.press_go()
        self.look("devices")

    def print_a_slip_again(self) -> None:
        """A slip that did not come out, printed again by its number."""
        item = shipped_catalogue().item("RS-01")
        lodged = lodge(self.site, item, dict(item.example), channel="kiosk")
        self.go("/staff/slip")
        self.look("slip-code")
        self.press_go()
        self.look("slip-code-error")
        self.page.fill("#f-code", lodged.receipt)
        self.press_go()
        self.look("slip-tail")
        self.page.fill("#f-tail", "0000")
        self.press_go()
        self.look("slip-tail-error")
        self.page.fill("#f-tail", str(item.example[item.applicant.id_number])[TAIL_OF_ID:])
        self.press_go()
        self.look("slip-ordered")

    def staff_in(self) -> None:
        """Type the PIN."""
        set_pin(self.site, PIN)
        self.go("/staff")
        self.page.fill("#f-pin", PIN)
        self.press_go()

    def papers(self) -> None:
        """Paper forms, printed ahead and typed in."""
        self.go("/staff/paper")
        self.look("paper-offices")
        self.go("/staff/paper?department=rs")
        self.look("paper-items")
        self.go("/staff/cards/RS-01")
        self.look("card-print")
        self.go("/staff/paper/RS-01")
        self.look("paper-count")
        self.press_go()
        self.look("paper-print")
        self.go("/staff/typed")
        self.look("typed-number")
        self.page.fill("#f-code", "DKSY6CJRXX")
        self.press_go()
        self.look("typed-number-error")
        self.page.fill("#f-code", "DKSY6CJRXA")
        self.press_go()
        self.look("typed-day")
        self.press_go()
        self.look("typed-day-error")
        self.page.check("#f-day-4")
        self.press_go()
        self.look("typed-older")
        self.page.fill('[name="day.1"]', "2024")
        self.press_go()
        self.look("typed-older-error")
        for part, value in ((1, "2026"), (2, "11"), (3, "2")):
            self.page.fill(f'[name="day.{part}"]', value)
        self.press_go()
        self.look("typed-item")
