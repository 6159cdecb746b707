"""用手机填: what the machine's screen shows, and what a phone sees from the code to the receipt."""

from edge.domain.catalogue import shipped_catalogue
from edge.domain.form_walk import BROUGHT, material_key
from edge.kiosk.inviting import MOST_PHONES
from edge.kiosk.phone_app import COOKIE
from tests.browser.form_pages import FormPages
from tests.browser.phone_place import SHOWN, PhonePlace, letting_phones_in

WIDEST_PHONE = 500   # pixels: what follows the door is seen on no other screen


class PhonePages(FormPages):
    """Someone at the machine who would rather use their own phone."""

    def phones(self) -> None:
        """First at the machine, then on the phone. A machine of its own, so it comes last."""
        self.go("/")
        looks = self.looks
        with letting_phones_in(self.site) as place:
            self.base = place.kiosk
            self.go("/")
            self.press_looks(looks)
            self.invite(place)
            self.base = place.phones
            self.come_in(place)
            if self.page.evaluate("innerWidth") <= WIDEST_PHONE:
                self.fill_on_phone(place)
                self.stay_out(place)

    def invite(self, place: PhonePlace) -> None:
        """The first page with its third button, the code, a network without a lock, too many phones."""
        place.inviting.url, real = SHOWN, place.inviting.url
        self.look("home-phones")
        self.page.locator('[href="/phone"]').click()
        self.page.locator("svg.qr").wait_for()
        self.look("invite-open")
        place.inviting.sealed = True
        self.go("/phone")
        self.look("invite")
        many = [place.inviting.visits.begin() for _ in range(MOST_PHONES)]
        self.go("/phone")
        self.look("invite-full")
        for one in many:
            place.inviting.visits.drop(one)
        self.go("/phone")
        place.inviting.url = real

    def come_in(self, place: PhonePlace) -> None:
        """Scan the code, press 开始填; the machine says that it has gone well."""
        place.inviting.sealed = False
        self.page.goto(place.scanned)
        self.look("phone-door-open")
        place.inviting.sealed = True
        self.page.goto(place.scanned)
        self.look("phone-door")
        self.press_go()
        self.page.locator(".find").wait_for()
        self.look("phone-home")
        self.page.goto(place.kiosk + "/phone")
        self.look("invite-taken")

    def fill_on_phone(self, place: PhonePlace) -> None:
        """A form with a finger: no keys of ours, no reader, no printer."""
        self.go("/item/MZ-01")
        self.look("phone-start")
        self.page.locator(".actions .go").first.click()
        self.page.wait_for_load_state()
        self.look("phone-name")
        self.answered(place, material_hukou=BROUGHT)
        self.go("/fill/material_hukou/photo")
        self.look("phone-photo")
        self.answered(place)
        self.go("/check?page=9")
        self.look("phone-check")
        self.page.check("#f-agree")
        self.press_go()
        self.look("phone-receipt")
        self.go("/help")
        self.look("phone-help")
        self.page.locator('button[formaction="/leave"]').click()
        self.page.wait_for_load_state()
        self.look("phone-left")

    def answered(self, place: PhonePlace, **other: str) -> None:
        """Put the item's example into the form: that it can be filled with a finger is seen in `test_phone.py`."""
        cookies = self.page.context.cookies(place.phones)
        visit = place.inviting.visits.find(next(one["value"] for one in cookies if one["name"] == COOKIE))
        assert visit is not None and visit.draft is not None
        item = shipped_catalogue().item("MZ-01")
        visit.draft.given = {**item.example, **other}
        visit.draft.unseen = {material_key(paper) for paper in item.materials}

    def stay_out(self, place: PhonePlace) -> None:
        """A code that another phone has used, one that is too old, and a full house."""
        self.page.goto(place.scanned)
        self.look("phone-spent")
        self.go("/in/" + "0" * 32)
        self.look("phone-old")
        late = place.inviting.invitations.make("zh" if self.chinese else "en").code
        self.go(f"/in/{late}")
        for _ in range(MOST_PHONES):
            place.inviting.visits.begin()
        self.press_go()
        self.look("phone-full")
