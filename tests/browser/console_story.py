"""Every page of the county's console, reached as its people reach it: `look` is called on each with its name."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import FilePayload, Page

from edge.ground.keys import SigningKey
from tests.browser.chrome import Size
from tests.console.sample import SECRET
from tests.fakes.stick_file import stick_file

Look = Callable[[str], None]
CONSOLE_SIZES = (
    Size("1440", 1440, 900, True, 24),
    Size("1366", 1366, 768, True, 24),
    Size("390", 390, 844, True, 24),
)


@dataclass
class ConsoleStory:
    """One walk through a county as `tests.console.sample` makes it."""

    page: Page
    base: str
    look: Look
    english: bool = False

    def walk(self) -> None:
        """Go everywhere, as each role."""
        self.door()
        self.reviewer()
        self.keeper()
        self.auditor()

    def go(self, path: str) -> None:
        """Open a page by its address."""
        self.page.goto(self.base + path)

    def log_in(self, name: str) -> None:
        """Log in afresh."""
        self.page.context.clear_cookies()
        self.go("/login")
        if self.english:
            self.page.click('button[value="en"]')
        self.page.fill("#name", name)
        self.page.fill("#secret", SECRET)
        self.press()

    def press(self, selector: str = "button.go") -> None:
        """Press a button and wait for the next page."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def door(self) -> None:
        """The log-in page, plain and after a wrong password."""
        self.go("/login")
        if self.english:
            self.page.click('button[value="en"]')
        self.look("login")
        self.page.fill("#name", "nobody")
        self.page.fill("#secret", "wrong password")
        self.press()
        self.look("login-wrong")

    def reviewer(self) -> None:
        """The work list and a case through all its forms."""
        self.log_in("reviewer")
        self.look("worklist")
        self.go("/cases?state=done")
        self.look("worklist-empty")
        self.photos()
        self.go("/cases?item=CL-02")
        self.press("tr.open a.row")
        self.look("case")
        self.page.locator("details.reveal summary").nth(1).click()
        self.page.locator("details[open] input[name=reason]").fill("核对银行户名")
        self.press("details[open] button")
        self.look("case-revealed")
        for key, name in (("1", "accept"), ("3", "reject"), ("2", "return")):
            self.page.keyboard.press(key)
            self.page.wait_for_load_state("networkidle")
            self.look(f"case-{name}")
        owed = self.page.locator(".ask input[type=checkbox]:checked")
        while owed.count():   # what was left for later is ticked beforehand
            owed.first.uncheck()
        self.press("form.decide button.go")
        self.look("case-faulty")
        self.page.locator(".ask input[type=checkbox]").nth(4).check()
        self.page.locator(".ask input[type=text]").nth(4).fill("看不清最后一位，请再核一遍")
        self.press("form.decide button.go")
        self.look("case-confirm")
        self.press("main form button.go")
        self.look("case-sent")
        self.press('a[href$="/erase"]')
        self.look("case-erase")
        self.page.fill("#find", "张三")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look("find-nothing")

    def photos(self) -> None:
        """A case with its photos, one of them large and turned, and a case that waits for some."""
        self.go("/cases?item=MZ-01")
        self.press("tr.open a.row")
        self.page.wait_for_load_state("networkidle")
        self.look("case-photos")
        self.press(".photos a")
        self.look("photo")
        self.page.locator("[data-turn]").click()
        self.page.locator("[data-near]").click()
        self.look("photo-near")
        self.go("/cases?item=SS-04")
        self.look("worklist-waiting")
        self.press("tr.open a.row")
        self.page.locator(".papers + details summary, .papers ~ details summary").first.click()
        self.look("case-waiting")

    def keeper(self) -> None:
        """Sites, tickets, items, accounts, tokens."""
        self.log_in("it")
        self.look("sites")
        self.press("tr.open a.row")
        self.look("device")
        for name, path in (
            ("site-new", "/sites/new"),
            ("backups", "/backups"),
            ("set-aside", "/set-aside"),
            ("proof", "/proof"),
            ("proof-faulty", "/proof?from=2026-12-31&to=2026-01-01"),
            ("catalogue", "/catalogue"),
            ("catalogue-item", "/catalogue/MZ-01"),
            ("use", "/catalogue/MZ-01/use"),
            ("use-none", "/catalogue/RS-01/use"),
            ("accounts", "/accounts"),
            ("tokens", "/tokens"),
            ("me", "/me"),
            ("nothing-here", "/nothing-here"),
            ("not-allowed", "/cases"),
        ):
            self.go(path)
            self.look(name)
        self.keeper_acts()
        self.sticks()

    def sticks(self) -> None:
        """The page for sticks: empty, nothing chosen, a machine that nobody knows, rubbish."""
        self.go("/usb")
        self.look("usb")
        self.press("main form button.go")
        self.look("usb-nothing")
        strange = stick_file(b"x" * 16, SigningKey(b"x" * 32), 1, 1)
        files: list[FilePayload] = [
            {"name": "yizhan_石门村-1号机_3.ferry", "mimeType": "application/octet-stream", "buffer": strange},
            {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff"}]
        self.page.set_input_files("#files", files)
        self.press("main form button.go")
        self.look("usb-read")

    def keeper_acts(self) -> None:
        """What is made, checked and confirmed."""
        self.go("/backups")
        self.press('form[action$="/code"] button')
        self.look("recovery-code")
        self.go("/sites")
        self.press("tr.open a.row")
        self.press("a.grave")
        self.look("revoke")
        self.go("/sites/new")
        self.page.fill("#name", "东关社区服务站")
        self.press("main button.go")
        self.look("ticket")
        self.go("/catalogue")
        for name, text in (("catalogue-faulty", "code: [\n"), ("catalogue-check", new_version())):
            self.page.set_input_files(
                "#files", {"name": "MZ-01.yaml", "mimeType": "text/yaml", "buffer": text.encode()}
            )
            self.press("main button.go")
            self.look(name)
        self.press("main form button.go")
        self.look("catalogue-published")
        self.go("/catalogue/MZ-01")
        self.look("catalogue-diff")
        self.go("/accounts")
        self.page.fill("#name", "mz09")
        self.page.fill("#display", "经办 09")
        self.page.locator("input[name=role]").first.check()
        self.press("main button.go")
        self.look("account-secret")
        self.go("/accounts")
        self.press("td a.grave")
        self.look("account-confirm")
        self.go("/tokens")
        self.page.fill("#name", "一网通办对接")
        self.press("main button.go")
        self.look("token-secret")
        self.go("/tokens")
        self.press("td a.grave")
        self.look("token-confirm")

    def auditor(self) -> None:
        """The audit, whole and narrowed."""
        self.log_in("auditor")
        self.go("/audit")
        self.look("audit")
        self.go("/audit?act=nothing")
        self.look("audit-empty")


def new_version() -> str:
    """Return the shipped file of an item as its next version, with another length of time."""
    from importlib.resources import files

    text = (files("edge") / "catalogue" / "items" / "MZ-01.yaml").read_text("utf-8")
    version = int(re.findall(r"^version: (\d+)$", text, flags=re.MULTILINE)[0])
    return text.replace(f"version: {version}", f"version: {version + 1}", 1).replace("minutes: ", "minutes: 1", 1)
