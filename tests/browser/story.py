"""Every page of the kiosk, reached as a citizen reaches it. The gallery and the page checks walk the same way."""

from edge.domain.form_walk import BROUGHT
from edge.domain.identity import id_check_character
from edge.ground.disk import UNKNOWN, Disk
from tests.browser.case_pages import CasePages
from tests.browser.first_pages import FirstPages
from tests.browser.phone_pages import PhonePages
from tests.browser.staff_pages import StaffPages


class Story(StaffPages, CasePages, FirstPages, PhonePages):
    """One walk through all that a citizen and the staff see."""

    def walk(self) -> None:
        """Go everywhere."""
        self.find_an_item()
        receipt, tail = self.fill_and_hand_in("MZ-01", looks=True, answers={"material_hukou": BROUGHT})
        self.same_person_again()
        self.track(receipt, tail)
        self.correct(receipt, tail)
        self.get_an_offer()
        self.register()
        self.stop()
        self.side_pages()
        self.look_first()
        self.practise()
        self.staff()
        self.phones()

    def find_an_item(self) -> None:
        """Home, lists, search, item."""
        self.go("/")
        self.look("home")
        self.page.click("text=写字找：" if self.chinese else ".searchbox")
        self.look("search")
        self.page.fill("#f-words", "养老")
        self.press_go()
        self.look("list-found")
        self.go("/event/elder")
        self.look("list-event")
        self.go("/all")
        self.look("list-all")
        self.go("/department/mz")
        self.look("list-department")
        self.go("/item/RS-01")
        self.look("start-RS-01")

    def stop(self) -> None:
        """Someone of 66 asks for what begins at 80."""
        self.go("/item/MZ-01")
        self.page.locator(".actions .go").first.click()
        self.answer("name", "张三")
        self.press_go()
        body = "11010519600101001"
        self.answer("id_number", body + id_check_character(body))
        self.press_go()
        self.look("stop")
        self.page.locator('button[formaction="/leave"]').click()
        self.page.wait_for_load_state()
        self.look("leaving")
        self.leave()

    def side_pages(self) -> None:
        """Help, idle, nothing here, needs the line."""
        self.go("/item/MZ-01")
        self.page.locator(".lamp").first.click()
        self.look("help-sheet")
        self.go("/help")
        self.look("help")
        self.go("/item/MZ-01/privacy")
        self.look("privacy")
        self.go("/idle")
        self.look("idle-page")
        self.go("/item/MZ-01")
        self.page.evaluate("document.getElementById('idle').showModal()")
        self.look("idle-sheet")
        self.go("/nothing-here")
        self.look("problem")
        self.go("/item/MZ-01")
        self.site.health.forgets = True
        self.page.locator(".actions .go").first.click()
        self.page.wait_for_load_state()
        self.look("problem-forgets")
        self.go("/")
        self.look("paper-red")
        self.site.health.forgets = False
        self.site.disk = lambda: Disk(99 * 2**30, 2**30)
        self.go("/")
        self.look("paper-full")
        self.site.disk = lambda: UNKNOWN
        if "RS-04" in self.site.catalogue().items:
            self.go("/item/RS-04")
            self.look("unable")
